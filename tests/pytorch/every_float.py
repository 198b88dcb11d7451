"""Runs floats through compiled code on elu's fast mode, and says how far the results are from the real values.

    scripts/python.sh run tests/pytorch/every_float.py              all floats, as `make prove` does
    scripts/python.sh run tests/pytorch/every_float.py --stride 61  one in 61

ELU at alpha 1 and elu(x) + 1 get every negative float, -0, infinities and one NaN; the other sets of parameters one in
61 of those; 16-bit numbers all 65,536. It ends with 1 where a promise of docs/numerics.md is not kept.
"""
import argparse
import sys
import warnings

import torch
from compiled_matrix import FORMS, Form, celu, ulps
from op_info import SELU_ALPHA, SELU_SCALE

import elu.torch

# The worst parameters of the library's fast mode, found by a search.
WORST_ALPHA, WORST_INPUT_SCALE = float.fromhex("0x1.af6ca8d365e1ap+2"), float.fromhex("0x1.621e3159576ebp-2")
SETS = {
    "ELU, alpha 1": FORMS["F.elu"],
    "elu(x) + 1": FORMS["F.elu + 1"],
    "SELU": FORMS["F.selu"],
    "CELU 0.1": celu(0.1),
    "CELU 2": celu(2.0),
    **{f"ELU, alpha {alpha}": Form(lambda x, alpha=alpha: torch.nn.functional.elu(x, alpha), alpha)
       for alpha in (0.1, 0.5, 0.7, 0.75, 1.5, 2.0, 3.0)},
    "the library's worst": Form(lambda x: torch.ops.aten.elu(x, WORST_ALPHA, 1.0, WORST_INPUT_SCALE),
                                WORST_ALPHA, 1.0, WORST_INPUT_SCALE),
}
LOWEST, BLOCK = 0x80000000 - 2**32, 1 << 18  # -0 as an int32
INFINITY = 0xFF800000 - 2**32


def negative_floats(stride):
    """All from -0 to -inf and the NaN after it, in tensors of BLOCK."""
    for first in range(LOWEST, INFINITY + 2, BLOCK * stride):
        last = min(first + BLOCK * stride, INFINITY + 2)
        yield torch.arange(first, last, stride, dtype=torch.int32).view(torch.float32)


def halves(dtype):
    return torch.arange(-(2**15), 2**15, dtype=torch.int16).view(dtype)


def worst(form, blocks):
    """The largest error in ulp, and how many numbers were run."""
    torch._dynamo.reset()
    function = torch.compile(form.f, fullgraph=True, options=elu.torch.inductor_options("fast"))
    error, count = 0.0, 0
    for x in blocks:
        error, count = max(error, ulps(function(x), form.exact(x))), count + len(x)
    return error, count


def promised(form):
    return 1 if (form.alpha, form.scale, form.input_scale) == (1, 1, 1) else 2


def rows(stride):
    """(what, its largest error, how many numbers, the promise) of all that is run."""
    for name, form in SETS.items():
        step = stride if name in ("ELU, alpha 1", "elu(x) + 1") else max(stride, 61)
        yield f"{name}, float32", *worst(form, negative_floats(step)), promised(form)
    for dtype in (torch.float16, torch.bfloat16):
        for name in ("ELU, alpha 1", "SELU", "CELU 0.1"):
            yield f"{name}, {str(dtype)[6:]}", *worst(SETS[name], [halves(dtype)]), 0.55


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stride", type=int, default=1, help="one number in so many (1)")
    options = parser.parse_args()
    if options.stride < 1:
        parser.error("--stride must be 1 or more")
    warnings.simplefilter("ignore")
    kept = True
    for what, error, count, most in rows(options.stride):
        print(f"{what}: {count:,} numbers, at most {error:.4f} ulp of {most}", flush=True)
        kept = kept and error <= most
    print(f"PyTorch {torch.__version__}: {elu.torch.info()['replaced']} ELUs on elu; "
          f"{'every promise is kept' if kept else 'A PROMISE IS NOT KEPT'}")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
