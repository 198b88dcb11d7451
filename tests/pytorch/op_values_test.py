"""PyTorch's own samples of F.elu, F.selu and F.celu on elu's kernels: values, layouts, in place, out= and errors.

These are the checks that PyTorch's test suite runs over the samples. Exact bits: tests/torch and tests/python.
"""
import copy
import re
import warnings

import numpy as np
import pytest
import torch
from handled import on_elu
from op_info import (
    NAMES,
    OPS,
    TYPES,
    assert_near,
    call,
    every_op,
    every_type,
    out_forms,
    reference,
    samples,
)

import elu.torch


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
def test_reference_of_pytorch(op):
    """The check of PyTorch's suite itself: its own NumPy reference, under its own tolerance for float64."""
    with on_elu():
        for sample in samples(op, torch.float64):
            keywords = {name: value for name, value in sample.kwargs.items() if name != "inplace"}
            wanted = op.ref(sample.input.numpy(), **keywords)
            torch.testing.assert_close(call(op, sample), torch.from_numpy(np.asarray(wanted)))


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
    with on_elu():
        for sample in samples(op, dtype):
            copied = sample.input.clone()
            result = call(op.inplace_variant, sample, copied)
            assert result is copied and copied._version == 1 and torch.equal(result, call(op, sample))


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
            strided = torch.empty(4, 3, dtype=dtype).t(), torch.empty(3, 8, dtype=dtype)[:, ::2]
            for out in (torch.empty_like(x), *strided):
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
    yield (lambda: op.inplace_variant(torch.randn(4, requires_grad=True))), ()  # a leaf
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
