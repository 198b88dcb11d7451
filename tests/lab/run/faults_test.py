"""elu-lab where things go wrong: no room, no reader, no memory, no network. Nothing is lost.

    faults_test.py ELU_LAB    (needs numpy and Pillow)
"""
import json
import pathlib
import shutil
import subprocess
import sys

from comparison import everything
from faults import (MIB, closed_pipe, contents, disk, in_folder, least_memory, little_memory,
                    refuses_and_keeps, remount, with_own_mounts, without_network)
from pictures import picture, write_classes
from program import Program

RUN = {"metrics.jsonl", "run.json", "state.safetensors", "weights.safetensors"}


class Lab(Program):
    """elu-lab, images, and a run of two epochs that nothing disturbs."""

    def __init__(self, path, folder):
        super().__init__(path)
        self.folder = folder
        write_classes(folder / "data", 10)
        picture("red", 900).save(folder / "red.png")
        self.check(self.run(*self.train("whole")).returncode == 0, "trains")

    def train(self, name):
        return ["train", "--data", str(self.folder / "data"), "--epochs", "2", "--batch", "8", "--threads", "1",
                "--output", str(self.folder / name)]

    def commands(self):
        """Those of use once there is a run."""
        return {"evaluate": ["evaluate", str(self.folder / "whole"), "--data", str(self.folder / "data")],
                "predict": ["predict", str(self.folder / "whole"), str(self.folder / "red.png")]}

    def weights(self, name):
        return (self.folder / name / "weights.safetensors").read_bytes()


def test_full_disk_in_training(lab, folder):
    """Room for the checkpoint of an epoch, not for a second one beside it: the first stays, and the run goes on from it
    when there is room."""
    with disk(folder / "disk", 30 * MIB) as full:
        result = lab.run(*lab.train("disk/run"))
        told = result.stderr.count("\n") == 1 and "cannot write" in result.stderr and "No space left" in result.stderr
        lab.check(result.returncode == 1 and told and result.stdout.count("\n") == 2, f"a full disk: {result}")
        lab.check(set(contents(full / "run")) == RUN, f"left: {sorted(contents(full / 'run'))}")
        evaluated = lab.run("evaluate", str(full / "run"), "--data", str(folder / "data"))
        lab.check(evaluated.returncode == 0, f"the first epoch's weights serve: {evaluated}")
        remount(full, f"size={60 * MIB}")
        result = lab.run("train", "--resume", str(full / "run"))
        lab.check(result.returncode == 0 and result.stderr == "", f"goes on: {result}")
        lab.check(lab.weights("disk/run") == lab.weights("whole"), "and ends with the same weights")
        lab.check(set(contents(full / "run")) == RUN, f"left: {sorted(contents(full / 'run'))}")


def test_full_and_read_only_disk(lab, folder):
    (folder / "results.json").write_text(json.dumps(everything(2)))
    report = ["report", str(folder / "results.json"), "--output"]
    evaluate = [*lab.commands()["evaluate"], "--output"]
    with disk(folder / "disk", 64 << 10) as there:
        for name in ["report.html", "confusion.svg"]:
            (there / name).write_bytes(b"old")
        refuses_and_keeps(lab, there, [*report, str(there / "report.html")], "cannot write", "No space left on device")
        shutil.copytree(folder / "whole", there / "run", ignore=lambda *_: ["state.safetensors", "weights.safetensors"])
        remount(there, "ro")
        refuses_and_keeps(lab, there, [*report, str(there / "report.html")], "cannot write", "Read-only file system")
        refuses_and_keeps(lab, there, lab.train("disk/new"), "cannot write", "Read-only file system")
        result = lab.run(*evaluate, str(there / "confusion.svg"))
        lab.check(result.returncode == 1 and "Read-only file system" in result.stderr, f"{result}")
        result = lab.run("train", "--resume", str(there / "run"))
        told = result.stderr.count("\n") == 1 and "Read-only file system" in result.stderr
        lab.check(result.returncode == 1 and told, f"{result}")


def test_closed_pipes(lab, folder):
    """The files are written all the same, and the exit code tells."""
    (folder / "results.json").write_text(json.dumps(everything(2)))
    report = ["report", str(folder / "results.json"), "--output", str(folder / "report.html")]
    for arguments in [*lab.commands().values(), report, lab.train("unread"), ["--help"], ["train", "--help"],
                      ["--version"]]:
        result = closed_pipe(lab, arguments, ignored=len(arguments) > 1)
        told = result.stderr.startswith("elu-lab: cannot write to standard output") and result.stderr.count("\n") == 1
        lab.check(result.returncode == 1 and told, f"{arguments}: {result}")
    there = lab.weights("unread") == lab.weights("whole") and (folder / "report.html").exists()
    lab.check(there, "the files are written")


def test_memory(lab, folder):
    """With any address space, in steps from what the loader needs on: the result, or one line."""
    least = least_memory(lab, range(100 * MIB, 4000 * MIB, 20 * MIB))
    limits = [least + step * MIB for step in (0, 5, 10, 20, 40, 60, 80, 120, 160, 240, 320, 480)]
    for name, arguments in lab.commands().items():
        expected = lab.run(*arguments).stdout
        lacked = little_memory(lab, arguments, lambda out: out == expected, limits)
        print(f"elu-lab {name}: {lacked} of {len(limits)} runs lacked memory and said so")
        lab.check(lacked > 0, f"{name} never lacked memory")


def test_no_network(lab, folder):
    """What works with the network works without it."""
    alone = without_network()
    if not alone:
        print("skipped: nobody may take the network away here")
        return
    for arguments in [*lab.commands().values(), lab.train("alone")]:
        result = subprocess.run([*alone, lab.path, *arguments], capture_output=True, text=True, timeout=120)
        lab.check((result.returncode, result.stderr) == (0, ""), f"{arguments}: {result}")
    lab.check(lab.weights("alone") == lab.weights("whole"), "the same weights")


def main(path, mounts, folder):
    lab = Lab(path, folder)
    tests = [test_closed_pipes, test_memory, test_no_network]
    if mounts:
        tests += [test_full_disk_in_training, test_full_and_read_only_disk]
    for test in tests:
        test(lab, folder)
    lab.check(not list(folder.rglob("*.part")), "no temporary file stays")
    return lab.exit_code()


if __name__ == "__main__":
    sys.exit(in_folder(main, sys.argv[1], with_own_mounts()))
