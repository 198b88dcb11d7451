"""Times PyTorch with and without elu's kernels, in turns, in one process, and prints them as Markdown.

    scripts/python.sh run bench/pytorch/who_gains.py --calls build/bin/elu-bench-calls [--rounds 30] [--update]

--update puts the tables into docs/pytorch.md and README.md too, between their marks. In each round the contestants take
turns in a random order; a ratio is the median of the rounds' ratios, with their quartiles in parentheses.
"""
import argparse
import json
import random
import statistics
import subprocess
import sys
import time

import torch
from cases import CALLS, NETWORKS
from pages import update
from torch import nn

import elu
import elu.torch

PYTORCH, ACCURATE, FAST, RELU = "PyTorch", "elu, accurate", "elu, fast", "ReLU"
# kernels -> activation, and what switches to them
CONTESTANTS = {
    PYTORCH: (nn.ELU, elu.torch.disable),
    ACCURATE: (nn.ELU, elu.torch.enable),
    FAST: (nn.ELU, lambda: elu.torch.enable("fast")),
    RELU: (nn.ReLU, elu.torch.disable),
}
# what -> contestant, whose time is divided by that of this one, at most
TARGETS = [
    ("F.elu, 256 Ki floats", ACCURATE, PYTORCH, 0.45),
    ("F.elu, 256 Ki floats", FAST, PYTORCH, 0.20),
    ("256 floats", ACCURATE, PYTORCH, 0.80),
    ("256 floats, in place", ACCURATE, PYTORCH, 0.50),
    ("ConvNetELU, a training step, batch 128", ACCURATE, RELU, 1.03),
]


def seconds(run, repetitions):
    start = time.perf_counter()
    for _ in range(repetitions):
        run()
    return (time.perf_counter() - start) / repetitions


def measured(case, rounds):
    """Contestant -> its times in seconds, one a round."""
    torch.set_num_threads(case.threads)
    runs = {activation: case.make(activation) for activation in (nn.ELU, nn.ReLU)}
    times = {name: [] for name in CONTESTANTS}
    for turn in range(-1, rounds):
        for name in random.sample(list(CONTESTANTS), len(CONTESTANTS)):
            activation, switch = CONTESTANTS[name]
            switch()
            took = seconds(runs[activation], case.repetitions)
            if turn >= 0:  # the first warms up
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
    rows = []
    for case in networks:
        times = results[case.name]
        columns = [duration(statistics.median(times[PYTORCH])),
                   *(shown(times, name, PYTORCH) for name in (ACCURATE, FAST, RELU))]
        rows.append(f"| {case.name} | {case.threads} | {' | '.join(columns)} |")
    head = "| network | threads | PyTorch's ELU | elu | elu, fast | ReLU |"
    return "\n".join([head, "|---|---|---|---|---|---|", *rows])


def targets_table(results):
    rows = []
    for what, name, beside, most in TARGETS:
        verdict = "met" if ratios(results[what], name, beside)[1] <= most else "missed"
        rows.append(f"| {what}: {name} | {'its ReLU' if beside == RELU else PYTORCH} | "
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
    results = measured_calls(options.calls, options.rounds)
    for case in CALLS + NETWORKS:
        print(f"who_gains: {case.name}", file=sys.stderr)
        results[case.name] = measured(case, options.rounds)
    machine = f"PyTorch {torch.__version__}, {elu.target()}, {options.rounds} rounds: medians, quartiles in parentheses."
    networks, targets = networks_table(NETWORKS, results), targets_table(results)
    print(f"{networks}\n\n{targets}\n\n{machine}")
    if options.update:
        update("README.md", "make bench-pytorch", networks)
        update("docs/pytorch.md", "make bench-pytorch", f"{networks}\n\n{targets}\n\n{machine}")


if __name__ == "__main__":
    main()
