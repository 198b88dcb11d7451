"""elu-lab train: a run that is killed or interrupted and resumed ends with the bits of one that never stopped.

    train_test.py ELU_LAB LAB_SERVE    (needs numpy and Pillow)
"""
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from faults import killed_at_random, spawn
from pictures import write_classes
from served import Served


class Runs:
    def __init__(self, path, server, folder):
        self.lab, self.path, self.folder = Served(path, server), path, folder
        write_classes(folder / "data", 15)

    def start(self, name, epochs):
        return ["train", "--data", str(self.folder / "data"), "--epochs", str(epochs), "--batch", "16",
                "--threads", "1", "--seed", "7", "--output", str(self.folder / name)]

    def resume(self, name):
        return ["train", "--resume", str(self.folder / name)]

    def spawn(self, arguments):
        return subprocess.Popen([self.path, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def finish(self, arguments):
        result = self.lab.run(*arguments)
        self.lab.check(result.returncode == 0 and result.stderr == "", f"{arguments}: {result}")
        return result

    def bits(self, name):
        return (self.folder / name / "weights.safetensors").read_bytes()

    def epochs(self, name):
        return [json.loads(line) for line in (self.folder / name / "metrics.jsonl").read_text().splitlines()]

    def same(self, name, reference):
        self.lab.check(self.bits(name) == self.bits(reference), f"{name} ends with the weights of {reference}")
        for mine, other in zip(self.epochs(name), self.epochs(reference), strict=True):
            for key in ["epoch", "step", "train_loss", "test_loss", "test_accuracy"]:
                self.lab.check(mine[key] == other[key], f"{name}: {key} of {mine} is as in {other}")
        left = sorted(path.name for path in (self.folder / name).iterdir())
        expected = ["metrics.jsonl", "run.json", "state.safetensors", "weights.safetensors"]
        self.lab.check(left == expected, f"{name} holds {left}")


def test_whole(runs):
    """Returns the seconds that a run takes."""
    began = time.monotonic()
    lines = runs.finish(runs.start("whole", 8)).stdout.splitlines()
    seconds = time.monotonic() - began
    runs.lab.check(len(lines) == 8 and lines[7].startswith("epoch 8 of 8: loss "), f"a line an epoch: {lines}")
    last = runs.epochs("whole")[-1]
    runs.lab.check(last["epoch"] == 8 and last["test_accuracy"] > 0.8, f"three colours are learnt: {last}")
    before = runs.bits("whole")
    runs.lab.check(runs.finish(runs.resume("whole")).stdout == "", "a complete run has nothing to do")
    runs.lab.check(runs.bits("whole") == before, "and keeps its weights")
    runs.lab.refuses(runs.start("whole", 3), 1, "holds a run already", "--resume")
    return seconds


def test_kills(runs, seconds):
    """SIGKILL at random moments, each followed by going on; as many runs as it takes."""
    number = 0

    def arguments():
        name = f"killed{number}"
        return runs.resume(name) if (runs.folder / name / "run.json").exists() else runs.start(name, 8)

    def ends_well(process):
        nonlocal number
        if process.returncode == 0:
            runs.same(f"killed{number}", "whole")
            number += 1

    killed_at_random(lambda: spawn([runs.path, *arguments()], stdout=subprocess.DEVNULL), 0.8 * seconds, ends_well)
    runs.finish(arguments())
    runs.same(f"killed{number}", "whole")
    print(f"over {number + 1} runs of {seconds:.1f} s")


def test_interrupt(runs):
    """Ctrl-C and SIGTERM end with the signal's code after a batch; a folder at work is left alone."""
    arguments = runs.start("stopped", 8)
    for stop, code in [(signal.SIGINT, 130), (signal.SIGTERM, 143)]:
        process = runs.spawn(arguments)
        process.stdout.readline()  # the first epoch of this process is done
        runs.lab.refuses(runs.resume("stopped"), 1, "another elu-lab is at work there")
        process.send_signal(stop)
        message = process.communicate(timeout=60)[1]
        runs.lab.check(process.returncode == code, f"{stop} gives {process.returncode}")
        runs.lab.check("stopped after step" in message and "--resume" in message and message.count("\n") == 1, message)
        arguments = runs.resume("stopped")
    runs.finish(arguments)
    runs.same("stopped", "whole")


def with_flipped_bit(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 4]) + content[middle + 1:]


def test_damage(runs):
    """A state that was damaged, a record that was, and other images than those of the start: refused."""
    folder = runs.folder / "whole"
    state = (folder / "state.safetensors").read_bytes()
    (folder / "state.safetensors").write_bytes(state[:-1])
    runs.lab.refuses(runs.resume("whole"), 1, "state.safetensors: is cut off")
    (folder / "state.safetensors").write_bytes((folder / "weights.safetensors").read_bytes())
    runs.lab.refuses(runs.resume("whole"), 1, "state.safetensors: there is no tensor")
    (folder / "state.safetensors").write_bytes(with_flipped_bit(state))
    runs.lab.refuses(runs.resume("whole"), 1, "state.safetensors: is damaged", "checksum")
    (folder / "state.safetensors").write_bytes(state)
    (folder / "weights.safetensors").write_bytes(with_flipped_bit(runs.bits("whole")))
    evaluate = ["evaluate", str(folder), "--data", str(runs.folder / "data")]
    runs.lab.refuses(evaluate, 1, "weights.safetensors: is damaged")
    (runs.folder / "data" / "red" / "000.png").unlink()
    runs.lab.refuses(runs.resume("whole"), 1, "the images are not those that")
    (folder / "run.json").write_text("{}")
    runs.lab.refuses(runs.resume("whole"), 1, "run.json", "is not what elu-lab train writes")
    runs.lab.refuses(["train", "--resume", str(runs.folder)], 1, "holds no run")


def main(path, server):
    with tempfile.TemporaryDirectory() as name:
        runs = Runs(path, server, pathlib.Path(name))
        seconds = test_whole(runs)
        test_interrupt(runs)
        test_kills(runs, seconds)
        test_damage(runs)
        return runs.lab.exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
