"""Compiled PyTorch on elu: every form of ELU within its bound or to the bit, networks, the switch, two processes."""
import os
import pathlib
import re
import subprocess
import sys

import every_float
import pytest
import torch
from compiled_matrix import FORMS, LEFT, inputs, networks, same, ulps
from torch.nn import functional as F

import elu.torch

# As torch.compile itself uses what it deprecates; in PyTorch 2.13 also jit's functions.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
PROJECT = pathlib.Path(__file__).parents[2]
TYPES = (torch.float32, torch.float64, torch.float16, torch.bfloat16)
THOROUGH = bool(os.environ.get("ELU_THOROUGH"))
MODES = pytest.mark.parametrize("accuracy", ["fast", "accurate"])
every_type = pytest.mark.parametrize("dtype", TYPES if THOROUGH else (torch.float32, torch.bfloat16), ids=str)


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TORCHINDUCTOR_CACHE_DIR", str(tmp_path))
    torch._dynamo.reset()
    yield
    elu.torch.disable()


def counts():
    info = elu.torch.info()
    return info["replaced"], sum(info["left"].values())


def compiled(function, accuracy, **options):
    return torch.compile(function, fullgraph=True, options={**elu.torch.inductor_options(accuracy), **options})


def bound(form, dtype):
    if dtype != torch.float32:
        return 0.52 if dtype == torch.float64 else 0.55
    return 1 if (form.alpha, form.scale, form.input_scale) == (1, 1, 1) else 2


def on_elu(form, x):
    """The same by elu's operators."""
    return elu.torch.plus_one(x) if form.plus else elu.torch.elu(x, form.alpha, form.scale, form.input_scale)


def all_forms(x):
    return tuple(form.f(x) for form in FORMS.values())


@MODES
@every_type
def test_forms(dtype, accuracy):
    x, before = inputs(dtype), counts()
    results = compiled(all_forms, accuracy)(x)
    assert [now - then for now, then in zip(counts(), before)] == [len(FORMS), 0]
    for (name, form), result in zip(FORMS.items(), results):
        assert result.dtype == dtype
        if accuracy == "fast" or dtype == torch.float64:
            exact = form.exact(x)
            wide = torch.finfo(torch.float64).eps * 4 / torch.finfo(dtype).eps  # what float64 itself errs
            assert ulps(result, exact) <= bound(form, dtype) + min(wide, 4), name
        if accuracy == "accurate":
            assert same(result, on_elu(form, x)), name


@MODES
@every_type
def test_gradients(dtype, accuracy):
    """Accurate: the bits of eager code on elu. Fast: PyTorch's own exp(x), near those."""
    forms = {name: form for name, form in FORMS.items() if name not in ("in place", "by hand")}
    x = inputs(dtype, 1009)
    if accuracy == "fast":  # of NaN PyTorch's gradient is that of x > 0, and far from 0 it multiplies its errors
        x = x[x.abs() < 4]
    g = torch.randn(len(x), generator=torch.Generator().manual_seed(3)).to(dtype)
    leaves = [x.clone().requires_grad_() for _ in forms]
    function = compiled(lambda leaves: [form.f(leaf) for form, leaf in zip(forms.values(), leaves)], accuracy)
    results = torch.autograd.grad(function(leaves), leaves, [g] * len(leaves))
    for (name, form), result in zip(forms.items(), results):
        leaf = x.clone().requires_grad_()
        (wanted,) = torch.autograd.grad(on_elu(form, leaf), leaf, g)
        if accuracy == "accurate":
            assert same(result, wanted), name
        else:
            near = {torch.float16: 2e-3, torch.bfloat16: 2e-2}.get(dtype, 2e-6)
            torch.testing.assert_close(result, wanted, rtol=near, atol=1e-37, msg=name)


@pytest.mark.parametrize("name", LEFT)
def test_what_is_not_an_elu_keeps_pytorchs_code(name):
    x = inputs(torch.float32, 1009)
    theirs, before = torch.compile(LEFT[name])(x), counts()
    torch._dynamo.reset()
    for accuracy in ("fast", "accurate"):
        assert same(compiled(LEFT[name], accuracy)(x), theirs)
    replaced, left = (now - then for now, then in zip(counts(), before))
    assert (replaced, left) == (0, 0 if name == "exp(x) - 1" else 2)


