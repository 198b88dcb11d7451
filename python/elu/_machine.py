"""The instruction set and the threads in use."""

from __future__ import annotations

import operator

from . import _elu


def target() -> str:
    """The instruction set in use, such as 'AVX3' (AVX-512), 'AVX2', 'NEON': the best that this machine has, or the one
    that the environment's ELU_TARGET named at the first call."""
    return _elu.target()


def targets() -> list[str]:
    """The instruction sets that set_target takes on this machine, best first."""
    return _elu.targets()


def set_target(name: str | None) -> None:
    """Uses an instruction set from now on, in all threads and in elu.torch too; None for the best.

    ValueError, and nothing changes, if this machine has none of this name.

    >>> set_target("Z80")
    Traceback (most recent call last):
    ...
    ValueError: this machine has no instruction set 'Z80'; it has ...
    """
    if name is not None and not isinstance(name, str):
        raise TypeError(f"an instruction set is named by a str or None, not {type(name).__name__}")
    if (name is not None and name not in _elu.targets()) or not _elu.set_target(name):
        raise ValueError(f"this machine has no instruction set {name!r}; it has {', '.join(_elu.targets())}")


def get_num_threads() -> int:
    """The most threads that one call uses; at first, as many as processors that this process may run on."""
    return _elu.num_threads()


def set_num_threads(threads: int) -> None:
    """Sets the most threads that one call uses. No result depends on it. ValueError unless 1 <= threads <= 1024.

    >>> set_num_threads(0)
    Traceback (most recent call last):
    ...
    ValueError: threads must be within 1 and 1024, not 0
    """
    threads = operator.index(threads)
    if not 1 <= threads <= 1024:
        raise ValueError(f"threads must be within 1 and 1024, not {threads}")
    _elu.set_num_threads(threads)
