"""Wrong arguments: the right exception with one line that tells what is wrong, and nothing written."""
import ml_dtypes
import numpy as np
import pytest
from arrays import NAMES, inputs_of, takes

import elu

X = np.linspace(-2, 2, 12, dtype=np.float32)


def refused(exception, part, function, *arguments, **named):
    with pytest.raises(exception) as raised:
        function(*arguments, **named)
    text = str(raised.value)
    assert part in text and "\n" not in text, text


def read_only(array):
    array = array.copy()
    array.flags.writeable = False
    return array


@pytest.mark.parametrize("value", [
    3, [1, 2], np.arange(3), np.arange(3, dtype=np.uint8), True, None, "text", b"bytes", object(), 1j,
    np.ones(2, complex), np.ones(2, np.longdouble), np.ones(2, ">f4"), np.ones(2, ">f8"),
    np.ones(2, ml_dtypes.float8_e5m2), np.zeros(2, [("a", np.float32)]),
    np.array(["2026-01-01"], "datetime64[D]"), {}, [None],
], ids=repr)
def test_types(value):
    for name in NAMES:
        refused(TypeError, "float32, float64, float16 and bfloat16 in native byte order are taken", getattr(elu, name),
                *[value] * takes(name)[0])


def test_other_inputs():
    refused(TypeError, "x is a masked array", elu.forward, np.ma.array(X, mask=X > 0))
    refused(ValueError, "x is no array", elu.forward, [[1.0], [1.0, 2.0]])
    refused(TypeError, "dy is of type float64, x of type float32", elu.backward, X.astype(np.float64), X)
    refused(TypeError, "dy is of type float64, x of type float32", elu.backward, 1.0, X)
    refused(ValueError, "dy has shape (3,), x has shape (12,)", elu.backward, X[:3], X)
    refused(ValueError, "dy has shape (12,), x has shape (4, 3)", elu.backward, X, X.reshape(4, 3))


@pytest.mark.parametrize("name", [name for name in NAMES if takes(name)[1]])
@pytest.mark.parametrize("shape", [(0,), (1,), (40000,)])
def test_parameters(name, shape):
    function = getattr(elu, name)
    for step in (1, 2):
        arrays = [array[::step] for array in inputs_of(name, X.dtype, shape)]
        out = np.full(arrays[0].shape, 7, X.dtype)
        for bad in ({"alpha": np.inf}, {"alpha": np.nan}, {"input_scale": 0}, {"input_scale": -1.0}, {"scale": 1e300}):
            refused(ValueError, "parameters not admitted", function, *arrays, out=out, **bad)
        for bad in ("1", None, 1j, [1.0], np.ones(2)):
            refused(TypeError, "alpha must be a real number, not", function, *arrays, out=out, alpha=bad)
        refused(OverflowError, "int too large", function, *arrays, out=out, alpha=10**400)
        if "from_output" in name:
            refused(ValueError, "gradients from the output need scale > 0 and alpha >= 0; given alpha = -1", function,
                    *arrays, out=out, alpha=-1)
        if takes(name)[2]:
            for bad in ("quick", None, 1, []):
                refused(ValueError, "accuracy must be 'accurate' or", function, *arrays, out=out, accuracy=bad)
        assert (out == 7).all()


def test_parameters_are_named():
    with pytest.raises(TypeError):
        elu.forward(X, 0.5)
    assert elu.forward(-1.0, alpha=np.float32(2), scale=1, input_scale=np.array(1.0)) == elu.forward(-1.0, alpha=2.0)


