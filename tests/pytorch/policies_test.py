"""Trained policies of robots give the same results on elu's kernels as on PyTorch's.

They lie in ELU_POLICIES, or in shared/policies beside the project; each has its inputs and outputs in FILE.io.npz.
"""
import os
import pathlib

import numpy as np
import pytest
import torch
from handled import assert_same, on_elu, torchscript
from torch import nn

PROJECT = pathlib.Path(__file__).parents[2]
POLICIES = pathlib.Path(os.environ.get("ELU_POLICIES", PROJECT.parent / "shared" / "policies"))

pytestmark = torchscript


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
