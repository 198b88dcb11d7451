"""PyTorch's own samples and checks of F.elu, F.selu and F.celu (OpInfo), on elu's kernels.

The checks are those that PyTorch's test suite runs over these samples: reference values, layouts, in place, out=, and
numerical against analytical gradients. Exact bits: tests/torch and tests/python.
"""
import copy
import re
import warnings

import numpy as np
import pytest
import torch
from handled import on_elu, torchscript

import elu.torch

with warnings.catch_warnings():  # PyTorch's, of packages for parts of its suite that are not needed here
    warnings.simplefilter("ignore")
    from torch.testing._internal.common_methods_invocations import op_db
    from torch.testing._internal.opinfo.core import SampleInput

NAMES = [f"nn.functional.{name}" for name in ("elu", "selu", "celu")]
OPS = [op for op in op_db if op.name in NAMES]
TYPES = [torch.float32, torch.float64, torch.float16, torch.bfloat16]
# Half a unit: the number nearest to the reference, which is in float64 and errs itself.
ULPS = {torch.float32: 0.5 + 1e-6, torch.float64: 4, torch.float16: 0.5 + 1e-6, torch.bfloat16: 0.5 + 1e-6}
SELU_ALPHA, SELU_SCALE = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946

pytestmark = torchscript
every_op = pytest.mark.parametrize("op", OPS, ids=lambda op: op.formatted_name)
every_type = pytest.mark.parametrize("dtype", TYPES, ids=str)


def parameters(op, sample):
    """(alpha, scale, input_scale) of a sample."""
    alpha = sample.kwargs.get("alpha", 1.0)
    return {"elu": (alpha, 1, 1), "celu": (alpha, 1, 1 / alpha), "selu": (SELU_ALPHA, SELU_SCALE, 1)}[
        op.name.rsplit(".", 1)[1]]


def reference(op, sample):
    alpha, scale, input_scale = parameters(op, sample)
    x = sample.input.detach().double()
    return torch.where(x <= 0, scale * alpha * torch.expm1(x * input_scale), scale * x)


def reference_gradient(op, sample, grad):
    alpha, scale, input_scale = parameters(op, sample)
    x = sample.input.detach().double()
    return grad.double() * torch.where(x <= 0, scale * alpha * input_scale * torch.exp(x * input_scale), scale)


def reference_gradient_in_place(op, sample, grad, result):
    """In place the output is what a gradient has to go by: 0 where that has rounded to its limit."""
    alpha, scale, input_scale = parameters(op, sample)
    y = result.detach().double()
    limit = float(torch.tensor(-scale * alpha, dtype=torch.float64).to(result.dtype))
    below = torch.where(y <= limit, 0, (y + scale * alpha) * input_scale)
    return grad.double() * torch.where(y <= 0, below, scale)


def assert_near(result, wanted, dtype):
    """Within the promised units in the last place of `wanted`, a float64; infinite and NaN where that is."""
    assert result.dtype == dtype and result.shape == wanted.shape
    finite = result.isfinite()
    torch.testing.assert_close(result[~finite], wanted[~finite].to(dtype), equal_nan=True)
    result, wanted = result[finite].double(), wanted[finite]
    unit = torch.ldexp(torch.full_like(wanted, torch.finfo(dtype).eps / 2),
                       torch.frexp(wanted.abs().clamp(min=torch.finfo(dtype).tiny)).exponent)
    assert not bool(((result - wanted).abs() > ULPS[dtype] * unit).any())


def samples(op, dtype, **kwargs):
    found = list(op.sample_inputs("cpu", dtype, **kwargs))
    assert found
    return found


def call(op, sample, function=None):
    return (function or op)(sample.input, *sample.args, **sample.kwargs)


def test_pytorch_has_samples_of_all_three():
    assert sorted(op.name for op in OPS) == sorted(NAMES)
    assert all(set(TYPES) == op.supported_dtypes("cpu") for op in OPS)


@every_op
@every_type
def test_reference_values(op, dtype):
    found = [*samples(op, dtype), *op.reference_inputs("cpu", dtype)]
    with on_elu(calls=len(found)):
        for sample in found:
            assert_near(call(op, sample), reference(op, sample), dtype)


@every_op
@every_type
def test_gradients(op, dtype):
    with on_elu(calls=2):
        for sample in samples(op, dtype, requires_grad=True):
            y = call(op, sample)
            grad = torch.randn_like(y)
            (gradient,) = torch.autograd.grad(y, sample.input, grad)
            assert_near(gradient, reference_gradient(op, sample, grad), dtype)


@every_op
def test_reference_of_pytorch(op):
    """The check of PyTorch's suite itself: its own NumPy reference, under its own tolerance for float64."""
    with on_elu():
        for sample in samples(op, torch.float64):
            keywords = {name: value for name, value in sample.kwargs.items() if name != "inplace"}
            wanted = op.ref(sample.input.numpy(), **keywords)
            torch.testing.assert_close(call(op, sample), torch.from_numpy(np.asarray(wanted)))


@every_op
@every_type
def test_noncontiguous_samples(op, dtype):
    with on_elu():
        for sample in samples(op, dtype, requires_grad=True):
            strided = sample.noncontiguous()
            results = [call(op, one) for one in (sample, strided)]
            assert torch.equal(*results)
            grad = torch.randn_like(results[0])
            gradients = [torch.autograd.grad(result, one.input, grad)[0]
                         for result, one in zip(results, (sample, strided))]
            assert torch.equal(*gradients)


