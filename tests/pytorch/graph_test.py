"""What PyTorch does around a function, on elu's kernels: in place on a view, checkpoints, hooks, worker processes."""
import pytest
import torch
from handled import on_elu
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint
from torch.utils.data import DataLoader, Dataset

import elu
import elu.torch

X = torch.linspace(-20, 3, 4096)
FUNCTIONS = {"elu": F.elu, "selu": F.selu, "celu": lambda x, **options: F.celu(x, 0.7, **options)}
OPERATORS = {"elu::elu": torch.ops.elu.elu, "elu::plus_one": torch.ops.elu.plus_one}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_in_place_on_a_view(name):
    def in_the_middle(root):
        x = root.clone()
        view = x.narrow(0, 1, 2)
        assert FUNCTIONS[name](view, inplace=True) is view
        return x

    x = torch.tensor([1.0, -1.0, 1.0, -1.0], dtype=torch.float64, requires_grad=True)
    with on_elu(calls=4):
        assert torch.autograd.gradcheck(in_the_middle, x) and torch.autograd.gradgradcheck(in_the_middle, x)
        y = in_the_middle(x)
        assert torch.equal(y[[0, 3]], x[[0, 3]]) and torch.equal(y[1:3], FUNCTIONS[name](x[1:3]))


def gradient(function):
    x = X.clone().requires_grad_()
    (result,) = torch.autograd.grad(function(x).sum(), x)
    return result


@pytest.mark.parametrize("use_reentrant", [False, True])
@pytest.mark.parametrize("name", FUNCTIONS | OPERATORS)
def test_checkpoints(name, use_reentrant):
    """The forward is computed again for the gradient, up to its kernel if not reentrant; the bits are the same."""
    calls = []

    def function(x):
        calls.append(1)
        return (FUNCTIONS | OPERATORS)[name](x * 2)

    def checkpointed():
        x = X.clone().requires_grad_()
        checkpoint(function, x, use_reentrant=use_reentrant).sum().backward()
        return x.grad

    with on_elu(calls=0 if name in OPERATORS else 4 + use_reentrant):
        assert torch.equal(checkpointed(), gradient(function))
    assert len(calls) == 3


@pytest.mark.parametrize("name", FUNCTIONS | OPERATORS)
def test_hooks_of_saved_tensors(name):
    """The gradient is computed from what the hooks give back."""
    function = (FUNCTIONS | OPERATORS)[name]
    packed = []

    def pack(tensor):
        packed.append(tensor.clone())
        return len(packed) - 1

    with on_elu(calls=0 if name in OPERATORS else 4):
        expected = gradient(function)
        with torch.autograd.graph.saved_tensors_hooks(pack, lambda place: packed[place]):
            assert torch.equal(gradient(function), expected)
        assert len(packed) == 1 and torch.equal(packed[0], X)
        with torch.autograd.graph.saved_tensors_hooks(lambda tensor: tensor, lambda tensor: tensor * 0 + 1):
            assert torch.equal(gradient(function), gradient(lambda x: function(x - X.detach() + 1)))


class Rows(Dataset):
    """Rows of X, each with F.elu of it and the calls that elu has handled in this process since it was forked."""

    def __init__(self):
        self.before = elu.torch.info()["handled"]

    def __len__(self):
        return 16

    def __getitem__(self, place):
        y = F.elu(X.view(16, 256)[place])
        return y, elu.torch.info()["handled"] - self.before


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_workers_of_a_data_loader():
    """Forked, they have the switch as it was; the parent has used its threads before."""
    with on_elu(calls=1):
        F.elu(torch.randn(1 << 20))
        batches = list(DataLoader(Rows(), batch_size=4, num_workers=2, multiprocessing_context="fork"))
    assert torch.equal(torch.cat([y for y, _ in batches]).flatten(), torch.from_numpy(elu.forward(X.numpy())))
    assert sorted(int(n) for _, handled in batches for n in handled) == sorted(2 * list(range(1, 9)))
    assert not torch.equal(F.elu(X), torch.from_numpy(elu.forward(X.numpy()))), "the same bits: nothing is told apart"
