"""How right the ELU of eager and of compiled PyTorch is, and elu's in its place, as a Markdown table.

    scripts/python.sh run bench/pytorch/compiled_accuracy.py [--stride 61] [--update]

float32: one negative float in `stride`; bfloat16: all numbers. Beside the largest errors in ulp it counts the numbers
between -1e-3 and -1e-8 whose result is 0, and shows the one of those that is farthest from 0, if there are some. --update puts
the table into docs/pytorch.md.
"""
import argparse
import pathlib
import sys
import warnings

import torch
from pages import update
from torch.nn import functional as F

import elu.torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "tests" / "pytorch"))
import every_float  # noqa: E402
from compiled_matrix import FORMS, ulps  # noqa: E402

ELU = FORMS["F.elu"]


def compiled(accuracy=None):
    torch._dynamo.reset()
    return torch.compile(F.elu, dynamic=False, options=elu.torch.inductor_options(accuracy) if accuracy else None)


# contestant -> what makes its function
CONTESTANTS = {
    "PyTorch, eager": lambda: F.elu,
    "PyTorch, compiled": compiled,
    "elu, fast, compiled": lambda: compiled("fast"),
    "elu, accurate, compiled": lambda: compiled("accurate"),
}


def lost(function):
    """The share of numbers from -1e-3 to -1e-8 that give 0, the same number for each power of 10, and the one of these
    that is farthest from 0."""
    x = -torch.logspace(-3, -8, 1_000_000)
    zeros = x[function(x) == 0]
    return len(zeros) / len(x), float(zeros.min()) if len(zeros) else None


def row(name, stride):
    function = CONTESTANTS[name]()
    error = max(ulps(function(x), ELU.exact(x)) for x in every_float.negative_floats(stride))
    halves = every_float.halves(torch.bfloat16)
    share, first = lost(function)
    return f"| {name} | {error:,.2f} | {ulps(function(halves), ELU.exact(halves)):.2f} | {share:.1%} | " + (
        f"elu({first:.4g}) = 0 |" if first is not None else "none |")


def table(stride):
    head = ["| ELU at alpha 1, PyTorch " + torch.__version__.split("+")[0] + " | float32, largest error in ulp | "
            "bfloat16 | of -1e-3 to -1e-8 gives 0 | farthest from 0 of these |", "|---|---|---|---|---|"]
    return "\n".join(head + [row(name, stride) for name in CONTESTANTS])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stride", type=int, default=61)
    parser.add_argument("--update", action="store_true", help="put the table into docs/pytorch.md")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    elu.torch.disable()
    text = table(options.stride)
    print(text)
    if options.update:
        update("docs/pytorch.md", "compiled_accuracy.py", text)


if __name__ == "__main__":
    main()
