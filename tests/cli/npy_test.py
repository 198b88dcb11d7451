"""elu eval of .npy files: what it makes of arrays, of damaged and hostile files, and what it leaves behind.

    npy_test.py ELU
"""
import os
import pathlib
import pty
import random
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import time

from program import Program

BLOCK = 2 << 20  # bytes that a thread takes at a time
CODES = {"f2": "e", "f4": "f", "f8": "d"}
DTYPES = {"f2": "f16", "f4": "f32", "f8": "f64"}
VALUES = [-2.0, -1.0, -0.5, -0.0, 0.0, 0.25, 1.0, 3.0, float("inf"), float("-inf"), -1e-3, 7.0]


def header(text, version=1):
    """A header of these words, padded as NumPy pads it."""
    size, start = (2, 10) if version == 1 else (4, 12)
    text = text.encode() + b" " * (-(start + len(text) + 1) % 64) + b"\n"
    return b"\x93NUMPY" + bytes([version, 0]) + len(text).to_bytes(size, "little") + text


def head(descr, shape, order=False, version=1):
    return header(f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}", version)


def pack(descr, values):
    return struct.pack(descr[0] + str(len(values)) + CODES[descr[1:]], *values)


def evaluate(elu, source, target, *arguments):
    elu.prints(["eval", "--input", str(source), "--output", str(target), *arguments], "")
    return target.read_bytes()


def test_types(elu, folder):
    """The file's results are those of the words, its header the same bytes."""
    x, y = folder / "x.npy", folder / "y.npy"
    words = [repr(v) for v in VALUES]
    for descr in ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8"]:
        printed = elu.run("eval", "--dtype", DTYPES[descr[1:]], *words).stdout.split()
        expected = pack(descr, [float(word) for word in printed])
        for shape, order, version in [("(12,)", False, 1), ("(3, 4)", True, 2), ("(2L, 3L, 2L)", False, 3)]:
            x.write_bytes(head(descr, shape, order, version) + pack(descr, VALUES))
            elu.check(evaluate(elu, x, y) == head(descr, shape, order, version) + expected, f"{descr} {shape}")
    for bits in [head("<f4", "()") + pack("<f4", [2.0]), head("<f4", "(0,)"), head("<f8", "(3, 0, 5)")]:
        x.write_bytes(bits)
        elu.check(evaluate(elu, x, y) == bits, f"{bits}: one number, or none")
    raw = struct.pack("<4H", 0xBF80, 0x0000, 0x3F80, 0xFF80)  # -1, 0, 1, -inf as bfloat16
    for descr in ["<V2", "|V2"]:
        x.write_bytes(head(descr, "(4,)") + raw)
        result = evaluate(elu, x, y, "--dtype", "bf16")
        elu.check(result == head(descr, "(4,)") + struct.pack("<4H", 0xBF22, 0, 0x3F80, 0xBF80), f"bfloat16: {result}")
    x.write_bytes(header('{"shape":(1,),"descr":"<f4","fortran_order":False}') + pack("<f4", [-1.0]))
    elu.check(evaluate(elu, x, y)[-4:] == pack("<f4", [-0.63212055]), "keys in another order, other quotation marks")


def test_functions(elu, folder):
    x, y = folder / "x.npy", folder / "y.npy"
    x.write_bytes(head("<f4", "(12,)") + pack("<f4", VALUES))
    for arguments in [["--function", "derivative", "--alpha", "0.5", "--input-scale", "0.7", "--scale", "1.2"],
                      ["--function", "second-derivative", "--selu"], ["--function", "plus-one"],
                      ["--function", "derivative-from-output", "--celu", "2"], ["--accuracy", "fast", "--dtype", "f32"]]:
        printed = elu.run("eval", *arguments, *[repr(v) for v in VALUES]).stdout.split()
        elu.check(evaluate(elu, x, y, *arguments)[-48:] == pack("<f4", [float(word) for word in printed]),
                  f"{arguments}: as the words")


