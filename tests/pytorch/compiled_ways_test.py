"""Compiled PyTorch on elu by other ways: AOTInductor, from C++ too, torch.export, clang++."""
import functools
import os
import pathlib
import shutil
import subprocess

import pytest
import torch
from compiled_matrix import inputs, same, ulps
from torch import nn
from torch.nn import functional as F

import elu
import elu.torch

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
THOROUGH = bool(os.environ.get("ELU_THOROUGH"))
FOLDER = pathlib.Path(torch.__file__).parent


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TORCHINDUCTOR_CACHE_DIR", str(tmp_path))
    torch._dynamo.reset()


class Model(nn.Module):
    def forward(self, x):
        return F.elu(x) * 2 + F.selu(x)


def exact(x):
    return Model()(x.double())


def packaged(accuracy, x, tmp_path):
    exported = torch.export.export(Model(), (x,))
    before = elu.torch.info()["replaced"]
    path = torch._inductor.aoti_compile_and_package(exported, package_path=str(tmp_path / f"{accuracy}.pt2"),
                                                    inductor_configs=elu.torch.inductor_options(accuracy))
    assert elu.torch.info()["replaced"] == before + 2
    return path


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """tests/pytorch/aot.cc, compiled as a program of PyTorch's users is."""
    path = tmp_path_factory.mktemp("aot") / "aot"
    flags = [f"-I{FOLDER / part}" for part in ("include", "include/torch/csrc/api/include")]
    libraries = [f"-L{FOLDER / 'lib'}", "-ltorch", "-ltorch_cpu", "-lc10", f"-Wl,-rpath,{FOLDER / 'lib'}", "-ldl"]
    source = pathlib.Path(__file__).with_name("aot.cc")
    subprocess.run(["g++", "-std=c++20", "-O0", f"-D_GLIBCXX_USE_CXX11_ABI={int(torch.compiled_with_cxx11_abi())}",
                    *flags, source, "-Wl,--no-as-needed", *libraries, "-o", path], check=True)
    return path


@pytest.mark.skipif(not THOROUGH, reason="compiles PyTorch's headers: make test-compiled")
@pytest.mark.parametrize("accuracy", ["fast", "accurate"])
def test_ahead_of_time(accuracy, tmp_path):
    x = inputs(torch.float32)
    result = torch._inductor.aoti_load_package(packaged(accuracy, x, tmp_path))(x)
    usual = torch.compile(Model(), fullgraph=True, options=elu.torch.inductor_options(accuracy))(x)
    assert same(result, usual)


@pytest.mark.skipif(not THOROUGH, reason="compiles PyTorch's headers for half a minute: make test-compiled")
@pytest.mark.parametrize("accuracy", ["fast", "accurate"])
def test_from_cpp(accuracy, program, tmp_path):
    """The fast mode needs nothing of elu's where it runs, the accurate one the plug-in, whose operators it calls."""
    x = inputs(torch.float32)
    package, plug_in = packaged(accuracy, x, tmp_path), pathlib.Path(elu.__file__).with_name("libelu_torch.so.0")
    x.numpy().tofile(tmp_path / "x")
    words = [program, package, tmp_path / "x", tmp_path / "y", *([plug_in] if accuracy == "accurate" else [])]
    result = subprocess.run(words, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    y = torch.from_file(str(tmp_path / "y"), size=len(x), dtype=torch.float32)
    assert same(y, torch._inductor.aoti_load_package(package)(x))


def test_export():
    """A graph that was exported, and one that was taken apart there, are compiled as the model is."""
    x = inputs(torch.float32)
    exported = torch.export.export(Model(), (x,))
    results = []
    for program in (exported, exported.run_decompositions()):
        before = elu.torch.info()["replaced"]
        with torch._inductor.utils.fresh_cache():
            results.append(torch.compile(program.module(), options=elu.torch.inductor_options("fast"))(x))
        assert elu.torch.info()["replaced"] == before + 2
    assert same(*results) and ulps(results[0][x < 0], exact(x)[x < 0]) <= 2


@pytest.fixture
def clang(tmp_path, monkeypatch):
    """PyTorch compiles by clang++; it remembers what its compiler is and can do."""
    from torch._inductor import config, cpp_builder, cpu_vec_isa

    def forget():
        for module in (cpp_builder, cpu_vec_isa):
            for function in vars(module).values():
                if isinstance(function, functools._lru_cache_wrapper):
                    function.cache_clear()

    # PyTorch takes a compiler whose name ends in g++ for GCC, with flags that clang++ 14 refuses.
    wrapper = tmp_path / "clang"
    wrapper.write_text('#!/bin/bash\nexec clang++ "$@"\n')
    wrapper.chmod(0o755)
    forget()
    with monkeypatch.context() as patch:
        patch.setattr(config.cpp, "cxx", (str(wrapper),))
        yield
    forget()


@pytest.mark.skipif(not THOROUGH or shutil.which("clang++") is None, reason="needs clang++: make test-compiled")
def test_clang(clang):
    """The same bits from vectors of all lengths and from scalar code."""
    x = inputs(torch.float32)
    results = []
    for options in ({}, {"cpp.simdlen": 1}, {"cpp.simdlen": 256}):
        torch._dynamo.reset()
        before = elu.torch.info()["replaced"]
        with torch._inductor.utils.fresh_cache():
            results.append(torch.compile(Model(), options={**elu.torch.inductor_options("fast"), **options})(x))
        assert elu.torch.info()["replaced"] == before + 2
    assert same(*results[:2]) and same(*results[1:]) and ulps(results[0][x < 0], exact(x)[x < 0]) <= 2