@pytest.mark.parametrize("exception, part, out", [
    (TypeError, "out must be a NumPy array, not list", [0.0] * 12),
    (TypeError, "out must be a NumPy array, not float32", np.float32(0)),
    (TypeError, "out must be a NumPy array, not MaskedArray", np.ma.zeros(12, np.float32)),
    (TypeError, "out is of type float64, x of type float32", np.zeros(12)),
    (TypeError, "out is of type >f4, x of type float32", np.zeros(12, ">f4")),
    (ValueError, "out has shape (11,), x has shape (12,)", np.zeros(11, np.float32)),
    (ValueError, "out has shape (12, 1), x has shape (12,)", np.zeros((12, 1), np.float32)),
    (ValueError, "out is read-only", read_only(X)),
    (ValueError, "out is read-only", np.broadcast_to(X[:1], 12)),
    (ValueError, "out holds several elements in one place",
     np.lib.stride_tricks.as_strided(np.zeros(1, np.float32), (12,), (0,))),
    (ValueError, "out holds several elements in one place",
     np.lib.stride_tricks.as_strided(np.zeros(12, np.float32), (12,), (2,))),
], ids=str)
def test_output(exception, part, out):
    for name in NAMES:
        before = np.array(out)
        inputs = [X.copy() for _ in range(takes(name)[0])]
        last = "y" if "from_output" in name else "x"
        refused(exception, part.replace("x of", f"{last} of").replace("x has", f"{last} has"), getattr(elu, name),
                *inputs, out=out)
        assert np.array_equal(before, out)


@pytest.mark.parametrize("x, out", [
    (slice(0, 99), slice(1, 100)), (slice(1, 100), slice(0, 99)), (slice(0, 50), slice(49, 99)),
    (slice(0, 40), slice(0, 80, 2)), (slice(None), slice(None, None, -1)),
])
def test_overlap(x, out):
    whole = np.linspace(-5, 5, 100, dtype=np.float32)
    before = whole.copy()
    refused(ValueError, "out overlaps x without being the same", elu.forward, whole[x], out=whole[out])
    refused(ValueError, "out overlaps dy without being the same", elu.backward, whole[x], before[x], out=whole[out])
    assert np.array_equal(whole, before)


def test_overlap_in_another_order():
    square = np.linspace(-5, 5, 64, dtype=np.float32).reshape(8, 8)
    refused(ValueError, "out overlaps x", elu.forward, square, out=square.T)


def test_windows():
    windows = np.lib.stride_tricks.sliding_window_view(np.linspace(-3, 0, 102, dtype=np.float32), 3, writeable=True)
    before = windows.copy()
    refused(ValueError, "out holds several elements in one place", elu.forward, windows, out=windows)
    assert np.array_equal(windows, before)


def test_no_overlap():
    whole = np.linspace(-5, 5, 100, dtype=np.float32)
    expected = elu.forward(whole[::2].copy())
    elu.forward(whole[::2], out=whole[1::2])
    assert np.array_equal(whole[1::2], expected)


def test_machine():
    refused(ValueError, f"no instruction set 'Z80'; it has {elu.targets()[0]}", elu.set_target, "Z80")
    for bad in ("\ud800", elu.target() + "\0x"):
        refused(ValueError, "this machine has no instruction set", elu.set_target, bad)
    refused(TypeError, "named by a str or None, not int", elu.set_target, 3)
    for bad in (0, -1, 1025, 10**30):
        refused(ValueError, f"threads must be within 1 and 1024, not {bad}", elu.set_num_threads, bad)
    refused(TypeError, "float", elu.set_num_threads, 1.5)


def test_statistics():
    for bad in ("1", None, [0]):
        refused(TypeError, "mu must be a real number, not", elu.moments_of_normal, bad, 1)
        refused(TypeError, "sigma must be a real number, not", elu.moments_of_normal, 0, bad)
        refused(TypeError, "alpha must be a real number, not", elu.initialisation_gain, alpha=bad)
        refused(TypeError, "alpha must be a real number, not", elu.celu, bad)
    for mu, sigma in ((0, 0), (0, -1), (np.inf, 1), (0, np.nan)):
        refused(ValueError, "sigma within", elu.moments_of_normal, mu, sigma)
    refused(ValueError, "parameters not admitted", elu.initialisation_gain, input_scale=-1)
    refused(ValueError, "parameters not admitted", elu.forward, X, **elu.celu(0))
