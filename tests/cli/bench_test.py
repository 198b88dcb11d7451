"""elu bench: its figures belong together, its time is kept, wrong use is told.

    bench_test.py ELU HEADER
"""
import json
import pathlib
import sys
import time

from contract import functions
from program import Program

PEERS = ["memcpy", "relu"]
BYTES = {"f32": 4, "f64": 8, "f16": 2, "bf16": 2}
INPUTS = {name.replace("_", "-"): inputs for name, inputs in functions(pathlib.Path(sys.argv[2])).items()}


def offered(elu):
    """Those of the table, as the program names them where it refuses another."""
    names = elu.run("bench", "--function", "none").stderr.split("{all,")[1].split("}")[0]
    return names.split(",")


def bench(elu, *arguments, **more):
    start = time.monotonic()
    result = elu.run("bench", "--json", *arguments, **more)
    seconds = time.monotonic() - start
    elu.check(result.returncode == 0, f"elu bench {arguments}: {result}")
    return json.loads(result.stdout), result.stderr, seconds


def near(a, b):
    return abs(a - b) <= 1e-4 * abs(b)


def test_figures(elu):
    names = offered(elu)
    for _ in range(3):  # a busy machine may be late
        report, _, seconds = bench(elu, "--seconds", "0.5")
        if seconds < 1:
            break
    elu.check(seconds < 1, f"0.5 s were asked for, {seconds:.2f} s it took")
    rows = report["results"]
    for dtype, size in BYTES.items():
        of_type = [row for row in rows if row["dtype"] == dtype and row["elements"] == 4096]
        elu.check([row["function"] for row in of_type if row["accuracy"] != "fast"] == PEERS + names,
                  f"{dtype} has every function: {of_type}")
        times = {row["function"]: row["ns_per_element"] for row in of_type if row["function"] in PEERS}
        for row in of_type:
            ns, moved = row["ns_per_element"], size * (INPUTS.get(row["function"], 1) + 1)
            lower, upper = row["quartiles"]
            good = (0 < lower <= ns <= upper and near(row["to_memcpy"], ns / times["memcpy"])
                    and near(row["to_relu"], ns / times["relu"]) and near(row["gigabytes_per_second"], moved / ns))
            elu.check(good and row["rounds"] >= 1, f"the figures belong together: {row}, {times}")
    fast = {row["function"] for row in rows if row["accuracy"] == "fast" and row["dtype"] == "f32"}
    elu.check("forward" in fast and fast < set(names), f"fast, where it differs: {fast}")


def test_choice(elu):
    report, notes, _ = bench(elu, "--seconds", "0.2", "--function", "backward", "--dtype", "bf16",
                             "--size", "100,16,100", "--alpha", "0.5")
    rows = [(row["function"], row["dtype"], row["accuracy"], row["elements"]) for row in report["results"]]
    elu.check(rows == [(name, "bf16", None if name in PEERS else "accurate", n)
                       for n in (16, 100) for name in (*PEERS, "backward")], f"what was asked for: {rows}")
    elu.check(report["alpha"] == 0.5 and report["threads"] == 1 and notes == "", f"{report} {notes}")
    report, _, _ = bench(elu, "--seconds", "0.2", "--accuracy", "fast", "--dtype", "f64", "--size", "64")
    elu.check({row["accuracy"] for row in report["results"]} == {None, "fast"}, f"fast alone: {report}")
    report, _, _ = bench(elu, "--seconds", "0.2", "--alpha", "-1", "--dtype", "f32", "--size", "64")
    names = {row["function"] for row in report["results"]}
    elu.check("derivative" in names and "derivative-from-output" not in names, f"alpha below 0: {names}")
    for target in elu.run("info").stdout.split("targets ")[1].split("\n")[0].split():
        report, _, _ = bench(elu, "--seconds", "0.1", "--function", "forward", "--size", "64",
                             env={"ELU_TARGET": target})
        elu.check(report["target"] == target, f"{target} is forced: {report}")


def test_left_out(elu):
    result = elu.run("bench", "--seconds", "0.2", "--dtype", "f64", "--size", "1,50000000")
    elu.check(result.returncode == 0 and "left out" in result.stderr and "50000000 of f64" in result.stderr,
              f"what there is no time for is told: {result}")
    elu.check(len(result.stderr.splitlines()) == 1, f"in one line: {result}")


def test_table(elu):
    result = elu.run("bench", "--seconds", "0.2", "--function", "forward", "--size", "64,1024", "--dtype", "f32")
    lines = result.stdout.splitlines()
    elu.check("target" in lines[0] and "1 thread" in lines[0], f"the machine: {lines[0]}")
    elu.check(lines[1].split()[:5] == ["function", "dtype", "accuracy", "elements", "ns/element"], f"head: {lines[1]}")
    elu.check([line.split()[0] for line in lines[2:6]] == ["memcpy", "relu", "forward", "forward"], f"rows: {lines}")
    elu.check(any("##" in line for line in lines), f"bars: {lines}")  # others are short beside a very slow one
    elu.check(max(map(len, lines[1:])) <= 100 and result.stderr == "", f"at most 100 columns: {result}")
    elu.check("Examples:" in elu.run("bench", "--help").stdout, "--help has examples")


def test_sizes(elu):
    """4,096 in other words."""
    for size in ["4096", "4Ki", "4.096e3", "4.096k"]:
        told = json.loads(elu.run("bench", "--json", "--function", "forward", "--dtype", "f32", "--size", size,
                                  "--seconds", "0.1").stdout)["results"]
        elu.check({row["elements"] for row in told} == {4096}, f"--size {size}: {told}")
    for size in ["1.5", "0", "-4Ki", "1e300", "Ki", "4Gi", "k"]:
        elu.refuses(["bench", "--size", size], 2, f"'{size}' is no whole number from 1 to 268435456")


def test_wrong_use(elu):
    for option, values in {"--seconds": ["0", "-1", "nan", "x", "", "1e9"],
                           "--size": ["0", "-1", "x", "1.5", "4096,x", "99999999999999999999"],
                           "--function": ["gelu"], "--dtype": ["f8"], "--accuracy": ["slow"],
                           "--alpha": ["one"]}.items():
        for value in values:
            elu.refuses(["bench", option, value], 2, option)
    elu.refuses(["bench", "--alpha", "1e300"], 2, "parameters not admitted")
    elu.refuses(["bench", "--function", "plus-one", "--alpha", "2"], 2, "takes no --alpha")
    elu.refuses(["bench", "--function", "backward-from-output", "--scale", "-1"], 2, "scale above 0")
    elu.refuses(["bench", "5"], 2, "5")


if __name__ == "__main__":
    program = Program(sys.argv[1])
    for test in [test_figures, test_choice, test_left_out, test_table, test_sizes, test_wrong_use]:
        test(program)
    sys.exit(program.exit_code())
