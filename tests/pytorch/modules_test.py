"""PyTorch's own inputs and checks of nn.ELU, nn.SELU and nn.CELU (ModuleInfo), on elu's kernels."""
import copy
import io
import pickle
import warnings

import pytest
import torch
from handled import on_elu, torchscript

with warnings.catch_warnings():  # PyTorch's, of packages for parts of its suite that are not needed here
    warnings.simplefilter("ignore")
    from torch.testing._internal.common_modules import module_db

MODULES = [info for info in module_db if info.module_cls in (torch.nn.ELU, torch.nn.SELU, torch.nn.CELU)]
TYPES = [torch.float32, torch.float64, torch.float16, torch.bfloat16]

pytestmark = torchscript
every_module = pytest.mark.parametrize("info", MODULES, ids=lambda info: info.name)
every_type = pytest.mark.parametrize("dtype", TYPES, ids=str)


def cases(info, dtype, requires_grad=False):
    """(ModuleInput, a module, its input), for each of PyTorch's."""
    found = info.module_inputs_func(info, device="cpu", dtype=dtype, requires_grad=requires_grad, training=True)
    assert found
    for one in found:
        module = info.module_cls(*one.constructor_input.args, **one.constructor_input.kwargs)
        yield one, module, one.forward_input.args[0]


def test_pytorch_has_all_three():
    assert len(MODULES) == 3


@every_module
@every_type
def test_forward(info, dtype):
    with on_elu():
        for one, module, x in cases(info, dtype):
            y = module(x)
            assert y.shape == x.shape and y.dtype == dtype and torch.equal(module(x), y)
            if one.reference_fn is not None and dtype in info.supported_dtypes("cpu"):  # as PyTorch's suite has it
                torch.testing.assert_close(y, one.reference_fn(module, x))


@every_module
@every_type
def test_noncontiguous(info, dtype):
    with on_elu(calls=4):
        for _, module, x in cases(info, dtype, requires_grad=True):
            strided = torch.testing._internal.common_utils.noncontiguous_like(x)
            results = module(x), module(strided)
            assert torch.equal(*results)
            grad = torch.randn_like(results[0])
            assert torch.equal(*(torch.autograd.grad(y, at, grad)[0] for y, at in zip(results, (x, strided))))


@every_module
def test_gradients(info):
    with on_elu(calls=4):
        for _, module, x in cases(info, torch.float64, requires_grad=True):
            assert torch.autograd.gradcheck(module, (x,), check_forward_ad=True)
            assert torch.autograd.gradgradcheck(module, (x,), check_fwd_over_rev=True)


@every_module
@every_type
def test_in_place(info, dtype):
    with on_elu(calls=4):
        for one, module, x in cases(info, dtype, requires_grad=True):
            in_place = info.module_cls(*one.constructor_input.args, **one.constructor_input.kwargs, inplace=True)
            copied = x.clone()
            y = in_place(copied)
            assert y is copied and torch.equal(y, module(x))
            assert torch.autograd.grad(y.sum(), x)[0].shape == x.shape


@every_module
def test_memory_format(info):
    x = torch.randn(2, 3, 4, 5).to(memory_format=torch.channels_last)
    with on_elu():
        y = info.module_cls()(x)
        assert torch.equal(y, info.module_cls()(x.contiguous()))
    assert y.is_contiguous(memory_format=torch.channels_last)


@every_module
def test_pickled_and_copied(info):
    """A module is PyTorch's: it goes to programs without elu and comes from them."""
    with on_elu():
        for _, module, x in cases(info, torch.float32):
            file = io.BytesIO()
            torch.save(module, file)
            file.seek(0)
            loaded = torch.load(file, weights_only=False)
            for other in (pickle.loads(pickle.dumps(module)), copy.deepcopy(module), loaded):
                assert repr(other) == repr(module) and torch.equal(other(x), module(x))
        assert b"elu.torch" not in pickle.dumps(module)
