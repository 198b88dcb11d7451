"""What a policy at batch 1 pays for its ELUs: calls, and numbers. Part of `make bench-pytorch`.

The policy is that of cases.py, 47-512-256-128-12. Its numbers take what its ELUs take beyond three of one number.
"""
import random
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

import elu.torch

SIZES = (512, 256, 128)
KERNELS = {"PyTorch": elu.torch.disable, "elu": elu.torch.enable, "elu, fast": lambda: elu.torch.enable("fast")}
CALLS = 200


def parts():
    """What is timed: name -> a function without arguments."""
    layers = [nn.Linear(a, b) for a, b in zip((47, *SIZES), (*SIZES, 12))]
    x, hidden, single = torch.randn(1, 47), [torch.randn(1, size) for size in SIZES], torch.randn(1)
    module, policy = nn.ELU(), nn.Sequential(*[part for layer in layers for part in (layer, nn.ELU())][:-1])
    inputs = [x, *hidden]
    return {
        "the policy": lambda: policy(x),
        "its four nn.Linear": lambda: [layer(value) for layer, value in zip(layers, inputs)],
        "its three nn.ELU": lambda: [module(value) for value in hidden],
        "three F.elu of its sizes": lambda: [F.elu(value) for value in hidden],
        "three F.elu of one number": lambda: [F.elu(single) for _ in hidden],
    }


def measured(rounds):
    """Kernels -> part -> the median of its times in seconds, of turns in a random order."""
    torch.set_num_threads(1)
    runs = parts()
    times = {(kernels, part): [] for kernels in KERNELS for part in runs}
    with torch.inference_mode():
        for turn in range(-1, rounds):
            for kernels, part in random.sample(list(times), len(times)):
                KERNELS[kernels]()
                start = time.perf_counter()
                for _ in range(CALLS):
                    runs[part]()
                if turn >= 0:
                    times[kernels, part].append((time.perf_counter() - start) / CALLS)
    return {kernels: {part: statistics.median(times[kernels, part]) for part in runs} for kernels in KERNELS}


def table(found):
    """As Markdown, in microseconds."""
    rows = [f"| microseconds at batch 1 | {' | '.join(found)} |", "|---|" + "---|" * len(found)]
    for part in next(iter(found.values())):
        rows.append(f"| {part} | {' | '.join(f'{times[part] * 1e6:.1f}' for times in found.values())} |")
    numbers = (times["three F.elu of its sizes"] - times["three F.elu of one number"] for times in found.values())
    rows.append(f"| so much for its 896 numbers | {' | '.join(f'{max(value, 0) * 1e6:.1f}' for value in numbers)} |")
    return "\n".join(rows)
