"""elu.torch: the switch in Python, its block, what it tells, its operators, and loading it where it must not be."""
import doctest
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

import pytest
import torch
from torch.nn import functional as F

import elu
import elu.torch

PROJECT = pathlib.Path(__file__).parents[2]
PACKAGE = pathlib.Path(elu.__file__).parent
X = torch.linspace(-20, 3, 2**16)


@pytest.fixture(autouse=True)
def off_before_and_after():
    assert state() is None
    yield
    elu.torch.disable()


def state():
    """The accuracy, or None if PyTorch's own kernels are on."""
    info = elu.torch.info()
    return info["accuracy"] if info["enabled"] else None


def ours(accuracy="accurate"):
    return torch.from_numpy(elu.forward(X.numpy(), accuracy=accuracy))


def test_switch():
    theirs = F.elu(X)
    assert not torch.equal(theirs, ours()), "PyTorch's kernel gives the same bits here; nothing can be told apart"
    elu.torch.enable()
    assert state() == "accurate" and torch.equal(F.elu(X), ours())
    elu.torch.enable("fast")
    assert state() == "fast" and torch.equal(F.elu(X), ours("fast"))
    elu.torch.disable()
    assert state() is None and torch.equal(F.elu(X), theirs)


def test_modules_and_gradients():
    x = X.double().requires_grad_()
    with elu.torch.enabled():
        torch.nn.SELU()(x).sum().backward()
    assert torch.equal(x.grad, torch.from_numpy(elu.derivative(x.detach().numpy(), **elu.selu())))


def test_block_restores():
    with elu.torch.enabled("fast"):
        assert state() == "fast"
        with elu.torch.enabled():
            assert state() == "accurate"
        assert state() == "fast"
        elu.torch.disable()
    assert state() is None
    elu.torch.enable("fast")
    with pytest.raises(KeyError), elu.torch.enabled():
        raise KeyError
    assert state() == "fast"


def test_block_as_decorator():
    @elu.torch.enabled("fast")
    def inside():
        return state()

    assert inside() == inside() == "fast" and state() is None


def test_blocks_that_overlap():
    first, second, third = (elu.torch.enabled(accuracy) for accuracy in ("accurate", "fast", "accurate"))
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert state() == "fast"
    third.__enter__()
    second.__exit__(None, None, None)
    assert state() == "accurate"
    third.__exit__(None, None, None)
    assert state() is None


def test_blocks_in_many_threads():
    def enter_and_leave():
        for i in range(200):
            with elu.torch.enabled(("accurate", "fast")[i % 2]):
                if not elu.torch.info()["enabled"]:
                    failures.append(i)

    failures = []
    threads = [threading.Thread(target=enter_and_leave) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures and state() is None


def test_wrong_accuracy():
    says = "accuracy must be 'accurate' or 'fast', not 'quick'"
    with pytest.raises(ValueError, match=says):
        elu.torch.enable("quick")
    with pytest.raises(ValueError, match=says), elu.torch.enabled("quick"):
        raise AssertionError("the block was entered")
    assert state() is None


def test_info():
    before = elu.torch.info()
    F.elu(X)
    with elu.torch.enabled():
        F.elu(X)
        F.elu(X, alpha=float("inf"))
    after = elu.torch.info()
    assert after["handled"] == before["handled"] + 1 and after["passed_on"] == before["passed_on"] + 1
    assert after["built_with"] == torch.__version__ and after["target"] == elu.target()


def test_one_library_for_numpy_and_torch():
    worst = elu.targets()[-1]
    elu.set_target(worst)
    assert elu.torch.info()["target"] == worst
    elu.set_target(None)


def test_operators():
    assert torch.equal(elu.torch.elu(X), ours())
    assert torch.equal(elu.torch.elu(X, accuracy="fast"), ours("fast"))
    given = {"alpha": 0.7, "scale": 1.25, "input_scale": 1.5}
    assert torch.equal(elu.torch.elu(X, **given), torch.from_numpy(elu.forward(X.numpy(), **given)))
    assert torch.equal(elu.torch.plus_one(X), torch.from_numpy(elu.plus_one(X.numpy())))
    assert torch.autograd.gradcheck(elu.torch.plus_one, X[::1000].double().requires_grad_())
    with pytest.raises(ValueError):
        elu.torch.elu(X, alpha=float("inf"))
    with pytest.raises(NotImplementedError):
        elu.torch.elu(X.int())


def python(code, *words):
    return subprocess.run([sys.executable, "-W", "error::UserWarning", "-c", code, *words], capture_output=True,
                          text=True, cwd="/")


def test_nothing_is_printed():
    result = python("import elu.torch, torch; elu.torch.enable(); torch.nn.ELU()(torch.ones(3)); elu.torch.disable()")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.fixture
def copy(tmp_path):
    """A copy of the package, and what importing elu.torch from it says."""
    shutil.copytree(PACKAGE, tmp_path / "elu")

    def says():
        code = (f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import elu\n"
                "try: import elu.torch\nexcept ImportError as error: print(error)\nprint(elu.forward(2.0))")
        result = python(code)
        assert (result.returncode, result.stderr) == (0, "")
        return result.stdout

    return tmp_path / "elu", says


def test_another_version_of_pytorch(copy):
    package, says = copy
    (package / "_torch_version.py").write_text('BUILT_WITH = "2.1.0+cpu"\n')
    here = re.escape(torch.__version__)
    assert re.fullmatch(rf"elu's plug-in was built with PyTorch 2\.1\.0\+cpu, and this is {here}; to build it anew: "
                        r"[^\n]*--no-build-isolation[^\n]*\n2\.0\n", says())


def test_other_builds_in_the_library_path(copy, tmp_path):
    package, says = copy
    (tmp_path / "other").mkdir()
    for library in package.glob("lib*.so.*"):
        (tmp_path / "other" / library.name).write_bytes(b"no library")
    result = subprocess.run([sys.executable, "-c", "import elu.torch; print(elu.forward(2.0))"], capture_output=True,
                            text=True, cwd="/", env={**os.environ, "LD_LIBRARY_PATH": str(tmp_path / "other")})
    assert (result.stdout, result.stderr) == ("2.0\n", "")


def test_fork_while_another_thread_switches():
    code = """
import os, elu.torch
elu.torch._lock.acquire()
child = os.fork()
if child == 0:
    import threading
    thread = threading.Thread(target=elu.torch.enable, daemon=True)
    thread.start()
    thread.join(20)
    os._exit(thread.is_alive())
print(os.waitpid(child, 0)[1])
"""
    assert python(code).stdout == "0\n"


def test_without_the_plug_in(copy):
    package, says = copy
    (package / "_torch_version.py").unlink()
    for file in [*package.glob("_elu_torch.*.so"), package / "libelu_torch.so.0"]:
        file.unlink()
    assert re.fullmatch(r"elu was installed without its PyTorch plug-in; to build it: [^\n]*\n2\.0\n", says())


def test_stubs_agree():
    # With PyTorch imported first, without which _elu_torch, the module behind elu.torch, cannot be.
    code = "import sys, torch, mypy.stubtest; sys.exit(mypy.stubtest.main())"
    result = python(code, "elu", "--mypy-config-file", PROJECT / "pyproject.toml")
    assert result.returncode == 0, result.stdout


def test_readme():
    text = (PROJECT / "README.md").read_text()
    examples = re.findall(r"^```pycon\n(.*?)^```$", text, re.M | re.S)
    assert examples
    for example in examples:
        test = doctest.DocTestParser().get_doctest(example, {}, "README.md", None, 0)
        assert doctest.DocTestRunner().run(test).failed == 0
