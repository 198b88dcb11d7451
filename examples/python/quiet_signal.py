"""What compiled PyTorch 2.13 loses of a quiet signal, and elu does not.

A codec or a denoiser hears speech at all levels, and its pre-activations are as small as its input is quiet. Compiled
PyTorch 2.13 computes ELU below 0 as exp(x) - 1: near 0 the digits of x are lost in the 1, and below 2^-25 all of them.
Here a tone of 440 Hz goes through ELU at several levels. Printed are, of the negative half of the result, the ratio of
signal to error in decibels, some 150 being what floats can hold, and the share of its samples that became 0.

    python examples/python/quiet_signal.py
"""
import math
import warnings

import torch
from torch.nn import functional as F

import elu.torch

LEVELS = (0, -60, -120, -160)  # decibels below full scale


def tone(level):
    seconds = torch.arange(48_000, dtype=torch.float64) / 48_000
    return (10 ** (level / 20) * torch.sin(2 * math.pi * 440 * seconds + 0.1)).float()


def quality(function, x):
    """(decibels, share of samples lost) of function(x) for x < 0."""
    y, exact = function(x)[x < 0].double(), torch.expm1(x[x < 0].double())
    noise = (y - exact).square().sum()
    decibels = 10 * torch.log10(exact.square().sum() / noise) if noise > 0 else torch.tensor(math.inf)
    return float(decibels), float((y == 0).double().mean())


def functions():
    """Name -> ELU. Those on elu are compiled by options of their own, so that nothing else in a program changes."""
    return {
        "eager PyTorch": F.elu,
        "compiled PyTorch": torch.compile(lambda x: F.elu(x)),
        "compiled, elu fast": torch.compile(lambda x: F.elu(x), options=elu.torch.inductor_options("fast")),
        "compiled, elu accurate": torch.compile(lambda x: F.elu(x), options=elu.torch.inductor_options("accurate")),
    }


def main():
    warnings.simplefilter("ignore")  # of what torch.compile deprecates and uses
    print(f"PyTorch {torch.__version__}, a tone through ELU: signal to error in dB, share of negative samples lost")
    print(f"{'':24}{''.join(f'{level:>10} dB' for level in LEVELS)}")
    for name, function in functions().items():
        found = (quality(function, tone(level)) for level in LEVELS)
        print(f"{name:24}" + "".join(f"{decibels:7.1f} {lost:5.0%}" for decibels, lost in found))


if __name__ == "__main__":
    main()
