"""The ELU activation and its gradients on NumPy arrays, correctly rounded.

    f(x) = scale * x                                   x > 0
    f(x) = scale * alpha * (exp(input_scale * x) - 1)  x <= 0

    >>> elu.forward(np.array([-1, 1], np.float32), alpha=0.5)
    array([-0.31606027,  1.        ], dtype=float32)

Source: Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units", ICLR
2016; scale and input_scale as in PyTorch's aten::elu, so that SELU and CELU are members of the family.

Arguments. Arrays (x, y, dy, ddx, out) are of float32, float64, float16 or ml_dtypes' bfloat16, of any shape, all of a
call of one type and shape: nothing is broadcast or converted. alpha, scale and input_scale are used as float64;
admitted are input_scale > 0 and |scale|, |scale * alpha|, input_scale, |scale * alpha * input_scale|,
|scale * alpha * input_scale^2| each 0 or within [2^-100, 2^100].

Accuracy. "accurate": float32, float16 and bfloat16 correctly rounded, float64 within 0.52 units in the last place.
"fast", for float32: within 1 unit at alpha 1, else 2; the other types give the accurate bits.

Results. An array gives a new array of its shape, type and order of memory; a Python float or NumPy scalar gives a NumPy
scalar; a list of floats an array of float64. With out=array the result is written there and out returned; out may be
one of the inputs (in place). Dense arrays, C or Fortran ordered or transposed in any way, are computed without a copy
if they agree in that; others (slices with steps, broadcast or misaligned arrays) by blocks of 16,384 elements that are
copied, on one thread.

Errors, each before anything is written. TypeError: another type of numbers, integers among them, or byte order, types
that differ, parameters that are no real numbers, a masked array. ValueError: shapes that differ, parameters that are
not admitted, an unknown accuracy, an out that is read-only or overlaps an input without being it.

Threads. The interpreter's lock is released. From 524,288 elements on a call uses several threads, up to
get_num_threads(); bits do not depend on it. The arrays must not be written meanwhile.
"""

try:
    from . import _elu
except ImportError as _error:
    if _error.name != __name__:
        raise
    raise ImportError("elu's compiled modules are not beside this file, which is part of elu's sources; in their root: "
                      "pip install . and start Python elsewhere", name=__name__) from None
from ._functions import (
    backward,
    backward_from_output,
    derivative,
    derivative_from_output,
    double_backward,
    forward,
    plus_one,
    plus_one_backward,
    second_derivative,
)
from ._machine import get_num_threads, set_num_threads, set_target, target, targets
from ._statistics import Moments, Params, celu, initialisation_gain, moments_of_normal, selu

__version__: str = _elu.version()

__all__ = [
    "Moments",
    "Params",
    "__version__",
    "backward",
    "backward_from_output",
    "celu",
    "derivative",
    "derivative_from_output",
    "double_backward",
    "forward",
    "get_num_threads",
    "initialisation_gain",
    "moments_of_normal",
    "plus_one",
    "plus_one_backward",
    "second_derivative",
    "selu",
    "set_num_threads",
    "set_target",
    "target",
    "targets",
]
