"""PyTorch's own samples of F.elu, F.selu and F.celu (OpInfo), and references in float64 for them."""
import warnings

import pytest
import torch

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


def call(function, sample, x=None):
    """The function with a sample's arguments; x in place of its input."""
    return function(sample.input if x is None else x, *sample.args, **sample.kwargs)


def out_forms(op):
    """The forms of aten with out=, which torch.nn.functional does not show."""
    given = parameters(op, SampleInput(None))
    return [lambda x, out, form=form: form(x, *given, out=out) for form in (torch._C._nn.elu, torch.ops.aten.elu.out)]
