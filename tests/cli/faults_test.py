"""The program elu where things go wrong: killed, without room, without a reader, without memory. Nothing is lost.

    faults_test.py ELU
"""
import os
import pathlib
import random
import signal
import struct
import subprocess
import sys
import time

from faults import (MIB, SEED, closed_pipe, contents, disk, in_folder, killed_at_random, least_memory,
                    little_memory, refuses_and_keeps, remount, spawn, with_own_mounts)
from program import Program

VERIFY = ["verify", "--function", "forward", "--dtype", "f32", "--stride", "1000003", "--target", "best"]
PRINTING = [["eval", "1"], ["eval", "--json", "1"], ["table"], ["table", "--json"], ["plot"],
            ["plot", "--output", "-"], VERIFY, [*VERIFY, "--json"],
            ["bench", "--function", "forward", "--dtype", "f32", "--size", "1000", "--seconds", "0.1"], ["info"],
            ["info", "--json"], ["--help"], ["eval", "--help"], ["--version"]]


def array(floats):
    text = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({len(floats) // 4},), }}".encode()
    text += b" " * (-(11 + len(text)) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + floats


def write_array(path, size):
    path.write_bytes(array(random.Random(SEED).randbytes(size)))


def test_kills(elu, folder):
    """The output is the old one or the new one, whole, and the next run removes what a killed one left."""
    x, y, old = folder / "x.npy", folder / "y.npy", array(bytes(4))
    write_array(x, 32 * MIB)
    command = [elu.path, "eval", "--input", str(x), "--output", str(y)]
    began = time.monotonic()
    subprocess.run(command, check=True)
    seconds, whole, left = time.monotonic() - began, y.read_bytes(), 0

    def start():
        y.write_bytes(old)
        return spawn(command)

    def check(_):
        nonlocal left
        elu.check(y.read_bytes() in (old, whole), "an output that is neither the old one nor the new one")
        parts = sorted(path.name for path in folder.iterdir() if path not in (x, y))
        elu.check(len(parts) <= 1 and all(name.endswith(".part") for name in parts), f"left: {parts}")
        left += len(parts)

    killed_at_random(start, seconds, check)
    elu.check(left > 0, "no kill came while the output was written")
    subprocess.run(command, check=True)
    elu.check(y.read_bytes() == whole and sorted(folder.iterdir()) == [x, y], "the next run leaves its output alone")


def test_two_at_once(elu, folder):
    """What another elu is writing is not taken for left."""
    x, y, small = folder / "x.npy", folder / "y.npy", array(struct.pack("<2f", 1, 2))
    x.write_bytes(small)
    slow = subprocess.Popen([elu.path, "eval", "--input", "-", "--output", str(y)], stdin=subprocess.PIPE)
    slow.stdin.write(small[:-4])
    slow.stdin.flush()
    while not list(folder.glob(".elu-*.part")) and slow.poll() is None:
        time.sleep(0.01)
    elu.prints(["eval", "--input", str(x), "--output", str(folder / "z.npy")], "")
    slow.communicate(small[-4:])
    elu.check(slow.returncode == 0 and y.read_bytes() == small, "the slow one ends well")


def test_many_at_once(elu, folder):
    """Nor what another elu is about to keep; and files of others are not taken for left."""
    x, others = folder / "x.npy", [folder / name for name in (".elu-lab-probe.part", ".elu-1-.part", ".elu-1-2-3.part")]
    x.write_bytes(array(struct.pack("<2f", 1, 2)))
    for other in others:
        other.touch()
    for _ in range(15):
        runs = [subprocess.Popen([elu.path, "eval", "--input", str(x), "--output", str(folder / f"y{i}.npy")])
                for i in range(16)]
        elu.check([run.wait(60) for run in runs] == [0] * 16, "each of 16 in one folder ends well")
    elu.check(all(other.exists() for other in others), "files of others stay")


def test_full_disk(elu, folder):
    x = folder / "x.npy"
    write_array(x, MIB)
    with disk(folder / "disk", 256 << 10) as full:
        for name in ["y.npy", "elu.svg", "elu.png"]:
            (full / name).write_bytes(b"old")
        refuses_and_keeps(elu, full, ["eval", "--input", str(x), "--output", str(full / "y.npy")], "cannot write",
                          "y.npy: No space left on device")
        (full / "filler").write_bytes(bytes(240 << 10))  # room for the first bytes of a figure
        for name in ["elu.svg", "elu.png"]:
            refuses_and_keeps(elu, full, ["plot", "--output", str(full / name)], "cannot draw", name,
                              "is the disk full?")
        (full / "text").touch()
        with (full / "filler").open("ab") as filler, (full / "text").open("w") as text:
            try:
                filler.write(bytes(MIB))
                filler.flush()
            except OSError:
                pass
            for arguments in PRINTING:
                result = subprocess.run([elu.path, *arguments], stdout=text, stderr=subprocess.PIPE, text=True)
                elu.check((result.returncode, result.stderr) == (1, "elu: cannot write to standard output\n"),
                          f"{arguments} to a full disk: {result}")


def test_read_only(elu, folder):
    x = folder / "x.npy"
    write_array(x, 4096)
    with disk(folder / "disk", MIB) as there:
        for name in ["y.npy", "elu.svg"]:
            (there / name).write_bytes(b"old")
        remount(there, "ro")
        for name in ["y.npy", "new.npy"]:
            refuses_and_keeps(elu, there, ["eval", "--input", str(x), "--output", str(there / name)], "cannot write",
                              f"{name}: Read-only file system")
        refuses_and_keeps(elu, there, ["plot", "--output", str(there / "elu.svg")], "cannot write", "Read-only")


def test_closed_pipes(elu, folder):
    """Who reads no further ends each command, by the signal or, where that is ignored, by one line."""
    x = folder / "x.npy"
    write_array(x, 4096)
    for arguments in [*PRINTING, ["eval", "--input", str(x), "--output", "-"]]:
        result = closed_pipe(elu, arguments, ignored=False)
        elu.check((result.returncode, result.stderr) == (-signal.SIGPIPE, ""), f"{arguments}: {result}")
        result = closed_pipe(elu, arguments, ignored=True)
        told = result.stderr.startswith("elu: cannot write ") and result.stderr.count("\n") == 1
        elu.check(result.returncode == 1 and told, f"{arguments}, SIGPIPE ignored: {result}")


def test_closed_streams(elu, folder):
    """Without standard streams files are read and written all the same, and a result that nobody gets is an error."""
    x, y = folder / "x.npy", folder / "y.npy"
    write_array(x, 3 * MIB)
    elu.prints(["eval", "--input", str(x), "--output", str(y)], "")
    whole = y.read_bytes()

    def without(streams, *arguments):
        def close():
            for stream in streams:
                os.close(stream)
        return subprocess.run([elu.path, *arguments], stderr=subprocess.PIPE, text=True, preexec_fn=close)

    for streams in [[0], [1], [2], [0, 1, 2]]:
        y.unlink()
        result = without(streams, "eval", "--input", str(x), "--output", str(y))
        good = (result.returncode, result.stderr) == (0, "") and y.read_bytes() == whole
        elu.check(good, f"without {streams}: {result}")
        result = without(streams, "eval", "--input", str(y), "--output", str(folder / "no" / "y.npy"))
        elu.check(result.returncode == 1 and y.read_bytes() == whole, f"an error without {streams}: {result}")
    result = without([1], "eval", "1")
    elu.check((result.returncode, result.stderr) == (1, "elu: cannot write to standard output\n"), f"{result}")
    result = without([0], "eval")
    elu.check((result.returncode, result.stderr) == (1, "elu: cannot read standard input\n"), f"{result}")


def test_memory(elu, folder):
    """With any address space, in steps from what the loader needs on: the result, or one line."""
    x, y, z = folder / "x.npy", folder / "y.npy", folder / "z.npy"
    write_array(x, 8 * MIB)
    elu.prints(["eval", "--input", str(x), "--output", str(y)], "")
    fine, coarse = MIB // 64, 4 * MIB
    least = least_memory(elu, range(MIB, 200 * MIB, MIB // 4))
    least = least_memory(elu, range(least - MIB // 4, least + fine, fine))  # `elu info` lacks memory for so little more
    limits = [least + i * fine for i in range(16)] + [least + i * coarse for i in range(1, 12)]
    for arguments, enough in [(["info"], lambda out: out.startswith("version ")),
                              (["table"], lambda out: "best for accuracy" in out),
                              (VERIFY, lambda out: out.count(" kept ") == 2),
                              (["eval", "--input", str(x), "--output", str(z), "--threads", "8"],
                               lambda out: z.read_bytes() == y.read_bytes())]:
        lacked = little_memory(elu, arguments, enough, limits)
        left = set(contents(folder)) - {"x.npy", "y.npy", "z.npy"}
        elu.check(lacked > 0 and not left, f"{arguments}: {lacked} runs lacked memory, {left} are left")
        print(f"elu {arguments[0]}: {lacked} of {len(limits)} runs lacked memory and said so")


def main(path):
    elu = Program(path)
    tests = [test_kills, test_two_at_once, test_many_at_once, test_closed_pipes, test_closed_streams, test_memory]
    if with_own_mounts():
        tests += [test_full_disk, test_read_only]
    for test in tests:
        in_folder(test, elu)
    return elu.exit_code()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