@every_op
@every_type
def test_layouts(op, dtype):
    x = torch.randn(6, 10, 8, dtype=dtype)
    with on_elu():
        y = op(x)
        assert torch.equal(op(x[:, ::2]), y[:, ::2]) and torch.equal(op(x.transpose(0, 2)), y.transpose(0, 2))
        assert torch.equal(op(x[:1].expand(3, 10, 8)), y[:1].expand(3, 10, 8))
        assert torch.equal(torch.stack([op(row) for row in x]), y) and op(x[:0]).shape == (0, 10, 8)
        assert torch.equal(op(x.flatten()[::3]), y.flatten()[::3])


@every_op
@every_type
def test_in_place(op, dtype):
    inplace = op.inplace_variant
    with on_elu():
        for sample in samples(op, dtype, requires_grad=True):
            wanted = call(op, sample)
            copied = sample.input.clone()
            result = inplace(copied, *sample.args, **sample.kwargs)
            assert result is copied and copied._version == 1 and torch.equal(result, wanted)
            grad = torch.randn_like(wanted)
            (gradient,) = torch.autograd.grad(result, sample.input, grad)
            wanted = reference_gradient_in_place(op, sample, grad, result)
            if dtype == torch.float64:  # where the reference loses digits to cancellation
                torch.testing.assert_close(gradient, wanted)
            else:
                assert_near(gradient, wanted, dtype)
            with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
                inplace(sample.input, *sample.args, **sample.kwargs)


def out_forms(op):
    """The forms of aten with out=, which torch.nn.functional does not show."""
    given = parameters(op, SampleInput(None))
    return [lambda x, out, form=form: form(x, *given, out=out) for form in (torch._C._nn.elu, torch.ops.aten.elu.out)]


@pytest.fixture
def every_warning():
    torch.set_warn_always(True)
    yield
    torch.set_warn_always(False)


@every_op
@every_type
def test_out(op, dtype, every_warning):
    x, resized = torch.randn(3, 4, dtype=dtype), 0
    for form in out_forms(op):
        with on_elu(calls=6):
            wanted = op(x)
            for out in (torch.empty_like(x), torch.empty(4, 3, dtype=dtype).t(), torch.empty(3, 8, dtype=dtype)[:, ::2]):
                strides = out.stride()
                assert form(x, out=out) is out
                assert torch.equal(out, wanted) and out.stride() == strides
            assert torch.equal(form(x, out=torch.empty(0, dtype=dtype)), wanted)
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                assert torch.equal(form(x, out=torch.empty(2, dtype=dtype)), wanted)
            # torch.ops tells Python nothing of its warnings.
            assert [bool(re.search("was resized since it had shape", str(w.message))) for w in caught] in ([True], [])
            resized += len(caught)
    assert resized == 1


def outcome(function, *args, **kwargs):
    """What a call gives: its tensor, or its exception's type and text."""
    try:
        return function(*args, **kwargs)
    except Exception as error:  # noqa: BLE001  whichever PyTorch raises
        return type(error), str(error)


def calls_that_pytorch_refuses(op):
    out = out_forms(op)[0]
    x = torch.randn(4)
    if op.error_inputs_func is not None:
        yield from ((call, (op, error.sample_input)) for error in op.error_inputs("cpu"))
    for dtype in (torch.int32, torch.int64, torch.bool, torch.complex64):
        yield op, (torch.ones(4, dtype=dtype),)
        yield op.inplace_variant, (torch.ones(4, dtype=dtype),)
        yield (lambda dtype=dtype: out(x, out=torch.empty(4, dtype=dtype))), ()
    yield (lambda: op.inplace_variant(torch.randn(4, requires_grad=True))), ()
    yield (lambda: op.inplace_variant(torch.randn(1).expand(4))), ()
    yield (lambda: out(x[1:], out=x[:3])), ()
    yield (lambda: out(x, out=torch.empty(4, device="meta"))), ()


@every_op
def test_errors(op):
    refused = 0
    for function, args in calls_that_pytorch_refuses(op):
        theirs = outcome(function, *copy.deepcopy(args))
        with elu.torch.enabled():
            ours = outcome(function, *copy.deepcopy(args))
        assert type(theirs) is type(ours)
        if isinstance(theirs, tuple):
            refused += 1
            assert ours == theirs
        else:
            torch.testing.assert_close(ours, theirs)
    assert refused >= 10


def gradient_inputs(op):
    return samples(op, torch.float64, requires_grad=True)


@every_op
@pytest.mark.parametrize("in_place", [False, True])
def test_gradcheck(op, in_place):
    function = (lambda x, *a, **k: op.inplace_variant(x.clone(), *a, **k)) if in_place else op
    for sample in gradient_inputs(op):
        with on_elu(calls=2):
            assert torch.autograd.gradcheck(
                lambda x, s=sample: function(x, *s.args, **s.kwargs), (sample.input,), check_forward_ad=True,
                check_backward_ad=True, check_undefined_grad=True, check_batched_grad=True,
                check_batched_forward_grad=True)


@every_op
@pytest.mark.parametrize("in_place", [False, True])
def test_gradgradcheck(op, in_place):
    function = (lambda x, *a, **k: op.inplace_variant(x.clone(), *a, **k)) if in_place else op
    for sample in gradient_inputs(op):
        with on_elu(calls=2):
            assert torch.autograd.gradgradcheck(
                lambda x, s=sample: function(x, *s.args, **s.kwargs), (sample.input,), gen_non_contig_grad_outputs=True,
                check_fwd_over_rev=True, check_rev_over_rev=True)
