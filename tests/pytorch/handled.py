"""What the tests of PyTorch on elu's kernels share."""
import contextlib

import numpy as np
import pytest
import torch

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


def assert_same(ours, theirs, ulps=4):
    """To so many units in the last place of the largest of each row of logits."""
    largest = theirs.abs().flatten(1).amax(1)
    unit = torch.from_numpy(np.spacing(largest.numpy()))
    difference = (ours - theirs).abs().flatten(1).amax(1)
    assert bool((difference <= ulps * unit).all()), f"{float((difference / unit).max())} units in the last place"
