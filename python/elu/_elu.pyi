# What python/module.cc defines; its functions take no names. What of elu.h they call, elu.h says.
from collections.abc import Callable

from ._arrays import Kernel

kernels: dict[str, Kernel]
functions: Callable[[], list[tuple[str, int, bool, bool]]]

selu: Callable[[], tuple[float, float, float]]
celu: Callable[[float], tuple[float, float, float]]
moments_of_normal: Callable[[float, float, float, float, float], tuple[float, float, float, float]]
initialisation_gain: Callable[[float, float, float], float]

version: Callable[[], str]
target: Callable[[], str]
targets: Callable[[], list[str]]
set_target: Callable[[str | None], bool]
num_threads: Callable[[], int]
set_num_threads: Callable[[int], None]
