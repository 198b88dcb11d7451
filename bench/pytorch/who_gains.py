"""Times PyTorch, eager and compiled, with and without elu, in turns, in one process, and prints them as Markdown.

    scripts/python.sh run bench/pytorch/who_gains.py --calls build/bin/elu-bench-calls [--rounds 30] [--update]

--update puts the tables into docs/pytorch.md and README.md too, between their marks. In each round the contestants take
turns in a random order; a ratio is the median of the rounds' ratios, with their quartiles in parentheses.
"""
import argparse
import functools
import json
import random
import statistics
import subprocess
import sys
import time

import batch_one
import torch
from cases import CALLS, NETWORKS, as_it_is
from pages import update
from torch import nn

import elu
import elu.torch

PYTORCH, ACCURATE, FAST, RELU = EAGER = "PyTorch", "elu, accurate", "elu, fast", "ReLU"
COMPILED = tuple(f"{name}, compiled" for name in EAGER)
C_PYTORCH, C_ACCURATE, C_FAST, C_RELU = COMPILED


def compiled(accuracy=None):
    """What compiles a network, with elu's operations or without; another shape would be another network."""
    options = elu.torch.inductor_options(accuracy) if accuracy else None
    return functools.partial(torch.compile, dynamic=False, fullgraph=True, options=options)


# contestant -> activation, what switches the eager kernels, what compiles
CONTESTANTS = {
    PYTORCH: (nn.ELU, elu.torch.disable, as_it_is),
    ACCURATE: (nn.ELU, elu.torch.enable, as_it_is),
    FAST: (nn.ELU, lambda: elu.torch.enable("fast"), as_it_is),
    RELU: (nn.ReLU, elu.torch.disable, as_it_is),
    C_PYTORCH: (nn.ELU, elu.torch.disable, compiled()),
    C_ACCURATE: (nn.ELU, elu.torch.disable, compiled("accurate")),
    C_FAST: (nn.ELU, elu.torch.disable, compiled("fast")),
    C_RELU: (nn.ReLU, elu.torch.disable, compiled()),
}
# what -> contestant, whose time is divided by that of this one, at most
TARGETS = [
    ("F.elu, 256 Ki floats", ACCURATE, PYTORCH, 0.45),
    ("F.elu, 256 Ki floats", FAST, PYTORCH, 0.20),
    ("256 floats", ACCURATE, PYTORCH, 0.80),
    ("256 floats, in place", ACCURATE, PYTORCH, 0.50),
    ("ConvNetELU, a training step, batch 128", ACCURATE, RELU, 1.03),
    ("F.elu, 256 Ki floats", C_FAST, PYTORCH, 0.30),
    ("F.elu, 256 Ki floats", C_FAST, C_PYTORCH, 0.75),
    ("ConvNetELU, a training step, batch 128", C_FAST, C_RELU, 1.03),
    ("codec encoder, 1 x 1 x 48000", C_FAST, C_RELU, 1.03),
]


def seconds(run, repetitions):
    start = time.perf_counter()
    for _ in range(repetitions):
        run()
    return (time.perf_counter() - start) / repetitions


def measured(case, rounds):
    """Contestant -> its times in seconds, one a round."""
    torch.set_num_threads(case.threads)
    torch._dynamo.reset()
    runs = {name: case.make(activation, compiler) for name, (activation, _, compiler) in CONTESTANTS.items()}
    times = {name: [] for name in CONTESTANTS}
    for turn in range(-1, rounds):
        for name in random.sample(list(CONTESTANTS), len(CONTESTANTS)):
            CONTESTANTS[name][1]()
            took = seconds(runs[name], case.repetitions)
            if turn >= 0:  # the first warms up, and compiles
                times[name].append(took)
    return times


def measured_calls(program, rounds):
    text = subprocess.run([program, str(rounds)], check=True, capture_output=True, text=True).stdout
    return {what: {name: [time * 1e-9 for time in times] for name, times in contestants.items()}
            for what, contestants in json.loads(text).items()}


def ratios(times, name, beside):
    """The quartiles of a contestant's time over another's in the same round."""
    pairs = [ours / theirs for ours, theirs in zip(times[name], times[beside])]
    return statistics.quantiles(pairs, n=4, method="inclusive") if len(pairs) > 1 else pairs * 3


def shown(times, name, beside):
    low, median, high = ratios(times, name, beside)
    return f"{median:.2f} ({low:.2f}-{high:.2f})"


def duration(value):
    for unit, factor in (("s", 1), ("ms", 1e3), ("us", 1e6)):
        if value * factor >= 1:
            return f"{value * factor:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"


def networks_table(networks, results):
    """Eager and compiled, all as ratios to PyTorch's eager ELU."""
    tables = []
    for kind, names in (("eager", EAGER), ("compiled", COMPILED)):
        rows = [f"| network, {kind} | threads | PyTorch's ELU | elu | elu, fast | ReLU |", "|---|---|---|---|---|---|"]
        for case in networks:
            times = results[case.name]
            columns = [shown(times, name, PYTORCH) for name in names]
            if kind == "eager":
                columns[0] = duration(statistics.median(times[PYTORCH]))
            rows.append(f"| {case.name} | {case.threads} | {' | '.join(columns)} |")
        tables.append("\n".join(rows))
    return "\n\n".join(tables)


def targets_table(results):
    rows = []
    for what, name, beside, most in TARGETS:
        verdict = "met" if ratios(results[what], name, beside)[1] <= most else "missed"
        rows.append(f"| {what}: {name} | {beside} | "
                    f"{shown(results[what], name, beside)} | {most:.2f} | {verdict} |")
    return "\n".join(["| time of | beside | ratio | at most | verdict |", "|---|---|---|---|---|", *rows])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", required=True, help="the program elu-bench-calls")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--update", action="store_true", help="put the tables into the pages that show them")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    torch.manual_seed(0)
    # PyTorch 2.14 computes expm1 six times slower until a page of its constants was used once.
    torch.expm1(torch.full((64,), -0.0))
    results = measured_calls(options.calls, options.rounds)
    for case in CALLS + NETWORKS:
        print(f"who_gains: {case.name}", file=sys.stderr)
        results[case.name] = measured(case, options.rounds)
    machine = f"PyTorch {torch.__version__}, {elu.target()}, {options.rounds} rounds: medians, quartiles in parentheses."
    networks, targets = networks_table(NETWORKS, results), targets_table(results)
    parts = batch_one.table(batch_one.measured(options.rounds))
    print(f"{networks}\n\n{targets}\n\n{parts}\n\n{machine}")
    if options.update:
        update("README.md", "make bench-pytorch", networks)
        update("docs/pytorch.md", "make bench-pytorch", f"{networks}\n\n{targets}\n\n{machine}")
        update("docs/pytorch.md", "batch_one.py", parts)


if __name__ == "__main__":
    main()
