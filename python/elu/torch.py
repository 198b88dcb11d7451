"""PyTorch on elu's kernels, with one line.

    elu.torch.enable()

From then on nn.ELU, nn.SELU, nn.CELU, their functional and in-place forms and their gradients run on elu's kernels, for
CPU tensors of float32, float64, float16 and bfloat16, in eager mode, TorchScript and libtorch. torch.compile decomposes
them before they could arrive here; elu and plus_one of this module do work in it.

Importing this module changes nothing but that the operators torch.ops.elu.elu and torch.ops.elu.plus_one are there. It
raises ImportError, saying what to install, where PyTorch or the plug-in is missing or where the plug-in was built with
another PyTorch.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from . import _elu
from ._arrays import is_fast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor as _Tensor

    _Accuracy = Literal["accurate", "fast"]

__all__ = ["Info", "disable", "elu", "enable", "enabled", "info", "plus_one"]

_INSTALL = ("pip install scikit-build-core nanobind cmake ninja; in elu's sources: "
            "pip install --no-build-isolation .")
_MISSING = f"elu.torch needs PyTorch: pip install torch, then {_INSTALL}"


def _load() -> Any:
    """PyTorch, once the plug-in is loaded, for which it must be exactly the one that the plug-in was built with."""
    try:
        import torch
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        raise ImportError(_MISSING, name="torch") from None
    if torch.__file__ is None:  # a folder of that name, such as the one of elu's sources
        raise ImportError(_MISSING, name="torch")
    try:
        from ._torch_version import BUILT_WITH
    except ModuleNotFoundError:
        raise ImportError(f"elu was installed without its PyTorch plug-in; to build it: {_INSTALL}") from None
    if torch.__version__ != BUILT_WITH:
        raise ImportError(f"elu's plug-in was built with PyTorch {BUILT_WITH}, and this is {torch.__version__}; "
                          f"to build it anew: {_INSTALL}")
    return torch


_torch = _load()

from . import _elu_torch  # noqa: E402  its libraries are PyTorch's, loaded above

if _elu_torch.torch_version() != str(_torch.__version__).split("+")[0]:  # a plug-in that was loaded before, by its path
    raise ImportError(f"the plug-in that is loaded was built with PyTorch {_elu_torch.torch_version()}, and this is "
                      f"{_torch.__version__}; import elu.torch before another copy of the plug-in is loaded")

_lock = threading.RLock()


def _unlock_in_child() -> None:
    """The thread that held the lock when a process forked is not in the child."""
    global _lock
    _lock = threading.RLock()


os.register_at_fork(after_in_child=_unlock_in_child)

_blocks: list[_Block] = []  # the `with enabled()` in which threads are now, in the order in which they were entered


class Info(TypedDict):
    """What info() returns."""

    enabled: bool
    accuracy: str  # of enable's last call
    handled: int  # calls of PyTorch's functions and gradients while enabled that elu computed
    passed_on: int  # and that it left to PyTorch's own kernels: other devices and types, parameters not admitted
    built_with: str  # the version of PyTorch
    target: str  # the instruction set in use


class _Block:
    """A `with enabled()`, and what to go back to: whether the fast mode was on, or None if nothing was."""

    def __init__(self) -> None:
        self.was_fast = _elu_torch.fast() if _elu_torch.enabled() else None


def enable(accuracy: _Accuracy = "accurate") -> None:
    """Switches PyTorch to elu's kernels, in all threads. Called again, it changes the accuracy only.

    accuracy: "accurate", results correctly rounded (float64 within 0.52 ulp), or "fast", for float32, within 1 ulp at
    alpha 1, else 2. ValueError for another. The first call changes PyTorch's table of functions: let no other thread
    compute meanwhile.
    """
    fast = is_fast(accuracy)
    with _lock:
        _elu_torch.enable(fast)


def disable() -> None:
    """Switches back to PyTorch's own kernels, in all threads, which then give what they gave before."""
    with _lock:
        _elu_torch.disable()


@contextlib.contextmanager
def enabled(accuracy: _Accuracy = "accurate") -> Iterator[None]:
    """`with enabled():` enables for a block and then restores what was before it, after an exception too.

    The switch is one for the process. Blocks may be nested and overlap in several threads: when the last one ends, the
    state is that from before the first.
    """
    fast = is_fast(accuracy)
    with _lock:
        block = _Block()
        _elu_torch.enable(fast)
        _blocks.append(block)
    try:
        yield
    finally:
        with _lock:
            _leave(block)


def _leave(block: _Block) -> None:
    place = _blocks.index(block)
    del _blocks[place]
    if place < len(_blocks):
        _blocks[place].was_fast = block.was_fast  # a block entered later goes on, and goes back to what this one would
    elif block.was_fast is None:
        _elu_torch.disable()
    else:
        _elu_torch.enable(block.was_fast)


def info() -> Info:
    """Whether the kernels are elu's now, the calls that they had since the process started, and how they were built."""
    handled, passed_on = _elu_torch.calls()
    return Info(
        enabled=_elu_torch.enabled(),
        accuracy="fast" if _elu_torch.fast() else "accurate",
        handled=handled,
        passed_on=passed_on,
        built_with=str(_torch.__version__),
        target=_elu.target(),
    )


def elu(
    x: _Tensor,
    alpha: float = 1.0,
    scale: float = 1.0,
    input_scale: float = 1.0,
    *,
    accuracy: _Accuracy = "accurate",
) -> _Tensor:
    """A new tensor with f of every element, on elu's kernels whether enabled or not.

        f(x) = scale * x                                   x > 0
        f(x) = scale * alpha * (exp(input_scale * x) - 1)  x <= 0

    x: a CPU tensor of float32, float64, float16 or bfloat16, of any shape and layout. It is torch.ops.elu.elu, with
    gradients in both modes and of higher order, and it works under torch.compile(fullgraph=True). ValueError where the
    parameters are not admitted (help(elu)) or accuracy is unknown, NotImplementedError for another type. Source:
    Clevert, Unterthiner, Hochreiter, ICLR 2016.
    """
    result: _Tensor = _torch.ops.elu.elu(x, alpha, scale, input_scale, accuracy=accuracy)
    return result


def plus_one(x: _Tensor, *, accuracy: _Accuracy = "accurate") -> _Tensor:
    """A new tensor with elu(x) + 1 at alpha 1 of every element: x + 1 for x > 0, exp(x) for x <= 0, positive wherever
    exp(x) does not round to 0.

    x, accuracy and errors: as in elu. It is torch.ops.elu.plus_one, with the gradients that elu has. Source:
    Katharopoulos, Vyas, Pappas, Fleuret, ICML 2020, where it is the feature map of linear attention.
    """
    result: _Tensor = _torch.ops.elu.plus_one(x, accuracy=accuracy)
    return result
