"""Where the drop-in does not reach, and what does: torch.compile."""
import pytest
import torch
from handled import on_elu
from torch.nn import functional as F

import elu
import elu.torch

X = torch.linspace(-20, 3, 4096)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TORCHINDUCTOR_CACHE_DIR", str(tmp_path))
    torch._dynamo.reset()


def handled():
    info = elu.torch.info()
    return info["handled"], info["passed_on"]


def test_compiled_functions_do_not_arrive():
    """Inductor decomposes F.elu before any kernel could be asked: the result is Inductor's, enabled or not."""
    compiled = torch.compile(lambda x: F.elu(x) * 2, fullgraph=True)
    theirs = compiled(X)
    before = handled()
    with elu.torch.enabled():
        assert torch.equal(compiled(X), theirs)
        torch._dynamo.reset()
        assert torch.equal(torch.compile(lambda x: F.elu(x) * 2, fullgraph=True)(X), theirs)
        assert handled() == before
        assert not torch.equal(F.elu(X) * 2, theirs), "the same bits: nothing can be told apart"
    assert handled() == (before[0] + 1, before[1])


def test_operators_arrive():
    def f(x):
        return torch.ops.elu.elu(x, 0.7) * 2 + elu.torch.plus_one(x)

    x = X.clone().requires_grad_()
    y = torch.compile(f, fullgraph=True)(x)
    (gradient,) = torch.autograd.grad(y.sum(), x)
    assert torch.equal(y, f(X))
    eager = X.clone().requires_grad_()
    assert torch.equal(gradient, torch.autograd.grad(f(eager).sum(), eager)[0])
    ours = torch.from_numpy(elu.forward(X.numpy(), alpha=0.7)) * 2 + torch.from_numpy(elu.plus_one(X.numpy()))
    assert torch.equal(y, ours)


def test_other_ways_arrive():
    """torch.func and graphs of torch.fx run their functions one by one."""
    with on_elu(calls=3):
        traced = torch.fx.symbolic_trace(torch.nn.Sequential(torch.nn.ELU()))
        assert torch.equal(traced(X), torch.from_numpy(elu.forward(X.numpy())))
        assert torch.equal(torch.vmap(F.elu)(X.view(64, 64)).flatten(), traced(X))
