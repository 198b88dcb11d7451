"""Large calls run on the threads of PyTorch's own pool."""
import time

import pytest
import torch
from handled import on_elu

X = torch.randn(1 << 22)
CALLS = {
    "forward": lambda x, out: torch._C._nn.elu(x, 1, 1, 1, out=out),
    "in place": lambda x, out: torch._C._nn.elu_(out),
    "from the input": lambda x, out: torch.ops.aten.elu_backward.grad_input(x, 1, 1, 1, False, x, grad_input=out),
    "from the output": lambda x, out: torch.ops.aten.elu_backward.grad_input(x, 1, 1, 1, True, x, grad_input=out),
    "operator": lambda x, out: torch.ops.elu.elu(x),
}


@pytest.fixture
def two_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize("name", CALLS)
def test_threads_share_the_work(name, two_threads):
    call, out = CALLS[name], X.clone()
    call(X, out)  # starts the threads
    with on_elu(calls=0 if name == "operator" else 20):
        here, everywhere = time.thread_time(), time.process_time()
        for _ in range(20):
            call(X, out)
        here, everywhere = time.thread_time() - here, time.process_time() - everywhere
    assert everywhere > 1.6 * here, f"of {everywhere:.3f} s of work this thread did {here:.3f} s"
