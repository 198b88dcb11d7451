"""Every function gives the bits of the C library, and on every instruction set those of the special inputs' table."""
import ctypes
import inspect
import pathlib
import shutil
import subprocess

import numpy as np
import pytest
from arrays import DTYPES, NAMES, PARAMETERS, inputs_of, mixed, parameters_of, same, takes

import elu

PROJECT = pathlib.Path(__file__).parents[2]
LIBRARY = ctypes.CDLL(str(pathlib.Path(elu.__file__).with_name("libelu.so.1")))
ENDINGS = {"float32": "f32", "float64": "f64", "float16": "f16", "bfloat16": "bf16"}


class CParams(ctypes.Structure):
    _fields_ = [(name, ctypes.c_double) for name in PARAMETERS]


def in_c(name, arrays, accuracy):
    arrays = [np.ascontiguousarray(array) for array in arrays]
    out = np.empty_like(arrays[0])
    _, has_parameters, has_accuracy = takes(name)
    arguments = [ctypes.c_void_p(array.ctypes.data) for array in (*arrays, out)] + [ctypes.c_size_t(out.size)]
    if has_parameters:
        arguments.append(ctypes.byref(CParams(**PARAMETERS)))
    if has_accuracy:
        arguments.append(ctypes.c_int(accuracy == "fast"))
    assert getattr(LIBRARY, f"elu_{name}_{ENDINGS[out.dtype.name]}")(*arguments) == 0
    return out


@pytest.mark.parametrize("name", NAMES)
def test_arguments_of_the_c_library(name):
    parameters = inspect.signature(getattr(elu, name)).parameters
    arrays = sum(p.kind == inspect.Parameter.POSITIONAL_OR_KEYWORD for p in parameters.values())
    assert takes(name) == [arrays, "alpha" in parameters, "accuracy" in parameters]


@pytest.mark.parametrize("accuracy", ["accurate", "fast"])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_bits_of_the_c_library(name, dtype, accuracy):
    arrays = inputs_of(name, dtype, (7, 11, 13))
    more = {"accuracy": accuracy} if takes(name)[2] else {}
    assert same(getattr(elu, name)(*arrays, **parameters_of(name), **more), in_c(name, arrays, accuracy))


@pytest.fixture(scope="module")
def special_rows(tmp_path_factory):
    program = tmp_path_factory.mktemp("special") / "special_inputs"
    compiler = shutil.which("c++")
    subprocess.run([compiler, "-std=c++20", "-I", PROJECT / "include", "-I", PROJECT,
                    PROJECT / "tests" / "python" / "special_inputs.cc", "-o", program], check=True)
    lines = subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines()
    assert len(lines) > 150
    return [line.split() for line in lines]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_special_inputs(special_rows, dtype):
    for target in elu.targets():
        elu.set_target(target)
        for table, function, *numbers in special_rows:
            if table not in ("all", dtype.name):
                continue
            name, values = function.replace("-", "_"), [float.fromhex(number) for number in numbers]
            arrays = [np.full(67, value, np.float32).astype(dtype) for value in values[3:]]
            given = dict(zip(PARAMETERS, values[:3])) if takes(name)[1] else {}
            got = getattr(elu, name)(*arrays[:-1], **given)
            assert same(got, arrays[-1]), (target, function, numbers, got[0])
    elu.set_target(None)


def test_the_target_is_the_one_set():
    best = elu.targets()[0]
    for target in elu.targets():
        elu.set_target(target)
        assert elu.target() == target
    elu.set_target(None)
    assert elu.target() == best


def test_named_parameters():
    x = mixed(np.dtype(np.float64), 1000)
    x = x[np.isfinite(x)]
    below = np.minimum(x, 0)
    scale, alpha = 1.0507009873554805, 1.6732632423543772
    assert np.allclose(elu.forward(x, **elu.selu()), np.where(x > 0, scale * x, scale * alpha * np.expm1(below)), 1e-15)
    assert np.allclose(elu.forward(x, **elu.celu(2)), np.where(x > 0, x, 2 * np.expm1(below / 2)), rtol=1e-15)


def test_statistics():
    z = np.random.default_rng(1).normal(0.25, 1.5, 2**20)
    y, slope = elu.forward(z, **PARAMETERS), elu.derivative(z, **PARAMETERS)
    expected = elu.moments_of_normal(0.25, 1.5, **PARAMETERS)
    sampled = elu.Moments(y.mean(), np.square(y).mean(), y.var(), np.square(slope).mean())
    assert np.allclose(expected, sampled, rtol=0.01), (expected, sampled)
    centred = elu.moments_of_normal(0, 1, **PARAMETERS)
    assert elu.initialisation_gain(**PARAMETERS) == pytest.approx(centred.second_moment**-0.5, rel=1e-12)
