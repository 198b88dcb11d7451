"""Trains ConvNetELU on CIFAR-10 with elu-lab, then in Python with PyTorch alone, and prints accuracy and time of both.

    .venv/bin/python bench/pytorch/ten_epochs.py --data data/cifar-10-batches-bin [--update]

The same network and recipe: SGD with Nesterov momentum, one-cycle rate, images mirrored and shifted, batch 128. The
weights and the order of the images are each program's own, of seed 0. Times are medians over the epochs, without the
tests. --python-epochs is for who cannot wait: its schedule is shorter then, and its accuracy another one. --update puts
the table into docs/results/README.md, between its marks.
"""
import argparse
import datetime
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

import torch
from pages import PROJECT, update

IMAGES = 50_000


def trained(name, words):
    """Runs a program that prints a line an epoch, passing its lines on. (name, number of epochs, last test accuracy in
    per cent, median seconds of an epoch)"""
    accuracies, seconds = [], []
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            print(line, end="", file=sys.stderr, flush=True)
            if found := re.search(r"test accuracy ([\d.]+) ?%, (\d+) images/s", line):
                accuracies.append(float(found[1]))
                seconds.append(IMAGES / int(found[2]))
    if process.returncode != 0 or not accuracies:
        sys.exit(f"ten_epochs: {words[0]} ended with {process.returncode}")
    return name, len(accuracies), accuracies[-1], statistics.median(seconds)


def processor():
    found = re.search(r"^model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    return found[1] if found else "unknown processor"


def table(rows):
    slowest = rows[-1][-1]
    lines = ["| program | epochs | test accuracy | an epoch | of PyTorch's time |", "|---|---|---|---|---|"]
    lines += [f"| {name} | {epochs} | {accuracy:.1f} % | {seconds:.1f} s | {seconds / slowest:.2f} |"
              for name, epochs, accuracy, seconds in rows]
    made = f"{processor()}, {torch.get_num_threads()} threads, PyTorch {torch.__version__}, {datetime.date.today()}"
    return "\n".join([*lines, "", f"{made}."])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder with CIFAR-10's binary files")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--python-epochs", type=int, help="as many as --epochs, unless given")
    parser.add_argument("--update", action="store_true", help="put the table into docs/results/README.md")
    options = parser.parse_args()
    data = ["--data", options.data, "--epochs"]
    with tempfile.TemporaryDirectory() as folder:
        ours = trained("elu-lab train", [PROJECT / "build/bin/elu-lab", "train", "--output", f"{folder}/run", *data,
                                         str(options.epochs)])
    script = PROJECT / "examples/python/convnet_elu.py"
    theirs = trained("examples/python/convnet_elu.py, PyTorch alone",
                     [sys.executable, script, "--kernels", "pytorch", *data,
                      str(options.python_epochs or options.epochs)])
    text = table([ours, theirs])
    print(text)
    if options.update:
        update("docs/results/README.md", "make bench-training", text)


if __name__ == "__main__":
    main()
