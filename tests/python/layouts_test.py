"""Shapes, orders in memory and ways to pass an array: the values are those of a dense copy."""
import ml_dtypes
import numpy as np
import pytest
from arrays import DTYPES, NAMES, inputs_of, mixed, parameters_of, same, takes

import elu

LAYOUTS = {
    "C": lambda a: a,
    "Fortran": np.asfortranarray,
    "transposed": lambda a: a.transpose(1, 0, 2),
    "channels last": lambda a: np.moveaxis(np.ascontiguousarray(np.moveaxis(a, 0, -1)), -1, 0),
    "steps": lambda a: a[::2, :, ::3],
    "reversed": lambda a: a[::-1, :, ::-1],
    "broadcast": lambda a: np.broadcast_to(a[:1], a.shape),
    "one element": lambda a: a[:1, :1, :1],
    "no dimension": lambda a: a[0, 0, 0],
    "empty": lambda a: a[:, :0],
    "more than a block": lambda a: np.repeat(a, 40, axis=0)[:, ::2],
    "misaligned": lambda a: misaligned(a),
}


def misaligned(array):
    raw = np.empty(array.nbytes + 1, np.uint8)[1:]
    copy = raw.view(array.dtype).reshape(array.shape)
    copy[...] = array
    return copy


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout, dtype):
    for name in NAMES:
        function, given = getattr(elu, name), parameters_of(name)
        dense = [np.array(LAYOUTS[layout](a), order="C") for a in inputs_of(name, dtype, (9, 10, 35))]
        arrays = [np.asarray(LAYOUTS[layout](a)) for a in inputs_of(name, dtype, (9, 10, 35))]
        expected = function(*dense, **given)
        assert type(expected) is np.ndarray and expected.shape == dense[0].shape
        result = function(*arrays, **given)
        assert same(result, expected), name
        assert result.strides == np.empty_like(arrays[-1]).strides, f"{name}: another order than x"
        # into an array of another order, and in place
        out = np.full(dense[0].shape, 7, dtype, order="F")
        assert function(*arrays, **given, out=out) is out and same(out, expected), name
        if all(array.flags.writeable for array in arrays):
            for i in range(len(arrays)):
                again = [array.copy(order="K") for array in arrays]
                assert function(*again, **given, out=again[i]) is again[i] and same(again[i], expected), name


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_in_place_in_a_view(dtype):
    whole = mixed(dtype, (50, 1000))
    before, part = whole.copy(), whole[::2, 5:900:3]
    expected = elu.forward(part.copy())
    assert elu.forward(part, out=part) is part and same(part, expected)
    untouched = np.ones(whole.shape, bool)
    untouched[::2, 5:900:3] = False
    assert same(whole[untouched], before[untouched])


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_orders_that_differ(dtype):
    dy, x = mixed(dtype, (300, 400), 1), mixed(dtype, (300, 400), 2)
    expected, turned = elu.backward(dy, x), np.asfortranarray(dy)
    assert same(elu.backward(turned, x), expected)
    assert elu.backward(turned, x, out=turned) is turned and same(turned, expected)


def test_square_arrays_in_other_orders():
    x = mixed(np.dtype(np.float32), (32, 32))
    expected, out = elu.forward(x), np.empty((32, 32), np.float32).T
    assert same(elu.forward(x, out=out), expected)


def test_what_is_no_array():
    assert type(elu.forward(-1.0)) is np.float64 and elu.forward(-1.0) == np.expm1(-1.0)
    assert type(elu.forward(np.float32(-1))) is np.float32
    assert type(elu.forward(ml_dtypes.bfloat16(-1))) is ml_dtypes.bfloat16
    assert type(elu.backward(2.0, 3.0)) is np.float64
    assert elu.backward(np.array(2.0), 3.0).shape == () and type(elu.backward(np.array(2.0), 3.0)) is np.ndarray
    assert same(elu.forward([[-1.0, 2.0]]), elu.forward(np.array([[-1.0, 2.0]])))
    assert same(elu.forward(memoryview(np.array([-1.0, 2.0]))), elu.forward(np.array([-1.0, 2.0])))


def test_file_in_memory(tmp_path):
    x = np.memmap(tmp_path / "x", np.float32, "w+", shape=(100,))
    x[:] = mixed(x.dtype, 100)
    expected = elu.forward(np.array(x))
    assert type(elu.forward(x)) is np.ndarray
    assert elu.forward(x, out=x) is x and same(np.array(x), expected)
