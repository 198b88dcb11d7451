"""PyTorch on elu's kernels, with one line.

    elu.torch.enable()

From then on nn.ELU, nn.SELU, nn.CELU, their functional and in-place forms and their gradients run on elu's kernels, for
CPU tensors of float32, float64, float16 and bfloat16, in eager mode, TorchScript and libtorch.

    elu.torch.enable("fast", compiled=True)

reaches what torch.compile compiles from then on too; torch.compile(model, options=elu.torch.inductor_options("fast"))
one model alone.

Importing this module changes nothing but that the operators torch.ops.elu.elu and torch.ops.elu.plus_one are there. It
raises ImportError, saying what to install, where PyTorch or the plug-in is missing or where the plug-in was built with
another PyTorch.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from . import _elu
from ._arrays import is_fast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor as _Tensor

    _Accuracy = Literal["accurate", "fast"]

__all__ = ["Info", "disable", "elu", "enable", "enabled", "inductor_options", "info", "plus_one"]

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
    compiled: bool  # what torch.compile compiles now will run on elu
    handled: int  # calls of PyTorch's functions and gradients while enabled that elu computed
    passed_on: int  # and that it left to PyTorch's own kernels: other devices and types, parameters not admitted
    replaced: int  # ELUs and gradients that elu's operations took the place of while this process compiled
    left: dict[str, int]  # and those that keep PyTorch's code, by the reason
    built_with: str  # the version of PyTorch
    target: str  # the instruction set in use


class _Block:
    """A `with enabled()`, and the state to go back to."""

    def __init__(self) -> None:
        self.before = _state()


def _state() -> tuple[str | None, bool]:
    """The accuracy, None where PyTorch's own kernels are on, and whether compiled code is reached."""
    accuracy = ("fast" if _elu_torch.fast() else "accurate") if _elu_torch.enabled() else None
    return accuracy, _compiled() is not None


def _switch(accuracy: str | None, compiled: bool) -> None:
    if compiled:
        from . import _inductor  # which imports Inductor, for a second

        _inductor.register(accuracy)
    elif _compiled() is not None:
        _inductor_module().register(None)
    if accuracy is None:
        _elu_torch.disable()
    else:
        _elu_torch.enable(accuracy == "fast")


def _inductor_module() -> Any:
    """elu._inductor, or None where nothing has asked for it yet."""
    return sys.modules.get(f"{__package__}._inductor")


def _compiled() -> str | None:
    """The accuracy of what is compiled now, None where that is not elu's."""
    module = _inductor_module()
    accuracy: str | None = None if module is None else module.registered()
    return accuracy


def enable(accuracy: _Accuracy = "accurate", *, compiled: bool = False) -> None:
    """Switches PyTorch to elu's kernels, in all threads. Called again, it changes accuracy and compiled only.

    accuracy: "accurate", results correctly rounded (float64 within 0.52 ulp), or "fast", for float32, within 1 ulp at
    alpha 1, else 2. ValueError for another. compiled: whether what torch.compile's Inductor compiles from now on runs
    on elu too (inductor_options tells how); what is compiled already stays as it is until torch._dynamo.reset().
    RuntimeError where elu does not know this PyTorch's Inductor. The first call changes PyTorch's table of functions:
    let no other thread compute meanwhile.
    """
    is_fast(accuracy)
    with _lock:
        _switch(accuracy, compiled)


def disable() -> None:
    """Switches back to PyTorch's own kernels, in all threads, which then give what they gave before."""
    with _lock:
        _switch(None, False)


@contextlib.contextmanager
def enabled(accuracy: _Accuracy = "accurate", *, compiled: bool = False) -> Iterator[None]:
    """`with enabled():` enables for a block and then restores what was before it, after an exception too.

    The switch is one for the process. Blocks may be nested and overlap in several threads: when the last one ends, the
    state is that from before the first.
    """
    is_fast(accuracy)
    with _lock:
        block = _Block()
        _switch(accuracy, compiled)
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
        _blocks[place].before = block.before  # a block entered later goes on, and goes back to what this one would
    else:
        _switch(*block.before)


def inductor_options(accuracy: _Accuracy = "accurate") -> dict[str, Any]:
    """Options by which Inductor compiles ELU, SELU, CELU and elu(x) + 1 to elu's operations, enabled or not.

        torch.compile(model, options=elu.torch.inductor_options("fast"))
        torch._inductor.aoti_compile_and_package(exported, inductor_configs=elu.torch.inductor_options("fast"))

    accuracy: "fast" keeps fusion; float32 within 1 ulp at alpha 1, else 2, and 16-bit numbers, where they are stored,
    within 0.55 ulp. "accurate" calls elu's operators, gradients included: the bits of eager code on elu. ValueError for
    another; RuntimeError where elu does not know this PyTorch's Inductor. The passes that are registered now as
    torch._inductor.config.post_grad_custom_pre_pass are kept.
    """
    is_fast(accuracy)
    from . import _inductor

    return _inductor.options(accuracy)


def info() -> Info:
    """Whether the kernels are elu's now, the calls that they had since the process started, and how they were built."""
    handled, passed_on = _elu_torch.calls()
    inductor = _inductor_module()
    return Info(
        enabled=_elu_torch.enabled(),
        accuracy="fast" if _elu_torch.fast() else "accurate",
        compiled=_compiled() is not None,
        handled=handled,
        passed_on=passed_on,
        replaced=inductor.replaced if inductor else 0,
        left=dict(inductor.left) if inductor else {},
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
