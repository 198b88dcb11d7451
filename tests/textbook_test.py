"""Every command in docs/when-the-textbook-is-wrong.md prints what the document says it prints.

    textbook_test.py PROJECT BUILD
"""
import pathlib
import subprocess
import sys
import tempfile

PROMPT = "    $ "
AT_LEAST = 30  # commands: fewer mean that they are no longer recognised


def shown(document):
    """The commands, each with the output that follows it. Every indented block begins with a command."""
    commands = []
    within = False
    for number, line in enumerate(document.read_text().splitlines(), 1):
        if line.startswith(PROMPT):
            commands.append((line.removeprefix(PROMPT), []))
        elif line.startswith("    "):
            if not within:
                raise ValueError(f"{document}:{number}: output without a command")
            commands[-1][1].append(line[4:])
        within = line.startswith("    ")
    return commands


def main(project, build):
    faults = []
    commands = shown(project / "docs" / "when-the-textbook-is-wrong.md")
    if len(commands) < AT_LEAST:
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
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
