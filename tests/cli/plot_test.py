"""elu plot: its figures in files and in the terminal, and what it refuses.

    plot_test.py ELU
"""
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import tempfile
import time

from program import Program

MARKS = "*ox+#@%&=~$svwzk"


def test_interrupted_plot(elu, folder):
    """A gnuplot that never ends, and a signal that ends elu."""
    with tempfile.TemporaryDirectory() as name:
        gnuplot = pathlib.Path(name) / "gnuplot"
        gnuplot.write_text("#!/bin/sh\ncat >/dev/null\nsleep 1\n")
        gnuplot.chmod(0o755)
        files = sorted(folder.iterdir())
        run = subprocess.Popen([elu.path, "plot", "--output", str(folder / "interrupted.svg")],
                               env={**os.environ, "PATH": name + ":" + os.environ["PATH"]})
        while sorted(folder.iterdir()) == files and run.poll() is None:
            time.sleep(0.01)
        time.sleep(0.1)
        run.send_signal(signal.SIGTERM)
        elu.check(run.wait(10) == -signal.SIGTERM, "a signal ends elu plot")
        elu.check(sorted(folder.iterdir()) == files, "an interrupted plot leaves nothing")


def test_plot(elu):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        svg, png = folder / "it's.svg", folder / "elu.png"
        elu.prints(["plot", "--output", str(svg)], "")
        elu.prints(["plot", "--output", str(png)], "")
        elu.check("ELU, alpha = 0.5" in svg.read_text() and "ReLU" in svg.read_text(), "the legend of the SVG")
        elu.check(png.read_bytes().startswith(b"\x89PNG"), "a PNG")
        elu.check(sorted(p.name for p in folder.iterdir()) == ["elu.png", "it's.svg"], "nothing else is left")
        elu.refuses(["plot", "--output", str(folder / "no" / "elu.svg")], 1, "cannot write", "no/elu.svg")
        before = svg.read_bytes()
        elu.refuses(["plot", "--output", str(svg)], 1, "gnuplot", env={"PATH": str(folder)})
        elu.refuses(["plot", "--output", str(folder / "a\nb.svg")], 2, "control character")
        result = elu.run("plot", "--output", "-")
        elu.check((result.returncode, result.stdout, result.stderr) == (0, svg.read_text(), ""), "standard output")
        elu.refuses(["plot", "--output", "-"], 1, "the figure", "gnuplot", env={"PATH": str(folder)})
        (folder / "folder.svg").mkdir()
        elu.refuses(["plot", "--output", str(folder / "folder.svg")], 2, "is a folder")
        (folder / "folder.svg").rmdir()
        elu.check(svg.read_bytes() == before, "a failure leaves the old figure")
        test_interrupted_plot(elu, folder)
        elu.check(len(list(folder.iterdir())) == 2, "a failure leaves no temporary file")


def test_choices(elu):
    with tempfile.TemporaryDirectory() as name:
        svg = pathlib.Path(name) / "elu.svg"
        elu.prints(["plot", "--output", str(svg), "--alpha", "0.25,3,0.25", "--range", "-0.5,2",
                    "--with", "leaky_relu,selu,celu,gelu"], "")
        text = svg.read_text()
        for label in ["ELU, alpha = 0.25", "ELU, alpha = 3", "Leaky ReLU", "SELU", "CELU, alpha = 0.25",
                      "CELU, alpha = 3", "GELU"]:
            elu.check(text.count(f"{label}</text>") + text.count(f">{label}<") >= 2, f"both legends have {label}")
        elu.check("ReLU, alpha" not in text and "alpha = 0.5" not in text, "nothing else")


def panels(text):
    """Rows of the left and the right canvas at 80 columns, and the legend."""
    lines = text.splitlines()
    canvas = [line for line in lines if len(line) == 80]
    return [line[7:40] for line in canvas[1:-1]], [line[47:] for line in canvas[1:-1]], lines[len(canvas):]


def test_spellings(elu):
    """What people in a hurry type is the same figure, or is told the right spelling."""
    with tempfile.TemporaryDirectory() as name:
        for words in [["elu.svg"], ["--output", "ELU.SVG"], ["--range", "-2,2", "a.Svg"]]:
            path = pathlib.Path(name) / words[-1]
            result = elu.run("plot", *words[:-1], str(path))
            elu.check(result.returncode == 0 and "</svg>" in path.read_text(), f"{words}: {result}")
    usual = elu.run("plot", "--range", "-1,1", "--with", "relu,leaky_relu").stdout
    for reach in ["-1 1", "-1:1"]:
        elu.prints(["plot", "--range", reach, "--with", "ReLU,leaky-relu"], usual)
    elu.refuses(["plot", "--range", "-1", "1"], 2, "--range: a comma joins its two numbers: --range -1,1")
    elu.refuses(["plot", "a.svg", "--output", "b.svg"], 2, "--output")


