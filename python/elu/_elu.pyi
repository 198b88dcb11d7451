# What python/module.cc defines. Arrays are objects with the buffer protocol, of one number type and shape; bfloat16
# comes as uint16. A function returns False, and has written nothing, where the arrays are not dense or differ in their
# order of memory.
from collections.abc import Sequence
from typing import Any, Protocol

from numpy.typing import NDArray

class Kernel(Protocol):
    def __call__(
        self,
        inputs: Sequence[NDArray[Any]],
        out: NDArray[Any],
        alpha: float,
        scale: float,
        input_scale: float,
        fast: bool,
        /,
    ) -> bool: ...

forward: Kernel
derivative: Kernel
derivative_from_output: Kernel
second_derivative: Kernel
backward: Kernel
backward_from_output: Kernel
double_backward: Kernel
plus_one: Kernel
plus_one_backward: Kernel

def selu() -> tuple[float, float, float]: ...
def celu(alpha: float, /) -> tuple[float, float, float]: ...
def moments_of_normal(
    mu: float, sigma: float, alpha: float, scale: float, input_scale: float, /
) -> tuple[float, float, float, float]: ...
def initialisation_gain(alpha: float, scale: float, input_scale: float, /) -> float: ...
def version() -> str: ...
def target() -> str: ...
def targets() -> list[str]: ...
def set_target(name: str | None, /) -> bool: ...
def num_threads() -> int: ...
def set_num_threads(threads: int, /) -> None: ...
