"""Writes a policy with random weights in the form that examples/policy.cc reads, and prints what that should print of it.

    python examples/python/save_policy.py policy.safetensors

A trained policy is written by the same call, of its own torch.nn.Sequential.
"""
import pathlib
import sys

import torch
from safetensors.torch import save
from torch import nn

SIDES = [48, 512, 256, 128, 12]  # numbers of an observation, of the hidden layers' outputs, of the actions


def policy():
    layers = [layer for sides in zip(SIDES, SIDES[1:]) for layer in (nn.Linear(*sides), nn.ELU())]
    return nn.Sequential(*layers[:-1])


@torch.no_grad()
def main():
    if len(sys.argv) != 2:
        print("usage: save_policy.py FILE.safetensors", file=sys.stderr)
        sys.exit(2)
    torch.manual_seed(0)
    network = policy()
    try:
        pathlib.Path(sys.argv[1]).write_bytes(save(network.state_dict()))
    except OSError as error:
        sys.exit(f"save_policy: {sys.argv[1]}: {error.strerror}")
    print("network", "-".join(map(str, SIDES)))
    print("actions", *(f"{action:.6g}" for action in network(torch.arange(SIDES[0]).sin()).tolist()))


if __name__ == "__main__":
    main()
