"""Times PyTorch with and without elu's kernels, in turns, in one process, and prints them as Markdown.

    scripts/python.sh run bench/pytorch/who_gains.py --calls build/bin/elu-bench-calls [--rounds 30] [--update]

--update puts the tables into docs/pytorch.md and README.md too, between their marks. Times are the least of rounds, in
each of which the contestants take turns in a random order.
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys
import time

import torch
from cases import CALLS, NETWORKS
from torch import nn

import elu
import elu.torch

PROJECT = pathlib.Path(__file__).parents[2]
BEGIN, END = "<!-- make bench-pytorch writes from here -->\n", "<!-- to here -->\n"
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
    """Contestant -> its least time in seconds."""
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
    return {name: min(values) for name, values in times.items()}


def measured_calls(program, rounds):
    text = subprocess.run([program, str(rounds)], check=True, capture_output=True, text=True).stdout
    return {what: {name: min(times) * 1e-9 for name, times in contestants.items()}
            for what, contestants in json.loads(text).items()}


def duration(value):
    for unit, factor in (("s", 1), ("ms", 1e3), ("us", 1e6)):
        if value * factor >= 1:
            return f"{value * factor:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"


def networks_table(networks, results):
    rows = []
    for case in networks:
        times = results[case.name]
        ratios = [f"{times[name] / times[PYTORCH]:.2f}" for name in (ACCURATE, FAST, RELU)]
        rows.append(f"| {case.name} | {case.threads} | {duration(times[PYTORCH])} | {' | '.join(ratios)} |")
    head = "| network | threads | PyTorch's ELU | elu | elu, fast | ReLU |"
    return "\n".join([head, "|---|---|---|---|---|---|", *rows])


def targets_table(results):
    rows = []
    for what, name, beside, most in TARGETS:
        ratio = results[what][name] / results[what][beside]
        verdict = "met" if ratio <= most else "missed"
        beside = "its ReLU" if beside == RELU else "PyTorch's own"
        rows.append(f"| {what}: {name} | {beside} | {ratio:.2f} | {most:.2f} | {verdict} |")
    return "\n".join(["| time of | beside | ratio | at most | verdict |", "|---|---|---|---|---|", *rows])


def update(page, text):
    path = PROJECT / page
    before, rest = path.read_text().split(BEGIN)
    path.write_text(before + BEGIN + "\n" + text + "\n\n" + END + rest.split(END)[1])


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
    machine = f"PyTorch {torch.__version__}, {elu.target()}, the least of {options.rounds} rounds."
    networks, targets = networks_table(NETWORKS, results), targets_table(results)
    print(f"{networks}\n\n{targets}\n\n{machine}")
    if options.update:
        update("README.md", networks)
        update("docs/pytorch.md", f"{networks}\n\n{targets}\n\n{machine}")


if __name__ == "__main__":
    main()