def test_blocks(elu, folder):
    """Threads, streams and the split into blocks do not matter; the output may be the input."""
    generator = random.Random(0)
    data = pack("<f4", [generator.gauss(0, 3) for _ in range(3 * BLOCK // 4 + 5)])
    x, y, part = folder / "x.npy", folder / "y.npy", folder / "part.npy"
    top = head("<f4", f"({len(data) // 4},)")
    x.write_bytes(top + data)
    whole = evaluate(elu, x, y, "--threads", "1")
    elu.check(evaluate(elu, x, y, "--threads", "3") == whole, "three threads")
    for begin in range(0, len(data), BLOCK):
        piece = data[begin:begin + BLOCK]
        part.write_bytes(head("<f4", f"({len(piece) // 4},)") + piece)
        result = evaluate(elu, part, y)
        elu.check(result[-len(piece):] == whole[len(top) + begin:len(top) + begin + len(piece)], f"from {begin}")
    stream = subprocess.run([elu.path, "eval", "--input", "-", "--output", "-"], input=x.read_bytes(), capture_output=True)
    elu.check((stream.returncode, stream.stdout, stream.stderr) == (0, whole, b""), "a stream")
    link = folder / "link.npy"
    link.symlink_to(x)
    x.chmod(0o640)
    evaluate(elu, x, link)
    elu.check(x.read_bytes() == whole and link.is_symlink(), "in place, through a link")
    elu.check(x.stat().st_mode & 0o777 == 0o640, "permissions stay")
    kept, loop, long = folder / "kept.npy", folder / "loop.npy", folder / ("n" * 251 + ".npy")
    link.unlink()
    link.symlink_to("middle.npy")
    (folder / "middle.npy").symlink_to("kept.npy")
    elu.check(evaluate(elu, part, link) == kept.read_bytes() and link.is_symlink(), "links to what is not there yet")
    loop.symlink_to("loop.npy")
    elu.refuses(["eval", "--input", str(part), "--output", str(loop)], 1, "loop.npy", "symbolic links")
    elu.check(evaluate(elu, part, long) == kept.read_bytes(), "a name as long as any")
    elu.check(not list(folder.glob("*.part")), "no temporary file stays")
    for path in [link, folder / "middle.npy", kept, loop, long, part]:
        path.unlink()


def peak_memory(elu, *arguments, code=0, stdin=b"", **more):
    run = subprocess.Popen([elu.path, "eval", *arguments], stdin=subprocess.PIPE, **more)
    run.stdin.write(stdin)
    run.stdin.close()
    _, status, usage = os.wait4(run.pid, 0)
    elu.check(os.waitstatus_to_exitcode(status) == code, f"{arguments}: {status}")
    return usage.ru_maxrss * 1024


def test_memory(elu, folder):
    x, y, size = folder / "x.npy", folder / "y.npy", 64 << 20
    x.write_bytes(head("<f4", "(1,)") + bytes(4))
    small = peak_memory(elu, "--input", str(x), "--output", str(y))
    for text in [f"({2**60},)", "(" + "1, " * 21_000 + ")", "(" * 60_000]:  # the last near 64 KiB
        claim = peak_memory(elu, "--input", "-", "--output", str(y), code=1, stdin=head("<f4", text, version=2),
                            stderr=subprocess.DEVNULL)
        elu.check(claim - small < 16 << 20, f"{text[:20]}: {claim - small} bytes more, however much is claimed")
    with x.open("wb") as file:
        file.write(head("<f4", f"({size // 4},)"))
        file.truncate(file.tell() + size)
    large = peak_memory(elu, "--input", str(x), "--output", str(y), "--threads", "2")
    elu.check(large - small < 16 << 20, f"a file of 64 MiB takes {large - small} bytes more than one of 4")
    elu.check(y.read_bytes() == x.read_bytes(), "zeros stay zeros")


def test_progress(elu, folder):
    """A terminal is told how far it is, if it takes longer than half a second."""
    ours, its = pty.openpty()
    run = subprocess.Popen([elu.path, "eval", "--input", "-", "--output", str(folder / "y.npy")],
                           stdin=subprocess.PIPE, stderr=its)
    os.close(its)
    run.stdin.write(head("<f8", f"({2 * BLOCK // 8},)") + bytes(BLOCK))
    time.sleep(0.6)
    run.communicate(bytes(BLOCK))
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    elu.check(run.returncode == 0 and "100 %" in shown and shown.endswith("\r\x1b[K"), f"a line that goes: {shown!r}")


FOUR = pack("<f4", [1.0] * 4)
GOOD = head("<f4", "(4,)")
HOSTILE = {
    "empty": b"",
    "no .npy": b"hello\n",
    "unzip": b"PK\x03\x04" + bytes(100),
    "version": b"\x93NUMPY\x09\x00" + GOOD[8:] + FOUR,
    "ends within": GOOD[:9],
    "within its header": GOOD[:40],
    "64 KiB": b"\x93NUMPY\x02\x00\xff\xff\xff\xff" + bytes(100),
    "cut short": GOOD + FOUR[:-1],
    "something follows": GOOD + FOUR + b"\0",
    "larger than any file": head("<f4", f"({2**62}, {2**62})"),
    "than any file": head("<f8", f"({2**61},)"),
    "any file": head("<f4", f"({10**40},)"),
    "larger": head("<f4", f"(0, {2**63})"),
    "something else than numbers": head("<f4", "(" * 60_000, version=2) + FOUR,
    "'|O'": head("|O", "(4,)") + FOUR,
    "'<i4'": head("<i4", "(4,)") + FOUR,
    "'<c8'": head("<c8", "(2,)") + FOUR,
    "'<f16'": head("<f16", "(1,)") + FOUR,
    "'f4'": head("f4", "(4,)") + FOUR,
    "''": head("", "(4,)") + FOUR,
    "structured": header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,), }") + FOUR,
    "lacks": header("{'descr': '<f4', 'shape': (4,), }") + FOUR,
    "twice": header("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (4,)}") + FOUR,
    "unknown key": header("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'more': 1}") + FOUR,
    "damaged": header("{'descr': '<f4', 'fortran_order': 0, 'shape': (4,), }") + FOUR,
    "no text": header("{'descr': __import__('os').system('touch hacked'), 'fortran_order': False, 'shape': (4,)}") + FOUR,
    "a key is no text": header("{1: 2}") + FOUR,
    "no tuple": head("<f4", "(4)") + FOUR,
    "else than numbers": head("<f4", "(-4,)") + FOUR,
    "no '('": head("<f4", "[4]") + FOUR,
    "something follows it": header("{'descr': '<f4', 'fortran_order': False, 'shape': (4,)} + {}") + FOUR,
    "backslash": head("<f\\x34", "(4,)") + FOUR,
    "no '{'": header("") + FOUR,
}


def test_hostile(elu, folder):
    x, y = folder / "x.npy", folder / "y.npy"
    y.write_bytes(b"what was there")
    for part, bits in HOSTILE.items():
        x.write_bytes(bits)
        elu.refuses(["eval", "--input", str(x), "--output", str(y)], 1, "x.npy: ", part)
        elu.check(y.read_bytes() == b"what was there", f"{part}: the output is untouched")
    for part in ["cut short", "something follows"]:  # what a stream tells only at its end
        result = subprocess.run([elu.path, "eval", "--input", "-", "--output", str(y)], input=HOSTILE[part],
                                capture_output=True)
        elu.check(result.returncode == 1 and part.encode() in result.stderr, f"{part} of a stream: {result}")
        elu.check(y.read_bytes() == b"what was there", f"{part} of a stream: the output is untouched")


def test_mutations(elu, folder):
    """Whatever bytes are changed: a result or one line, and never a part of a file."""
    generator = random.Random(1)
    x, y = folder / "x.npy", folder / "y.npy"
    for _ in range(50):
        bits = bytearray(GOOD + FOUR)
        for _ in range(generator.randint(1, 3)):
            bits[generator.randrange(64)] = generator.choice([generator.randrange(256), *b"'\"{}(),:<>|fV0123456789"])
        x.write_bytes(bits)
        result = elu.run("eval", "--input", str(x), "--output", str(y))
        good = (result.returncode, result.stderr.count("\n"), y.exists()) in [(0, 0, True), (1, 1, False)]
        elu.check(good and result.stdout == "", f"{bytes(bits[:64])}: {result}")
        y.unlink(missing_ok=True)


def test_wrong_use(elu, folder):
    x, y = folder / "x.npy", folder / "y.npy"
    x.write_bytes(GOOD + FOUR)
    files = ["--input", str(x), "--output", str(y)]
    elu.refuses(["eval", "--input", str(x)], 2, "--output")
    elu.refuses(["eval", "--output", str(y)], 2, "--input")
    elu.refuses(["eval", *files, "1"], 2, "1: with --input no numbers")
    elu.refuses(["eval", *files, "--json"], 2, "--json")
    elu.refuses(["eval", *files, "--alpha", "nan"], 2, "--alpha: must be a finite number")
    elu.refuses(["eval", *files, "--function", "plus-one", "--selu"], 2, "takes no --selu")
    elu.refuses(["eval", *files, "--threads", "0"], 2, "--threads")
    elu.refuses(["eval", "--threads", "2", "1"], 2, "--threads", "--input")
    elu.refuses(["eval", *files, "--dtype", "f64"], 1, "holds f32, not f64")
    elu.refuses(["eval", *files[:3], str(folder / "y.txt")], 2, "must end in .npy")
    elu.refuses(["eval", "--input", str(folder), *files[2:]], 1, "cannot read", "Is a directory")
    elu.refuses(["eval", "--input", str(folder / "no.npy"), *files[2:]], 1, "cannot read", "no.npy")
    elu.refuses(["eval", "--input", str(folder / "a\nb.npy"), *files[2:]], 1, "a?b.npy")
    elu.refuses(["eval", *files[:3], str(folder / "no" / "y.npy")], 1, "cannot write", "no/y.npy")
    (folder / "folder.npy").mkdir()
    elu.refuses(["eval", *files[:3], str(folder / "folder.npy")], 2, "is a folder")
    (folder / "folder.npy").rmdir()
    elu.refuses(["eval", *files[:3], "/proc/elu.npy"], 1, "cannot write")
    if os.path.exists("/dev/full"):
        elu.refuses(["eval", *files[:3], "/dev/full"], 1, "cannot write /dev/full")
    if os.getuid() != 0:
        folder.chmod(0o555)
        elu.refuses(["eval", *files], 1, "cannot write", "ermission")
        folder.chmod(0o755)
    ours, its = pty.openpty()
    result = subprocess.run([elu.path, "eval", *files[:3], "-"], stdout=its, stderr=subprocess.PIPE, text=True)
    elu.check(result.returncode == 2 and "a terminal shows no arrays" in result.stderr, f"to a terminal: {result}")
    os.close(its)
    os.close(ours)
    elu.check(not y.exists(), "nothing was written")


def test_no_room(elu, folder):
    x, y = folder / "x.npy", folder / "y.npy"
    x.write_bytes(head("<f8", f"({1 << 17},)") + bytes(1 << 20))
    y.write_bytes(b"old")
    result = subprocess.run([elu.path, "eval", "--input", str(x), "--output", str(y)], capture_output=True, text=True,
                            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
    elu.check(result.returncode == 1 and result.stderr.startswith("elu: cannot write") and result.stderr.count("\n") == 1,
              f"no room for the output: {result}")
    elu.check(y.read_bytes() == b"old", "the old output stays")
    y.unlink()


def begun(elu, folder, **more):
    """An evaluation that has made its file and waits for the rest of its input."""
    files = sorted(folder.iterdir())
    run = subprocess.Popen([elu.path, "eval", "--input", "-", "--output", str(folder / "y.npy")],
                           stdin=subprocess.PIPE, **more)
    run.stdin.write(GOOD + FOUR[:8])
    run.stdin.flush()
    while sorted(folder.iterdir()) == files and run.poll() is None:
        time.sleep(0.01)
    return run


def test_interrupted(elu, folder):
    for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
        run = begun(elu, folder)
        run.send_signal(number)
        elu.check(run.wait(10) == -number, f"{number} ends elu eval")
        run.stdin.close()
        elu.check(not any(folder.iterdir()), f"{number}: an interrupted evaluation leaves nothing")
    run = begun(elu, folder, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    run.send_signal(signal.SIGHUP)
    run.communicate(FOUR[8:])
    elu.check(run.returncode == 0 and (folder / "y.npy").read_bytes() == GOOD + FOUR, "nohup is respected")


if __name__ == "__main__":
    program = Program(sys.argv[1])
    for test in [test_types, test_functions, test_blocks, test_memory, test_progress, test_hostile, test_mutations, test_wrong_use,
                 test_no_room, test_interrupted]:
        with tempfile.TemporaryDirectory() as name:
            test(program, pathlib.Path(name))
            left = {path.name for path in pathlib.Path(name).iterdir()} - {"x.npy", "y.npy"}
            program.check(not left, f"{test.__name__} leaves {left}")
    sys.exit(program.exit_code())
