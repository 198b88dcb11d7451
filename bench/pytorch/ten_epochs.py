"""Trains ConvNetELU on CIFAR-10 with elu-lab, then in Python with PyTorch alone, and prints accuracy and time of both.

    .venv/bin/python bench/pytorch/ten_epochs.py --data data/cifar-10-batches-bin [--epochs 10] [--update]

The same network and recipe: SGD with Nesterov momentum, one-cycle rate, images mirrored and shifted, batch 128. The
weights and the order of the images are each program's own, of seed 0. --update puts the table into
docs/results/README.md, between its marks.
"""
import argparse
import datetime
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import torch
from pages import PROJECT, update


def trained(words):
    """Runs a program that prints a line an epoch, passing its lines on; the last test accuracy, in per cent, and the
    seconds that the whole program took."""
    start, accuracy = time.perf_counter(), None
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            print(line, end="", file=sys.stderr, flush=True)
            if found := re.search(r"test accuracy ([\d.]+) ?%", line):
                accuracy = float(found[1])
    if process.returncode != 0 or accuracy is None:
        sys.exit(f"ten_epochs: {words[0]} ended with {process.returncode}")
    return accuracy, time.perf_counter() - start


def processor():
    found = re.search(r"^model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    return found[1] if found else "unknown processor"


def table(options, rows):
    slowest = rows[-1][2]
    lines = ["| program | test accuracy | time | of PyTorch's time |", "|---|---|---|---|"]
    lines += [f"| {name} | {accuracy:.1f} % | {seconds:.0f} s | {seconds / slowest:.2f} |"
              for name, accuracy, seconds in rows]
    made = f"{processor()}, {torch.get_num_threads()} threads, PyTorch {torch.__version__}, {datetime.date.today()}"
    return "\n".join([*lines, "", f"{options.epochs} epochs of 50,000 images; {made}."])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder with CIFAR-10's binary files")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--update", action="store_true", help="put the table into docs/results/README.md")
    options = parser.parse_args()
    recipe = ["--data", options.data, "--epochs", str(options.epochs)]
    with tempfile.TemporaryDirectory() as folder:
        ours = trained([PROJECT / "build/bin/elu-lab", "train", "--output", f"{folder}/run", *recipe])
    script = PROJECT / "examples/python/convnet_elu.py"
    theirs = trained([sys.executable, script, "--kernels", "pytorch", *recipe])
    text = table(options, [("elu-lab train", *ours), ("examples/python/convnet_elu.py, PyTorch alone", *theirs)])
    print(text)
    if options.update:
        update("docs/results/README.md", "make bench-training", text)


if __name__ == "__main__":
    main()
