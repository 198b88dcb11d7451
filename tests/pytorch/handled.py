"""What the tests of PyTorch on elu's kernels share."""
import contextlib

import pytest

import elu.torch

torchscript = pytest.mark.filterwarnings("ignore:.torch.jit")  # PyTorch deprecates it, and uses it in its own checks


@contextlib.contextmanager
def on_elu(calls=1):
    """A block on elu's kernels, which must have computed at least so many calls in it and passed none on."""
    before = elu.torch.info()
    with elu.torch.enabled():
        yield
    after = elu.torch.info()
    assert after["handled"] >= before["handled"] + calls, "the calls did not arrive"
    assert after["passed_on"] == before["passed_on"], "calls were left to PyTorch's own kernels"