def test_terminal(elu):
    text = elu.run("plot", env={"COLUMNS": ""}).stdout
    left, right, legend = panels(text)
    elu.check(legend == ["* ELU, alpha = 0.5", "o ELU, alpha = 1", "x ELU, alpha = 2", "+ ReLU"], f"legend: {legend}")
    first = [row[0] for row in left if row[0] not in " -"]
    elu.check(first == ["+", "*", "o", "x"], f"at -4 the functions lie below each other: {text}")
    tops = [next(row.index(mark) for row in left if mark in row) for mark in "*ox+"]
    elu.check(min(tops) > 24, f"all reach the top right: {text}")
    elu.check(sum("x" in row for row in right) > sum("*" in row for row in right), f"alpha 2 is the steepest: {text}")
    for columns in ["20", "32", "71", "72", "100", "300"]:
        shown = elu.run("plot", "--with", "relu,leaky_relu,selu,celu,gelu", "--alpha", "0.1,0.2,0.3,0.4,0.5,0.6",
                        env={"COLUMNS": columns})
        widest = max(map(len, shown.stdout.splitlines()))
        elu.check(shown.returncode == 0 and widest <= max(32, int(columns)), f"{columns} columns: {widest}")
        legend = [line[0] for line in shown.stdout.splitlines()[-16:]]
        elu.check(legend == list(MARKS), f"16 curves have marks of their own: {legend}")
    elu.check(panels(elu.run("plot", "--alpha", "0", "--range", "-2,-1", "--with", "none").stdout)[2] ==
              ["* ELU, alpha = 0"], "a curve that is flat")


def through_terminal(elu, **env):
    """What elu plot writes to a terminal."""
    ours, its = pty.openpty()
    run = subprocess.Popen([elu.path, "plot"], stdout=its, env={**os.environ, "TERM": "xterm", **env})
    os.close(its)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # the end of a terminal
        pass
    os.close(ours)
    elu.check(run.wait(10) == 0, "elu plot in a terminal")
    return shown.decode()


def test_colour(elu):
    plain = elu.run("plot", env={"COLUMNS": ""}).stdout
    coloured = through_terminal(elu, NO_COLOR="").replace("\r", "")
    elu.check("\033[38;5;25m*\033[0m" in coloured, "a terminal has colours")
    elu.check(re.sub(r"\033\[[0-9;]*m", "", coloured) == plain, "colours change nothing else")
    for env in [{"NO_COLOR": "1"}, {"TERM": "dumb"}]:
        elu.check("\033" not in through_terminal(elu, **env), f"no colours with {env}")


def test_wrong_use(elu):
    elu.refuses(["plot", "--output", "elu.txt"], 2, ".svg or .png")
    elu.refuses(["plot", "--output", ""], 2, ".svg or .png")
    for value in ["", "1", "1,", ",1", "2,1", "1,1", "nan,1", "0,inf", "-1e7,1", "1,1.0000001", "0,1,2", "a,b"]:
        elu.refuses(["plot", "--range", value], 2, "--range")
    for value in ["x", "", "1,x", "0.5;1"]:
        elu.refuses(["plot", "--alpha", value], 2, "--alpha")
    elu.refuses(["plot", "--alpha", "nan"], 2, "parameters not admitted")
    elu.refuses(["plot", "--alpha", "1,2,3,4,5,6,7"], 2, "--alpha", "more than 6")
    elu.refuses(["plot", "--alpha", "0", "--with", "celu"], 2, "parameters not admitted")
    elu.refuses(["plot", "--with", "swish"], 2, "--with", "gelu")
    elu.refuses(["plot", "--with", "none,relu"], 2, "--with")
    elu.refuses(["plot", "1"], 2, "1")


if __name__ == "__main__":
    program = Program(sys.argv[1])
    for test in [test_plot, test_choices, test_spellings, test_terminal, test_colour, test_wrong_use]:
        test(program)
    sys.exit(program.exit_code())