@MODES
def test_networks(accuracy):
    """Forward against float64, gradients against eager code on elu."""
    for name, (network, x, elus) in networks().items():
        if accuracy == "accurate" and name not in ("EEG", "linear attention") and not THOROUGH:
            continue
        network(x)  # lazy layers
        torch._dynamo.reset()  # or parameters of several networks are variables
        before = counts()
        wide = {key: tensor.double() for key, tensor in network.state_dict().items()}
        exact = torch.func.functional_call(network.double(), wide, x.double())
        network.float()
        result = compiled(network, accuracy)(x)
        torch.testing.assert_close(result.double(), exact, rtol=1e-5, atol=1e-5)
        assert [now - then for now, then in zip(counts(), before)] == [elus, 0], name
        result.sum().backward()
        gradients = [p.grad for p in network.parameters()]
        network.zero_grad(set_to_none=True)
        with elu.torch.enabled():
            network(x).sum().backward()
        for ours, p in zip(gradients, network.parameters()):
            torch.testing.assert_close(ours, p.grad, rtol=1e-4, atol=1e-5)


@MODES
def test_parameters_that_are_variables(accuracy):
    """A second alpha in the same place makes a variable of it: then e^z - 1 is elu's, and PyTorch multiplies."""
    x = inputs(torch.float32)
    for form, worst, last in ((lambda x, alpha: F.elu(x, alpha), 4, -1.5), (F.celu, 6, 0.1)):
        function = compiled(form, accuracy)
        for alpha in (1.0, 0.7, 2.0, last):
            before = elu.torch.info()["left"].get("a variable parameter: expm1 alone is elu's", 0)
            assert ulps(function(x, alpha), form(x.double(), alpha)) <= worst, (form, alpha)
            after = elu.torch.info()["left"].get("a variable parameter: expm1 alone is elu's", 0)
            assert after - before == (alpha == 0.7)


def test_shapes_layouts_and_mixed_types():
    def f(x, w):
        return F.elu(x) * w + F.celu(x, 0.5)

    ours = torch.compile(f, dynamic=True, options=elu.torch.inductor_options("accurate"))
    for shape in ((3, 5), (7, 2), (1, 9), (0, 4)):
        x, w = torch.randn(shape), torch.randn(shape, dtype=torch.float64)
        with elu.torch.enabled():
            torch.testing.assert_close(ours(x, w), f(x, w), rtol=0, atol=0)
    x = torch.randn(2, 8, 5, 7).to(memory_format=torch.channels_last)
    for accuracy in ("fast", "accurate"):
        result = compiled(F.elu, accuracy)(x)
        assert result.stride() == x.stride()
        assert ulps(result, F.elu(x.double())) <= 1
        transposed, part = x.transpose(1, 3), x[:, 1:6:2]
        for view in (transposed, part, x[0, 0, 0, 0], x.expand(2, 8, 5, 7)):
            assert ulps(compiled(F.elu, accuracy)(view), F.elu(view.double())) <= 1


@pytest.mark.parametrize("options", [{"cpp.simdlen": 1}, {"cpp.simdlen": 256}, {"cpp_wrapper": True}], ids=str)
def test_other_code(options):
    """The same bits from scalar code, from narrower vectors and by way of C++."""
    def f(x):
        return F.elu(x), F.selu(x), F.celu(x, 0.3)

    x = inputs(torch.float32)
    usual = compiled(f, "fast")(x)
    torch._dynamo.reset()
    for ours, other in zip(usual, compiled(f, "fast", **options)(x)):
        assert same(ours, other)


