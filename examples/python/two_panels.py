"""Draws ELU for three alphas beside ReLU, and their derivatives by PyTorch's autograd: the figure of the textbooks.

    python examples/python/two_panels.py elu.svg      or .png, .pdf: what matplotlib writes

An ordinary PyTorch program, which one line has run on elu's kernels.
"""
import sys

import torch
from matplotlib.figure import Figure
from torch import nn

import elu.torch


def value_and_derivative(function, x):
    x = x.clone().requires_grad_()
    y = function(x)
    (dx,) = torch.autograd.grad(y.sum(), x)
    return y.detach(), dx


def curves(x):
    """Name -> (y, dy/dx), arrays as x."""
    functions = {f"ELU, alpha {alpha}": nn.ELU(alpha) for alpha in (0.5, 1, 2)} | {"ReLU": nn.ReLU()}
    return {name: value_and_derivative(function, x) for name, function in functions.items()}


def draw(path):
    x = torch.linspace(-5, 5, 1001)
    x = torch.cat([x[x <= 0], torch.tensor([torch.nan]), x[x > 0]])  # ends the line where f' may jump
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    panels = figure.subplots(1, 2)
    for name, drawn in curves(x).items():
        for panel, y in zip(panels, drawn):
            panel.plot(x, y, label=name, linestyle="--" if name == "ReLU" else "-")
    for panel, title in zip(panels, ("f(x)", "f'(x)")):
        panel.set(title=title, xlabel="x")
        panel.grid(alpha=0.3)
        panel.legend()
    figure.savefig(path)


def main():
    if len(sys.argv) != 2:
        print("usage: two_panels.py FILE, one of .svg, .png, .pdf", file=sys.stderr)
        sys.exit(2)
    elu.torch.enable()
    try:
        draw(sys.argv[1])
    except OSError as error:
        sys.exit(f"two_panels: {sys.argv[1]}: {error.strerror}")
    except ValueError as error:  # a format that matplotlib does not write
        sys.exit(f"two_panels: {sys.argv[1]}: {error}")
    print(f"{sys.argv[1]}: calls of ELU and its gradient that elu computed: {elu.torch.info()['handled']}")


if __name__ == "__main__":
    main()
