"""Whole networks give the same results on elu's kernels as on PyTorch's, eager and in TorchScript."""
import pytest
import torch
from convnet_elu import ConvNetELU
from handled import assert_same, on_elu, torchscript
from torch import nn

import elu.torch

pytestmark = [torchscript, pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")]


def policy(inputs=47, outputs=12):
    return nn.Sequential(nn.Linear(inputs, 512), nn.ELU(), nn.Linear(512, 256), nn.ELU(), nn.Linear(256, 128),
                         nn.ELU(), nn.Linear(128, outputs))


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.memory = nn.LSTM(47, 64, batch_first=True)
        self.head = nn.Sequential(nn.Linear(64, 32), nn.ELU(), nn.Linear(32, 12))

    def forward(self, x):
        return self.head(self.memory(x)[0])


class Codec(nn.Module):
    """1-D convolutions down and up with ELU between, as in neural audio codecs."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Conv1d(1, 16, 7, padding=3), nn.ELU(), nn.Conv1d(16, 32, 4, stride=2, padding=1),
                                    nn.ELU(), nn.ConvTranspose1d(32, 16, 4, stride=2, padding=1), nn.ELU(),
                                    nn.Conv1d(16, 1, 7, padding=3))

    def forward(self, x):
        return self.layers(x)


def self_normalising():
    return nn.Sequential(nn.Linear(47, 128), nn.SELU(), nn.Linear(128, 12), nn.CELU(0.5))


# name -> what makes the network, its input's shape and standard deviation, its activations
MADE = {
    "policy": (policy, (64, 47), 1, 3),
    "wide inputs": (policy, (64, 47), 300, 3),
    "convolutions": (ConvNetELU, (4, 3, 32, 32), 1, 3),
    "recurrent": (Recurrent, (8, 20, 47), 1, 1),
    "codec": (Codec, (2, 1, 4800), 1, 3),
    "self-normalising": (self_normalising, (64, 47), 1, 2),
}
FORMS = {
    "eager": lambda network, x: network,
    "scripted": lambda network, x: torch.jit.script(network),
    "traced": lambda network, x: torch.jit.trace(network, x),
    "frozen": lambda network, x: torch.jit.freeze(torch.jit.script(network)),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", MADE)
@torch.no_grad()
def test_networks(name, form):
    make, shape, deviation, activations = MADE[name]
    torch.manual_seed(0)
    network, x = make().eval(), torch.randn(shape) * deviation
    network = FORMS[form](network, x)
    theirs = [network(x) for _ in range(3)]  # TorchScript optimises what it has seen run
    with on_elu(calls=3 * activations):
        ours = [network(x) for _ in range(3)]
    for one in ours:
        assert_same(one, theirs[-1])


def test_a_training_step():
    torch.manual_seed(0)
    network, x, labels = ConvNetELU(dropout=0), torch.randn(8, 3, 32, 32), torch.arange(8)

    def gradients():
        network.zero_grad()
        nn.functional.cross_entropy(network(x), labels).backward()
        return [parameter.grad.clone() for parameter in network.parameters()]

    theirs = gradients()
    with on_elu(calls=6):
        ours = gradients()
    for a, b in zip(ours, theirs, strict=True):
        torch.testing.assert_close(a, b, rtol=0, atol=1e-5 * max(1.0, float(b.abs().max())))


def test_loaded_in_a_program_of_its_own(tmp_path):
    """A saved TorchScript network knows nothing of elu."""
    torch.manual_seed(0)
    network = torch.jit.script(policy())
    network.save(tmp_path / "policy.pt")
    loaded, x = torch.jit.load(tmp_path / "policy.pt"), torch.randn(4, 47)
    with torch.no_grad(), on_elu(calls=3):
        ours = loaded(x)
    assert not elu.torch.info()["enabled"]
    assert_same(ours, network(x).detach())
