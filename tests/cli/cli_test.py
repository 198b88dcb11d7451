"""The program elu as its users meet it: output, messages, exit codes.

    cli_test.py ELU
"""
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from program import Program  # noqa: E402


def test_eval(elu):
    elu.prints(["eval", "-2", "-1", "0", "1", "2"], "-0.86466473\n-0.63212055\n0\n1\n2\n")
    elu.prints(["eval", "--alpha", "0.5", "-1", "--function", "derivative", "1"], "0.18393973\n1\n")
    elu.prints(["eval", "-inf", "-.5", "-0", "nan", "inf", "-0x1p-149"], "-1\n-0.39346933\n-0\nnan\ninf\n-1e-45\n")
    elu.prints(["eval", "--alpha", "-1", "-1"], "0.63212055\n")
    elu.prints(["eval", "--function", "derivative-from-output", "-1", "-0.5", "3"], "0\n0.5\n1\n")
    elu.prints(["eval", "--alpha", "2", "--input-scale", "0.5", "-1"], "-0.78693867\n")
    elu.prints(["eval"], "-0.63212055\n2\n", stdin="-1\n2\n")
    elu.prints(["eval", "-"], "", stdin="")
    many = "".join(f"{i}\n" for i in range(10_000))
    elu.prints(["eval"], many, stdin=many)
    elu.prints(["eval", "--", "-1", "2"], "-0.63212055\n2\n")


def test_wrong_use(elu):
    elu.refuses(["eval", "two"], 2, "'two' is neither a number nor a known option")
    elu.refuses(["eval", "1", "--alhpa", "2"], 2, "'--alhpa'")
    elu.refuses(["eval", "1 "], 2, "'1 '")
    elu.refuses(["eval"], 2, "'x'", stdin="1 x 2")
    elu.refuses(["eval", "--alpha", "one", "1"], 2, "--alpha")
    elu.refuses(["eval", "--alpha", "1e300", "1"], 2, "parameters not admitted", "alpha = ")
    elu.refuses(["eval", "--input-scale", "0", "1"], 2, "input_scale")
    elu.refuses(["eval", "--function", "gelu", "1"], 2, "gelu")
    for alpha in ["nan", "0", "-1"]:
        elu.refuses(["table", "--alpha", alpha], 2, "above 0")
    elu.refuses(["table", "--alpha", "1e300"], 2, "parameters not admitted")
    for option in ["--alpha", "--scale", "--input-scale"]:
        for value in ["", " 1", "1x", "one"]:
            elu.refuses(["eval", option, value, "1"], 2, option)
    elu.refuses(["table", "--alpha", ""], 2, "--alpha")
    elu.refuses(["eval", "\x1b[31m\n" + 1000 * "x"], 2, "?[31m?xxx", "...'")
    elu.refuses([], 2, "subcommand")
    elu.refuses(["evaluate"], 2, "no command 'evaluate'", "eval, table, plot, info")
    elu.refuses(["plot"], 2, "--output")
    elu.refuses(["plot", "--output", "elu.txt"], 2, ".svg or .png")
    elu.refuses(["info"], 2, "ELU_TARGET=FOO", env={"ELU_TARGET": "FOO"})


def test_table(elu):
    at_one = elu.run("table").stdout
    for part in ["mean .399", "mean .395", "mean .161", "-17.32868", "gain 1.2452", "not in binary32", "x ReLU",
                 "f' jumps by 0\n  verdict     holds, only at alpha = 1", "see elu-lab compare"]:
        elu.check(part in at_one, f"elu table says: {part}")
    at_half = elu.run("table", "--alpha", "0.5").stdout
    elu.check("f' jumps by 0.5\n  verdict     only at alpha = 1" in at_half, "the kink at alpha 0.5")
    elu.check(elu.run("table", "--alpha", "100").returncode == 0, "elu table --alpha 100")


def test_info(elu):
    targets = elu.run("info").stdout.split("targets ")[1].split("\n")[0].split()
    elu.check(len(targets) >= 1, "at least one target")
    for target in targets:
        forced = elu.run("info", env={"ELU_TARGET": target})
        elu.check(f"target   {target} " in forced.stdout, f"{target} is forced: {forced}")
    elu.check(elu.run("--version").stdout.startswith("elu "), "--version")
    elu.check("Examples:" in elu.run("--help").stdout, "--help has examples")


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
        (folder / "folder.svg").mkdir()
        elu.refuses(["plot", "--output", str(folder / "folder.svg")], 2, "is a folder")
        (folder / "folder.svg").rmdir()
        elu.check(svg.read_bytes() == before, "a failure leaves the old figure")
        elu.check(len(list(folder.iterdir())) == 2, "a failure leaves no temporary file")


def test_full_disk(elu):
    if not os.path.exists("/dev/full"):
        return
    with open("/dev/full", "w") as full:
        import subprocess
        result = subprocess.run([elu.path, "eval", "1"], stdout=full, stderr=subprocess.PIPE, text=True)
    elu.check(result.returncode == 1 and "cannot write" in result.stderr, f"full disk: {result}")


if __name__ == "__main__":
    program = Program(sys.argv[1])
    for test in [test_eval, test_wrong_use, test_table, test_info, test_plot, test_full_disk]:
        test(program)
    sys.exit(program.exit_code())
