# What python/torch_module.cc defines; its functions take no names. What of elu/torch.hpp they call, that says.
from collections.abc import Callable

enable: Callable[[bool], None]
disable: Callable[[], None]
enabled: Callable[[], bool]
fast: Callable[[], bool]
torch_version: Callable[[], str]
calls: Callable[[], tuple[int, int]]
