"""The wheel: what is in it, its types, its documentation, and elu without PyTorch. Its path comes in ELU_WHEEL."""
import doctest
import email
import importlib.metadata
import os
import pathlib
import re
import subprocess
import sys
import zipfile

import numpy as np
import pytest

import elu

PROJECT = pathlib.Path(__file__).parents[2]
PACKAGE = pathlib.Path(elu.__file__).parent


def python(*words, **more):
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd="/", **more)


@pytest.fixture(scope="module")
def wheel():
    (path,) = pathlib.Path(os.environ["ELU_WHEEL"]).glob("elu-*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def test_contents(wheel):
    names = [re.sub(r"elu-[\d.]+\.", "", re.sub(r"\.cpython-[^.]+", "", name)) for name in wheel.namelist()]
    sources = {f"elu/{path.name}" for path in (PROJECT / "python" / "elu").iterdir() if path.is_file()}
    built = {"elu/_elu.so", "elu/_elu_torch.so", "elu/_torch_version.py", "elu/libelu.so.1", "elu/libelu_torch.so.0"}
    about = {"dist-info/METADATA", "dist-info/WHEEL", "dist-info/RECORD", "dist-info/licenses/LICENSE",
             "dist-info/licenses/python/NOTICE"}
    assert set(names) == sources | built | about
    assert "elu/py.typed" in sources


def test_metadata(wheel):
    (name,) = [name for name in wheel.namelist() if name.endswith("METADATA")]
    metadata = email.message_from_bytes(wheel.read(name))
    version = re.search(r"project\(elu VERSION ([\d.]+)", (PROJECT / "CMakeLists.txt").read_text())[1]
    assert elu.__version__ == importlib.metadata.version("elu") == metadata["Version"] == version
    assert metadata["License-Expression"] == "Apache-2.0 OR BSD-3-Clause"
    assert "numpy" in metadata["Requires-Dist"] and metadata["Requires-Python"] == ">=3.10"


def test_libraries_are_those_of_the_wheel():
    libraries = {line.split()[-1] for line in pathlib.Path("/proc/self/maps").read_text().splitlines()
                 if re.search(r"lib(elu|hwy)\.so", line)}
    assert libraries and {pathlib.Path(path).parent for path in libraries} == {PACKAGE}


@pytest.mark.parametrize("module", ["", "._functions", "._machine", "._statistics"])
def test_examples_in_docstrings(module):
    tests = doctest.testmod(sys.modules["elu" + module], extraglobs={"elu": elu, "np": np},
                            optionflags=doctest.ELLIPSIS)
    assert tests.failed == 0 and tests.attempted > 0


def test_everything_public_is_documented():
    for name in elu.__all__:
        assert name == "__version__" or getattr(elu, name).__doc__, name


def test_import_is_silent_and_leaves_torch_alone():
    code = "import sys, elu; assert 'torch' not in sys.modules and 'ml_dtypes' not in sys.modules"
    result = python("-W", "error", "-c", code)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_without_ml_dtypes():
    code = "import sys; sys.modules['ml_dtypes'] = None; import elu; print(elu.forward(2.0))"
    assert python("-c", code).stdout == "2.0\n"


@pytest.mark.parametrize("folder", ["/", PROJECT], ids=["elsewhere", "in the sources, with their folder torch"])
def test_without_pytorch(folder):
    code = "import elu\ntry: import elu.torch\nexcept ImportError as error: print(error)\nprint(elu.forward(2.0))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder)
    assert re.fullmatch(r"elu\.torch needs PyTorch: pip install torch, then [^\n]*--no-build-isolation \.\n2\.0\n",
                        result.stdout), result


def test_in_the_folder_of_the_sources():
    result = subprocess.run([sys.executable, "-c", "import elu"], capture_output=True, text=True, cwd=PROJECT / "python")
    assert "ImportError: elu's compiled modules are not beside this file" in result.stderr.splitlines()[-1], result


TYPED = """
from typing import assert_type
import numpy as np
from numpy.typing import NDArray
import elu

def f(x: NDArray[np.float32], z: NDArray[np.float64]) -> None:
    assert_type(elu.forward(x, alpha=0.5, accuracy="fast"), NDArray[np.float32])
    assert_type(elu.backward(z, z, out=z, **elu.selu()), NDArray[np.float64])
    assert_type(elu.moments_of_normal(0, 1).variance, float)
    elu.forward([1.0])
    {wrong}
"""


@pytest.mark.parametrize("wrong, says", [
    ("pass", "Success"),
    ("elu.forward(x, accuracy='quick')", "No overload variant"),
    ("elu.forward(x, 0.5)", "No overload variant"),
    ("elu.derivative_from_output(x, accuracy='fast')", "No overload variant"),
    ("elu.set_target(3)", "incompatible type"),
])
def test_types_for_checkers(tmp_path, wrong, says):
    (tmp_path / "typed.py").write_text(TYPED.format(wrong=wrong))
    result = python("-m", "mypy", "--strict", "--python-version", "3.11", f"--cache-dir={PROJECT}/build-python/mypy",
                    tmp_path / "typed.py")
    assert says in result.stdout and (result.returncode == 0) == (wrong == "pass"), result
