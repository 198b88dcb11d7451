"""The README's C++ example, compiled and run, prints what the README says it prints; so does its eval command.

    readme_test.py PROJECT BUILD CXX_COMPILER C_COMPILER
"""
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def words(figure):
    """The texts of an SVG, in order."""
    return re.findall(r"<text[^>]*>\s*(?:<tspan[^>]*>)?([^<]*)", figure.read_text())


def output(project, build, text, compiler, files=()):
    """What the last of the commands shown in text prints, where the first compiles: run as they stand, by compiler."""
    compilation, program = re.findall(r"^    ((?:g\+\+|cc) .*)\n    (\./.*)", text, re.M)[0]
    with tempfile.TemporaryDirectory() as name:
        for place, target in {"include": project / "include", "examples": project / "examples", "build": build}.items():
            (pathlib.Path(name) / place).symlink_to(target.resolve())
        for file, code in files:
            (pathlib.Path(name) / file).write_text(code)
        words = [compiler, "-Wall", "-Werror", *shlex.split(compilation)[1:]]
        subprocess.run(words, check=True, cwd=name)
        return subprocess.run([program], check=True, cwd=name, capture_output=True, text=True).stdout


def main(project, build, compiler, c_compiler):
    readme = (project / "README.md").read_text()
    faults = []
    code = blocks(readme, "cpp")[0]
    lines = len(code.strip().splitlines())
    if lines > 15:
        faults.append(f"the example has {lines} lines, more than 15")
    printed = output(project, build, readme, compiler, [("example.cc", code)])
    if printed not in blocks(readme, "text"):
        faults.append(f"the example prints something else than the README says:\n{printed}")
    if "\nrefused    " not in output(project, build, (project / "examples/arrays.c").read_text(), c_compiler):
        faults.append("examples/arrays.c, compiled as it says, does not show what is refused")
    core = next(p for p in json.loads((project / "CMakePresets.json").read_text())["configurePresets"]
                if p["name"] == "core")
    if f"the preset {core['generator']} too" not in re.sub(r"\s+", " ", readme):
        faults.append(f"the README does not say that the preset needs {core['generator']}")
    shown = re.search(r"^    \$ build/bin/elu eval (.*)\n((?:    [-\d.]+\n)+)", readme, re.M)
    printed = subprocess.run([build / "bin" / "elu", "eval", *shown[1].split()], check=True, capture_output=True,
                             text=True)
    if printed.stdout.split() != shown[2].split():
        faults.append(f"elu eval prints something else than the README says:\n{printed.stdout}")
    table = subprocess.run([build / "bin" / "elu", "table"], check=True, capture_output=True, text=True).stdout
    shown_table = readme.split("$ build/bin/elu table\n")[1].split("and draws")[0]
    for row in re.findall(r"^    ((?:  )?\S.*)$", shown_table, re.M):
        if row + "\n" not in table:
            faults.append(f"elu table does not print: {row}")
    for figure, command in {"elu.svg": ["plot", "--output"], "error.svg": ["verify", "--plot"]}.items():
        with tempfile.TemporaryDirectory() as name:
            drawn = pathlib.Path(name) / figure
            subprocess.run([build / "bin" / "elu", *command, drawn], check=True)
            if words(drawn) != words(project / "docs" / figure):
                faults.append(f"docs/{figure} is not what elu {command[0]} draws now")
    for link in re.findall(r"\]\(([^)#]+)\)", readme):
        if "://" not in link and not (project / link).exists():
            faults.append(f"the README links to {link}, which is not there")
    print("\n".join(faults) or "the README holds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), *sys.argv[3:]))
