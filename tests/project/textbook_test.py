"""Every command that a document shows prints what the document says it prints.

    textbook_test.py BUILD DOCUMENT AT_LEAST    AT_LEAST: of commands; fewer mean that they are no longer recognised

Commands stand behind a `$` in indented blocks, each with its output below it. All run in one folder, one after the
other. A block without a `$` is no output, but a formula.
"""
import pathlib
import re
import subprocess
import sys
import tempfile


def shown(document):
    """The commands, each with the output that follows it."""
    commands = []
    for block in re.split(r"\n(?! {4})", document.read_text()):
        lines = [line for line in block.splitlines() if line.startswith("    ")]
        margin = min((len(line) - len(line.lstrip()) for line in lines if line.lstrip().startswith("$ ")), default=0)
        for line in lines if margin else []:
            if line[margin:].startswith("$ "):
                commands.append((line[margin + 2:], []))
            else:
                commands[-1][1].append(line[margin:])
    return commands


def main(build, document, at_least):
    faults = []
    commands = shown(document)
    if len(commands) < at_least:
        faults.append(f"only {len(commands)} commands found")
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "build").symlink_to(build.resolve())
        for command, expected in commands:
            result = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=120)
            if result.stdout.splitlines() != expected or result.stderr:
                faults.append(f"$ {command}\nthe document says:\n" + "\n".join(expected) +
                              f"\nbut it prints:\n{result.stdout}{result.stderr}")
    print("\n".join(faults) or f"all {len(commands)} commands print what the document says")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])))
