"""Whole networks give the same results on elu's kernels as on PyTorch's, to 4 units in the last place of the largest.

Networks made here, and the trained policies of ELU_POLICIES, or of shared/policies beside the project, where they are.
"""
import os
import pathlib

import numpy as np
import pytest
import torch
from convnet_elu import ConvNetELU
from handled import on_elu, torchscript
from torch import nn

import elu.torch

PROJECT = pathlib.Path(__file__).parents[2]
pytestmark = [torchscript, pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")]
POLICIES = pathlib.Path(os.environ.get("ELU_POLICIES", PROJECT.parent / "shared" / "policies"))


def policy(inputs=47, outputs=12):
    return nn.Sequential(nn.Linear(inputs, 512), nn.ELU(), nn.Linear(512, 256), nn.ELU(), nn.Linear(256, 128),
                         nn.ELU(), nn.Linear(128, outputs))


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.memory, self.head = nn.LSTM(47, 64, batch_first=True), nn.Sequential(nn.Linear(64, 32), nn.ELU(),
                                                                                  nn.Linear(32, 12))

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


def assert_same(ours, theirs, ulps=4):
    """To so many units in the last place of the largest of each row of logits."""
    largest = theirs.abs().flatten(1).amax(1)
    unit = torch.from_numpy(np.spacing(largest.numpy()))
    difference = (ours - theirs).abs().flatten(1).amax(1)
    assert bool((difference <= ulps * unit).all()), f"{float((difference / unit).max())} units in the last place"


MADE = {
    "policy": (policy, (64, 47), 3),
    "wide inputs": (policy, (64, 47), 3),
    "convolutions": (ConvNetELU, (4, 3, 32, 32), 3),
    "recurrent": (Recurrent, (8, 20, 47), 1),
    "codec": (Codec, (2, 1, 4800), 3),
    "self-normalising": (lambda: nn.Sequential(nn.Linear(47, 128), nn.SELU(), nn.Linear(128, 12), nn.CELU(0.5)),
                         (64, 47), 2),
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
    make, shape, activations = MADE[name]
    torch.manual_seed(0)
    network, x = make().eval(), torch.randn(shape) * (300 if name == "wide inputs" else 1)
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


def onnx_policy(path):
    """A function that computes an ONNX network of Gemm, MatMul, Add and Elu in PyTorch."""
    onnx = pytest.importorskip("onnx", reason="the package onnx, which reads the policy, is not installed")
    graph = onnx.load(path).graph
    weights = {w.name: torch.from_numpy(onnx.numpy_helper.to_array(w).copy()) for w in graph.initializer}

    def run(x):
        values = {**weights, graph.input[0].name: x}
        for node in graph.node:
            given = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            values[node.output[0]] = OPERATORS[node.op_type](given, *(values[name] for name in node.input))
        return values[graph.output[0].name]

    return run


def gemm(given, a, b, c):
    assert given.get("alpha", 1) == given.get("beta", 1) == 1 and not given.get("transA")
    return nn.functional.linear(a, b if given.get("transB") else b.t(), c)


OPERATORS = {
    "Elu": lambda given, x: nn.functional.elu(x, given.get("alpha", 1.0)),
    "Gemm": gemm,
    "MatMul": lambda given, a, b: a @ b,
    "Add": lambda given, a, b: a + b,
}


def outputs(path, x):
    """One after the other, as a robot asks; a network with memory starts anew."""
    if path.suffix == ".onnx":
        network = onnx_policy(path)
    else:
        network = torch.jit.load(path).eval()
        if hasattr(network, "reset_memory"):
            network.reset_memory()
    return torch.stack([network(row).flatten() for row in x])


@torch.no_grad()
@pytest.mark.parametrize("name", ["bhl_humanoid/policy_humanoid.onnx", "booster_t1/T1.pt",
                                  "tron1_pf_isaaclab/encoder.onnx", "tron1_pf_isaaclab/policy.onnx",
                                  "unitree_g1_lstm/motion.pt"])
def test_policies(name):
    path = POLICIES / name
    if not path.exists():
        pytest.skip(f"there is no {path}")
    with np.load(f"{path}.io.npz") as file:
        x, expected = torch.from_numpy(file["in"]), torch.from_numpy(file["out_f64"])
    theirs = outputs(path, x)
    with on_elu(calls=len(x)):
        ours = outputs(path, x)
    assert_same(ours, theirs)
    torch.testing.assert_close(ours.double(), expected.flatten(1), rtol=1e-4, atol=1e-4)


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
