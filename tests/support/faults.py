"""What goes wrong around a program: full and read-only disks, pipes that nobody reads, little memory, SIGKILL."""
import contextlib
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile

from thorough import THOROUGH

SEED = 1
MIB = 1 << 20
WANT = ["out of memory", "Resource temporarily unavailable"]  # the second: of no thread's stack


def with_own_mounts():
    """Starts this test anew where it may mount file systems, which nobody else sees. False, and a line that says so,
    where the system permits that to nobody."""
    if "ELU_OWN_MOUNTS" in os.environ:
        return True
    with tempfile.TemporaryDirectory() as folder:
        for namespaces in [["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"]]:
            mount = [*namespaces, "mount", "-t", "tmpfs", "none", folder]
            with contextlib.suppress(FileNotFoundError):
                if subprocess.run(mount, capture_output=True).returncode == 0:
                    environment = {**os.environ, "ELU_OWN_MOUNTS": "1"}
                    result = subprocess.run([*namespaces, sys.executable, *sys.argv], env=environment)
                    sys.exit(result.returncode)
    print("skipped: full and read-only disks: nobody may mount one here")
    return False


def without_network():
    """What a command begins with that gets no network; nothing where nobody may take it away."""
    alone = ["unshare", "--net", "--map-root-user"]
    with contextlib.suppress(FileNotFoundError):
        if subprocess.run([*alone, "true"], capture_output=True).returncode == 0:
            return alone
    return []


@contextlib.contextmanager
def disk(folder, size):
    """A file system of so many bytes, mounted there."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


def remount(folder, options):
    subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refuses_and_keeps(program, folder, arguments, *parts):
    """One line, exit 1, and in the folder the files that were there."""
    before = contents(folder)
    program.refuses(arguments, 1, *parts)
    program.check(contents(folder) == before, f"{arguments} changes what was there: {sorted(contents(folder))}")


def closed_pipe(program, arguments, ignored):
    """What becomes of a program whose output nobody reads, SIGPIPE being ignored or not."""
    ours, its = os.pipe()
    os.close(ours)
    try:
        result = subprocess.run([program.path, *arguments], stdin=subprocess.DEVNULL, stdout=its,
                                stderr=subprocess.PIPE, text=True, timeout=120, restore_signals=not ignored)
    finally:
        os.close(its)
    return result


def with_memory(program, arguments, limit):
    """The program with so many bytes of address space."""
    command = ["sh", "-c", f"ulimit -v {limit // 1024}; exec \"$@\"", "sh", program.path, *arguments]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)


def least_memory(program, limits):
    """The first of these limits under which the system can load the program, whose own messages begin there."""
    return next(limit for limit in limits if with_memory(program, ["--version"], limit).returncode in (0, 1))


def little_memory(program, arguments, expected, limits):
    """Under each limit: what is expected, or one line that tells. Returns how many runs lacked memory."""
    lacked = 0
    for limit in limits:
        result = with_memory(program, arguments, limit)
        by_loader = result.returncode == 127
        told = result.returncode == 1 and result.stderr.count("\n") == 1 and any(w in result.stderr for w in WANT)
        done = result.returncode == 0 and result.stderr == "" and expected(result.stdout)
        program.check(by_loader or told or done, f"{arguments} in {limit / MIB:.2f} MiB: {result}")
        lacked += told
    return lacked


KILLS = 20 if THOROUGH else 6


def killed_at_random(start, seconds, check):
    """Starts what start() starts until so many were killed within so many seconds; check() after each one."""
    chance = random.Random(SEED)
    killed = tries = 0
    while killed < KILLS:
        tries += 1
        assert tries <= 20 * KILLS, f"{KILLS} kills take more than {tries} runs: each ends before its moment"
        process = start()
        try:
            process.wait(chance.uniform(0, seconds))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # it is ours until it is waited for
        assert process.wait() in (0, -signal.SIGKILL), f"{process.args} ends with {process.returncode}, seed {SEED}"
        killed += process.returncode != 0
        check(process)
    print(f"{killed} killed at random moments, seed {SEED}")


def spawn(arguments, **more):
    """A process that os.killpg ends with all its children."""
    return subprocess.Popen(arguments, stdin=subprocess.DEVNULL, start_new_session=True, **more)


def in_folder(test, *arguments):
    with tempfile.TemporaryDirectory() as name:
        return test(*arguments, pathlib.Path(name).resolve())