def test_switch():
    from torch._inductor import config

    def compiles_to_elu():
        torch._dynamo.reset()
        x = torch.linspace(-1e-3, -1e-8, 4096)
        before = counts()[0]
        with torch._inductor.utils.fresh_cache():
            error = ulps(torch.compile(F.elu)(x), torch.expm1(x.double()))
        assert (counts()[0] > before) == elu.torch.info()["compiled"]
        assert error <= 1 or not elu.torch.info()["compiled"]
        return elu.torch.info()["compiled"]

    theirs = []
    config.post_grad_custom_pre_pass = theirs_pass = theirs.append
    try:
        assert not compiles_to_elu() and len(theirs) == 1
        elu.torch.enable()
        assert not compiles_to_elu()
        with elu.torch.enabled("fast", compiled=True):
            assert compiles_to_elu() and len(theirs) == 3
            with elu.torch.enabled("accurate"):
                assert not compiles_to_elu()
            elu.torch.enable("accurate", compiled=True)
            assert compiles_to_elu()
        assert not compiles_to_elu() and elu.torch.info()["enabled"]
        assert config.post_grad_custom_pre_pass is theirs_pass
        elu.torch.enable("fast", compiled=True)
        config.post_grad_custom_pre_pass = [theirs_pass, *config.post_grad_custom_pre_pass]
        elu.torch.disable()
        assert config.post_grad_custom_pre_pass == (theirs_pass, theirs_pass) and not compiles_to_elu()
    finally:
        config.post_grad_custom_pre_pass = None


def python(code, cache, *words):
    result = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, cwd="/",
                            env={**os.environ, "TORCHINDUCTOR_CACHE_DIR": str(cache)})
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


PROCESS = """
import sys, torch, elu.torch
from torch.nn import functional as F
x = torch.linspace(-5, -1e-8, 40960)
for mode in sys.argv[1:]:
    torch._dynamo.reset()
    if mode == "off":
        elu.torch.disable()
    else:
        elu.torch.enable(mode, compiled=True)
    y = torch.compile(F.elu)(x)
    exact = torch.expm1(x.double())
    print("near" if bool(((y - exact) / exact).abs().max() < 2**-23) else "far", end=" ")
    print("exact" if torch.equal(y, exact.float()) else "rounded")
"""


def test_the_cache_on_disk_serves_no_stale_code(tmp_path):
    """Processes that share it: what one has compiled with or without elu is not taken for the other."""
    results = {"off": ["far" if torch.__version__ < "2.14" else "near", "rounded"], "fast": ["near", "rounded"],
               "accurate": ["near", "exact"]}
    for modes in (("off", "fast", "off"), ("accurate", "off", "fast")):
        assert python(PROCESS, tmp_path, *modes) == [word for mode in modes for word in results[mode]]


def test_another_inductor():
    """One clear line where an internal name has moved, and eager code on elu as ever."""
    code = """
import torch._inductor.custom_graph_pass as moved, elu.torch
del moved.get_custom_graph_passes
for call in (lambda: elu.torch.enable(compiled=True), elu.torch.inductor_options):
    try:
        call()
    except RuntimeError as error:
        print(str(error).replace(" ", "_"))
print(elu.torch.info()["enabled"])
elu.torch.enable()
"""
    first, second, enabled = python(code, "/nowhere")
    assert first == second and first.startswith("elu_cannot_reach_compiled_code_of_PyTorch_") and enabled == "False"
    assert "get_custom_graph_passes" in first


def test_floats_through_compiled_code():
    """`make prove` runs every float."""
    found = list(every_float.rows(1009 if THOROUGH else 40009))
    assert len(found) == len(every_float.SETS) + 6
    for what, error, count, most in found:
        assert count > 30_000 and error <= most, what
    assert max(error for _, error, _, _ in found) > 0.5


def test_coefficients_are_the_librarys():
    """elu._fast holds numbers of src/cpu, which the library proves."""
    from elu import _fast

    constants = (PROJECT / "src/cpu/math/constants.h").read_text()
    terms = re.search(r"float kFastExpm1\[\] = \{[^\n]*\n(.*?)\};", constants, re.S).group(1)
    assert _fast.Q == [float.fromhex(term.strip().rstrip("f")) for term in terms.split(",") if term.strip()]
    text = (PROJECT / "src/cpu/float32/fast-forward-inl.h").read_text()
    assert "kRange = 0x1p+24, kInputScaleRange = 0x1p+12;" in text
    assert (_fast.RANGE, _fast.INPUT_SCALE_RANGE) == (2.0**24, 2.0**12)
    assert f"kFastSaturated = {_fast.SATURATED:.1f}F;" in (PROJECT / "src/cpu/float32/constants.h").read_text()


def test_wrong_accuracy():
    for call in (elu.torch.inductor_options, lambda name: elu.torch.enable(name, compiled=True)):
        with pytest.raises(ValueError, match="accuracy must be 'accurate' or 'fast', not 'quick'"):
            call("quick")
    assert not elu.torch.info()["compiled"]
