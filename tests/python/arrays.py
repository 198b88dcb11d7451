"""Arrays of every number type for the tests, compared as bits, and the functions by what they take."""
import ml_dtypes
import numpy as np

from elu import _elu

DTYPES = [np.dtype(t) for t in (np.float32, np.float64, np.float16, ml_dtypes.bfloat16)]
TAKES = {name: what for name, *what in _elu.functions()}
NAMES = list(TAKES)
PARAMETERS = {"alpha": 0.7, "scale": 1.25, "input_scale": 1.5}


def takes(name):
    """[number of arrays, whether it has parameters, whether it has an accuracy]."""
    return TAKES[name]


def parameters_of(name):
    return PARAMETERS if takes(name)[1] else {}


def bits(array):
    """The array's bits, those of NaN made one."""
    array = np.ascontiguousarray(array)
    unsigned = array.view(f"u{array.itemsize}")
    with np.errstate(invalid="ignore"):  # signalling NaN
        nan = np.isnan(array.astype(np.float64))
    return np.where(nan, unsigned.dtype.type(2**(8 * array.itemsize) - 1), unsigned)


def same(a, b):
    return a.dtype == b.dtype and a.shape == b.shape and np.array_equal(bits(a), bits(b))


def mixed(dtype, shape, seed=1):
    """Ordinary numbers, all bit patterns among them."""
    generator = np.random.default_rng(seed)
    normal = generator.normal(size=shape).astype(dtype)
    patterns = generator.integers(0, 2**(8 * dtype.itemsize), size=shape, dtype=f"u{dtype.itemsize}").view(dtype)
    return np.where(generator.random(shape) < 0.7, normal, patterns)


def inputs_of(name, dtype, shape):
    return [mixed(dtype, shape, seed) for seed in range(takes(name)[0])]
