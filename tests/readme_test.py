"""The README's C++ example, compiled and run, prints what the README says it prints; so does its eval command.

    readme_test.py PROJECT BUILD COMPILER
"""
import pathlib
import re
import subprocess
import sys
import tempfile


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def words(figure):
    """The texts of an SVG, in order."""
    return re.findall(r"<text[^>]*>\s*(?:<tspan[^>]*>)?([^<]*)", figure.read_text())


def example_output(project, build, compiler, code):
    with tempfile.TemporaryDirectory() as name:
        source, program = pathlib.Path(name) / "example.cc", pathlib.Path(name) / "example"
        source.write_text(code)
        library = build / "lib"
        subprocess.run([compiler, "-std=c++20", "-Wall", "-Werror", str(source), "-I", str(project / "include"),
                        "-L", str(library), f"-Wl,-rpath,{library}", "-lelu", "-o", str(program)], check=True)
        return subprocess.run([str(program)], check=True, capture_output=True, text=True).stdout


def main(project, build, compiler):
    readme = (project / "README.md").read_text()
    faults = []
    code = blocks(readme, "cpp")[0]
    lines = len(code.strip().splitlines())
    if lines > 15:
        faults.append(f"the example has {lines} lines, more than 15")
    output = example_output(project, build, compiler, code)
    if output not in blocks(readme, "text"):
        faults.append(f"the example prints something else than the README says:\n{output}")
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
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]))
