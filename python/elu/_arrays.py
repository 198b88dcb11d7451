"""What all functions of arrays share: the arguments' checks, the output, and arrays that are not dense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

_NUMPY_TYPES = frozenset(np.dtype(t) for t in (np.float16, np.float32, np.float64))
_BLOCK = 16384  # elements of an array that is not dense which are copied at a time
# Any, since NumPy's stubs know neither other work than all or none nor lists of flags.
_MOST_WORK: Any = 10_000  # to tell whether two arrays have elements in common
_READ: Any = ["readonly", "contig", "aligned"]
_WRITE: Any = ["writeonly", "contig", "aligned"]


class Kernel(Protocol):
    """A function of elu.h on arrays of one number type and shape; bfloat16 comes as uint16.

    False, and nothing written, where they are not dense or differ in their order of memory.
    """

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


def run(
    kernel: Kernel,
    names: tuple[str, ...],
    inputs: tuple[ArrayLike, ...],
    out: NDArray[Any] | None,
    alpha: float = 1.0,
    scale: float = 1.0,
    input_scale: float = 1.0,
    accuracy: str = "accurate",
) -> Any:
    """out, or a new array, with kernel(inputs). Everything is checked before anything is written."""
    fast = is_fast(accuracy)
    arrays = [_as_array(name, value) for name, value in zip(names, inputs)]
    x = arrays[-1]
    if len(arrays) > 1:
        for name, array in zip(names[:-1], arrays):
            _check_like(name, array, names[-1], x)
    if out is None:
        result = np.empty_like(x)
    else:
        _check_out(out, names, arrays)
        result = out
    y = result
    if x.dtype not in _NUMPY_TYPES:
        arrays, y = [array.view(np.uint16) for array in arrays], result.view(np.uint16)
    if not kernel(arrays, y, alpha, scale, input_scale, fast):
        _run_by_blocks(arrays, y, lambda ins, part: kernel(ins, part, alpha, scale, input_scale, fast))
    if out is not None:
        return out
    return result if x.ndim or any(isinstance(value, np.ndarray) for value in inputs) else result[()]


def is_fast(accuracy: str) -> bool:
    """Whether this names the fast mode; ValueError if it names none."""
    if accuracy == "accurate":
        return False
    if accuracy == "fast":
        return True
    raise ValueError(f"accuracy must be 'accurate' or 'fast', not {accuracy!r}")


def _as_array(name: str, value: ArrayLike) -> NDArray[Any]:
    array = value if type(value) is np.ndarray else _convert(name, value)
    if array.dtype not in _NUMPY_TYPES and not _is_bfloat16(array.dtype):
        raise TypeError(f"{name} is of type {array.dtype.str if array.dtype.kind == 'f' else array.dtype}; "
                        "float32, float64, float16 and bfloat16 in native byte order are taken: use astype")
    return array


def _convert(name: str, value: ArrayLike) -> NDArray[Any]:
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array, whose mask would be lost; pass {name}.filled(...)")
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} is no array: {error}") from None


def _is_bfloat16(dtype: np.dtype[Any]) -> bool:
    return dtype.name == "bfloat16" and dtype.itemsize == 2 and dtype.isnative


def _check_like(name: str, array: NDArray[Any], like: str, x: NDArray[Any]) -> None:
    if array.dtype != x.dtype:
        raise TypeError(f"{name} is of type {array.dtype}, {like} of type {x.dtype}: they must be of one type")
    if array.shape != x.shape:
        raise ValueError(f"{name} has shape {array.shape}, {like} has shape {x.shape}: they must have one shape")


def _check_out(out: NDArray[Any], names: tuple[str, ...], arrays: Sequence[NDArray[Any]]) -> None:
    if not isinstance(out, np.ndarray) or isinstance(out, np.ma.MaskedArray):
        raise TypeError(f"out must be a NumPy array, not {type(out).__name__}")
    _check_like("out", out, names[-1], arrays[-1])
    if not out.flags.writeable:
        raise ValueError("out is read-only")
    if not out.flags.forc and not _apart(out):
        raise ValueError("out holds several elements in one place, as broadcast arrays and sliding windows do")
    for name, array in zip(names, arrays):
        if out is not array and np.may_share_memory(out, array) and _overlaps(out, array):
            raise ValueError(f"out overlaps {name} without being the same elements in the same order")


def _apart(array: NDArray[Any]) -> bool:
    """Whether each element has bytes of its own. Where steps interleave, which is hard to tell, it is not so."""
    extent = array.itemsize
    for stride, length in sorted((abs(stride), length) for stride, length in zip(array.strides, array.shape)):
        if length > 1 and stride < extent:
            return False
        extent += stride * (length - 1)
    return True


def _overlaps(out: NDArray[Any], array: NDArray[Any]) -> bool:
    """Whether they have elements in common without being the same array. Where that is hard to tell, it is so."""
    same_steps = all(n == 1 or a == b for n, a, b in zip(out.shape, out.strides, array.strides))
    if same_steps and out.__array_interface__["data"][0] == array.__array_interface__["data"][0]:
        return False
    try:
        return np.shares_memory(out, array, max_work=_MOST_WORK)
    except np.exceptions.TooHardError:
        return True


def _run_by_blocks(
    arrays: list[NDArray[Any]], y: NDArray[Any], compute: Callable[[Sequence[NDArray[Any]], NDArray[Any]], bool]
) -> None:
    """Copies blocks of what is not dense or aligned; never a whole array."""
    flags = [_READ] * len(arrays) + [_WRITE]
    with np.nditer([*arrays, y], ["external_loop", "buffered"], flags, buffersize=_BLOCK) as blocks:
        for *inputs, part in blocks:
            compute(inputs, part)
