"""PyTorch's own samples of F.elu, F.selu and F.celu on elu's kernels: gradients, in both modes and of both orders."""
import pytest
import torch
from handled import on_elu, torchscript
from op_info import (
    assert_near,
    call,
    every_op,
    every_type,
    reference_gradient,
    reference_gradient_in_place,
    samples,
)

pytestmark = torchscript
in_place_or_not = pytest.mark.parametrize("in_place", [False, True])


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
@every_type
def test_gradients_in_place(op, dtype):
    with on_elu(calls=2):
        for sample in samples(op, dtype, requires_grad=True):
            y = call(op.inplace_variant, sample, sample.input.clone())
            grad = torch.randn_like(y)
            (gradient,) = torch.autograd.grad(y, sample.input, grad)
            wanted = reference_gradient_in_place(op, sample, grad, y)
            if dtype == torch.float64:  # where the reference loses digits to cancellation
                torch.testing.assert_close(gradient, wanted)
            else:
                assert_near(gradient, wanted, dtype)


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


def functions(op, in_place):
    """(function of the input alone, input) for each sample."""
    for sample in samples(op, torch.float64, requires_grad=True):
        if in_place:
            yield (lambda x, s=sample: call(op.inplace_variant, s, x.clone())), sample.input
        else:
            yield (lambda x, s=sample: call(op, s, x)), sample.input


@every_op
@in_place_or_not
def test_gradcheck(op, in_place):
    for function, x in functions(op, in_place):
        with on_elu(calls=2):
            assert torch.autograd.gradcheck(function, (x,), check_forward_ad=True, check_undefined_grad=True,
                                            check_batched_grad=True, check_batched_forward_grad=True)


@every_op
@in_place_or_not
def test_gradgradcheck(op, in_place):
    for function, x in functions(op, in_place):
        with on_elu(calls=2):
            assert torch.autograd.gradgradcheck(function, (x,), gen_non_contig_grad_outputs=True,
                                                check_fwd_over_rev=True, check_rev_over_rev=True)
