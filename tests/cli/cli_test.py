"""The program elu as its users meet it: output, messages, exit codes.

    cli_test.py ELU
"""
import contextlib
import json
import os
import pathlib
import pty
import re
import signal
import struct
import subprocess
import sys
import threading

from program import Program


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
    selu = ["--alpha", "1.6732632423543772", "--scale", "1.0507009873554805"]
    elu.prints(["eval", "--selu", "-1", "1"], elu.run("eval", *selu, "-1", "1").stdout)
    elu.prints(["eval", "--celu", "2", "-1"], "-0.78693867\n")
    for function, expected in [("forward", "-0.63212055\n0\n1\n"), ("derivative", "0.36787945\n1\n1\n"),
                               ("derivative-from-output", "0\n1\n1\n"), ("second-derivative", "0.36787945\n1\n0\n"),
                               ("plus-one", "0.36787945\n1\n2\n")]:
        elu.prints(["eval", "--function", function, "-1", "0", "1"], expected)
        elu.prints(["eval", "--function", function, "--accuracy", "fast", "0"], expected.split("\n")[1] + "\n")


def test_as_pasted(elu):
    """Numbers as lists, tables and typeset pages have them, names in any spelling, commands as other programs have."""
    three = "-0.86466473\n-0.63212055\n0\n"
    for text in ["-2,-1,0", "-2 -1 0", "[-2, -1, 0]", "(-2;-1;0)", "{-2,\n-1,\t0,}", "\u22122, \u22121, 0", " -2 ,-1, 0 "]:
        elu.prints(["eval", text], three)
        elu.prints(["eval"], three, stdin=text)
    elu.prints(["eval", "[-2,", "-1,", "0]"], three)
    elu.prints(["eval", "0,5"], "0\n5\n")
    elu.refuses(["eval"], 2, "line 2, column 5: 'x' is neither", stdin="1, 2\n[3 ;x]\n")
    elu.refuses(["eval", "1,2,3x"], 2, "'3x' is neither a number")
    elu.prints(["eval", "[]"], "")
    names = {"f32": ["float32", "Float", "SINGLE", "binary32"], "f64": ["float64", "double", "binary64"],
             "f16": ["float16", "half", "binary16", "FP16"], "bf16": ["bfloat16", "BF16"]}
    for dtype, others in names.items():
        for other in others:
            elu.prints(["eval", "--dtype", other, "-0.7"], elu.run("eval", "--dtype", dtype, "-0.7").stdout)
    elu.prints(["eval", "--function", "Second_Derivative", "-1"], "0.36787945\n")
    helped, of_eval = elu.run("--help").stdout, elu.run("eval", "--help").stdout
    for words, text in [([], helped), (["help"], helped), (["help", "eval"], of_eval),
                        (["version"], elu.run("--version").stdout), (["-V"], elu.run("--version").stdout)]:
        elu.prints(words, text)


def test_rounded_inputs_are_told_on_a_terminal(elu):
    """That a number is another one in its type, which a pipe and JSON do not want to hear."""
    def told(*words):
        ours, its = pty.openpty()
        result = subprocess.run([elu.path, "eval", *words], stdout=subprocess.PIPE, stderr=its, check=True)
        os.close(its)
        with contextlib.suppress(OSError), os.fdopen(ours, "rb") as file:
            return result.stdout.decode(), file.read1().decode()
        return result.stdout.decode(), ""

    elu.check(told("16777217") == ("16777216\n", "elu: 16777217 is 16777216 in f32\r\n"), "a long integer")
    elu.check(told("--dtype", "f16", "100000") == ("inf\n", "elu: 100000 is inf in f16\r\n"), "a large number")
    for words in [["0.1", "-1e-3", "inf", "nan", "1e3", "0x1p-3"], ["--json", "16777217"]]:
        elu.check(told(*words)[1] == "", f"nothing is told of {words}")
    elu.prints(["eval", "16777217"], "16777216\n")


def test_dtypes(elu):
    special = ["-inf", "-0", "0", "nan", "inf"]
    for dtype, at_minus_one in [("f64", "-0.6321205588285577"), ("f32", "-0.63212055"), ("f16", "-0.6323"),
                                ("bf16", "-0.633")]:
        elu.prints(["eval", "--dtype", dtype, "-1", *special], "\n".join([at_minus_one, "-1", *special[1:], ""]))
    elu.prints(["eval", "--dtype", "f16", "65504", "65519.99", "65520", "6e-8"], "65504\n65504\ninf\n6e-08\n")
    elu.prints(["eval", "--dtype", "bf16", "-8", "3.39e38", "3.4e38", "1e-45"], "-1\n3.39e+38\ninf\n0\n")
    elu.prints(["eval", "--dtype", "bf16", "--function", "plus-one", "-8"], "0.000336\n")
    # Halfway between two numbers, and beside it by less than a double could tell.
    tie = {"f16": "1.00048828125", "bf16": "1.00390625", "f32": "1.000000059604644775390625"}
    for dtype, above in [("f16", "1.001"), ("bf16", "1.01"), ("f32", "1.0000001")]:
        elu.prints(["eval", "--dtype", dtype, tie[dtype], tie[dtype] + 30 * "0" + "1"], f"1\n{above}\n")
    # What is printed tells all numbers apart and reads back.
    for dtype, infinity, number in [("f16", 0x7C00, lambda bits: struct.unpack("e", struct.pack("H", bits))[0]),
                                    ("bf16", 0x7F80, lambda bits: struct.unpack("f", struct.pack("I", bits << 16))[0])]:
        texts = elu.run("eval", "--dtype", dtype, stdin=" ".join(number(b).hex() for b in range(infinity))).stdout
        elu.check(len(set(texts.split())) == infinity, f"{dtype}: two numbers have one text")
        elu.prints(["eval", "--dtype", dtype], texts, stdin=texts)
        longest = max(texts.split(), key=len)
        elu.check(len(longest) <= 10, f"{dtype}: {longest} is long")


def test_wrong_use(elu):
    elu.refuses(["eval", "two"], 2, "'two' is neither a number nor a known option")
    elu.refuses(["eval", "1", "--alhpa", "2"], 2, "'--alhpa'")
    elu.refuses(["eval"], 2, "'x'", stdin="1 x 2")
    elu.refuses(["eval", "--alpha", "one", "1"], 2, "--alpha")
    elu.refuses(["eval", "--alpha", "1e300", "1"], 2, "parameters not admitted", "alpha = ")
    elu.refuses(["eval", "--input-scale", "0", "1"], 2, "input_scale")
    elu.refuses(["eval", "--function", "gelu", "1"], 2, "gelu")
    elu.refuses(["eval", "--function", "backward", "1"], 2, "backward not in {forward,derivative,")
    elu.refuses(["eval", "--dtype", "f8", "1"], 2, "f8 not in {f32,f64,f16,bf16}")
    elu.refuses(["table", "--dtype", "f8"], 2, "f8 not in {f32,f64,f16,bf16}")
    elu.refuses(["eval", "--accuracy", "slow", "1"], 2, "slow not in {accurate,fast}")
    for option in ["--alpha", "--scale", "--input-scale"]:
        elu.refuses(["eval", "--function", "plus-one", option, "1", "1"], 2, f"plus-one takes no {option}")
    elu.refuses(["eval", "--function", "derivative-from-output", "--alpha", "-1", "1"], 2, "alpha >= 0", "alpha = -1")
    for alpha in ["nan", "0", "-1"]:
        elu.refuses(["table", "--alpha", alpha], 2, "above 0")
    elu.refuses(["table", "--alpha", "1e300"], 2, "parameters not admitted")
    for option in ["--alpha", "--scale", "--input-scale"]:
        for value in ["", " 1", "1x", "one"]:
            elu.refuses(["eval", option, value, "1"], 2, option)
    elu.refuses(["table", "--alpha", ""], 2, "--alpha")
    elu.refuses(["eval", "--selu", "--alpha", "2", "1"], 2, "--selu", "--alpha")
    elu.refuses(["eval", "--selu", "--celu", "2", "1"], 2, "--selu", "--celu")
    elu.refuses(["eval", "--function", "plus-one", "--celu", "2", "1"], 2, "plus-one takes no --celu")
    for alpha in ["0", "nan", "-1"]:
        elu.refuses(["eval", "--celu", alpha, "1"], 2, "--celu: ", "must be", f"not {alpha}; see elu eval --help")
    elu.refuses(["eval"], 2, "'000000", "too long", stdin=100_000 * "0")
    elu.refuses(["eval", "\x1b31m\b" + 1000 * "x"], 2, "?31m?xxx", "...'")
    for word, words in [("evl", "did you mean eval? See elu --help"), ("tabel", "did you mean table? See elu --help"),
                        ("e", "there are eval, table"), ("xyz", "there are eval, table")]:
        elu.refuses([word], 2, f"there is no command '{word}'; {words}")
    elu.refuses(["help", "evl"], 2, "did you mean eval?")
    elu.refuses(["eval", "--dtype", "float31", "1"], 2, "float31", "see elu eval --help")
    elu.refuses(["evaluate"], 2, "no command 'evaluate'", "eval, table, plot, verify, bench, info")
    elu.refuses(["info"], 2, "ELU_TARGET=FOO", env={"ELU_TARGET": "FOO"})


def test_info(elu):
    targets = elu.run("info").stdout.split("targets ")[1].split("\n")[0].split()
    elu.check(len(targets) >= 1, "at least one target")
    for target in targets:
        forced = elu.run("info", env={"ELU_TARGET": target})
        elu.check(f"target   {target} " in forced.stdout, f"{target} is forced: {forced}")
    elu.check(elu.run("--version").stdout.startswith("elu "), "--version")
    told = json.loads(elu.run("info", "--json").stdout)
    elu.check(told["targets"] == targets and told["target"] == targets[0] and told["threads"] >= 1, f"JSON: {told}")
    elu.check(elu.run("--version").stdout == f"elu {told['version']}\n", "one version")


def test_help(elu):
    """Help leads with examples, and what an example shows can be asked for."""
    for command in [[], ["eval"], ["table"], ["plot"], ["verify"], ["bench"], ["info"]]:
        text = elu.run(*command, "--help").stdout
        examples = text.split("\nExamples:\n")[1].split("\n\nUsage: ")
        elu.check(text.index("Examples:") < 120 and len(examples) == 2, f"{command}: examples, then usage")
        lines = [line for line in text.splitlines() if not line.startswith("  -")]  # an option's choices may be many
        elu.check(max(map(len, lines)) <= 120, f"{command}: at most 120 columns")
        for option in re.findall(r" (--[a-z-]+)", examples[0]):
            known = elu.run(*re.findall(r"elu ([a-z]+).* " + option, examples[0])[:1], "--help").stdout
            elu.check(option in known, f"{command}: an example has {option}")
        for words in re.findall(r"^  elu verify(.*)\n? +prove", examples[0], re.M):
            elu.check("--all" in words, f"only all inputs are a proof, not: elu verify{words}")


def test_verify(elu):
    rows = elu.run("verify", "--function", "forward", "--stride", "1000003", "--dtype", "f32", "--target", "all")
    targets = elu.run("info").stdout.split("targets ")[1].split("\n")[0].split()
    lines = rows.stdout.splitlines()
    elu.check(len(lines) == 1 + 2 * len(targets), f"a head, and accurate and fast on each target: {rows}")
    head = ["function", "dtype", "accuracy", "parameters", "target"]
    elu.check(lines[0].split()[:5] == head, f"the head: {lines[0]}")
    elu.check(all(" kept " in line and " 4,295 " in line for line in lines[1:]), f"4,295 inputs, promises kept: {rows}")
    elu.check(rows.returncode == 0 and rows.stderr == "", f"no progress bar off a terminal: {rows}")


def verify_json(elu, *arguments):
    result = elu.run("verify", "--json", *arguments)
    elu.check(result.returncode == 0, f"elu verify {arguments}: {result}")
    return json.loads(result.stdout)


def test_verify_json(elu):
    row = verify_json(elu, "--function", "derivative", "--dtype", "f32", "--accuracy", "accurate", "--alpha", "0.3",
                      "--scale", "2", "--input-scale", "0.5", "--stride", "1000003", "--threads", "1")[0]
    expected = {"function": "derivative", "dtype": "f32", "accuracy": "accurate", "alpha": 0.3, "scale": 2,
                "input_scale": 0.5, "inputs": 4295, "all": False, "misrounded": 0, "promise_kept": True}
    elu.check({key: row[key] for key in expected} == expected, f"what was run: {row}")
    elu.check(0.4 < row["worst_error_ulp"] <= 0.5 and float.fromhex(row["worst_x"]) < 0, f"where it is worst: {row}")
    twice = [verify_json(elu, "--function", "backward", "--dtype", "f64", "--stride", "10000", "--accuracy", "accurate",
                         "--threads", n)[0] for n in "13"]
    elu.check(twice[0]["worst_dy"] == twice[1]["worst_dy"], f"threads do not matter: {twice}")
    elu.check(0.49 <= twice[0]["worst_error_ulp"] <= 0.52 and twice[0]["inputs"] == 10_000, f"float64: {twice}")
    rows = verify_json(elu, "--function", "forward", "--dtype", "bf16", "--alpha", "0.1")
    elu.check([(row["inputs"], row["all"]) for row in rows] == [(65536, True)], f"all of bfloat16: {rows}")
    rows = verify_json(elu, "--function", "forward", "--dtype", "f16", "--stride", "64", "--target", "best")
    elu.check([(row["alphas"], row["inputs"]) for row in rows] == [(1000, 1_024_000)], f"1,000 alphas: {rows}")
    fast = verify_json(elu, "--function", "plus-one", "--dtype", "f32", "--accuracy", "fast", "--stride", "1000003")[0]
    elu.check(fast["accuracy"] == "fast" and fast["worst_error_ulp"] <= 1, f"fast: {fast}")
    of_selu = verify_json(elu, "--selu", "--function", "forward", "--dtype", "f16", "--stride", "64")
    elu.check([(row["alpha"], row["scale"]) for row in of_selu] == [(1.6732632423543772, 1.0507009873554805)],
              f"SELU's parameters in place of 1,000 alphas: {of_selu}")
    names = {row["function"] for row in verify_json(elu, "--stride", "100000007", "--alpha", "-1", "--dtype", "f32")}
    elu.check("derivative" in names and "derivative-from-output" not in names, f"alpha below 0: {names}")


def test_verify_wrong_use(elu):
    elu.refuses(["verify", "--target", "FOO"], 2, "--target FOO", "this machine has only")
    for stride in ["0", "-1", "x", "99999999999999999999999"]:
        elu.refuses(["verify", "--stride", stride], 2, "--stride", "whole number")
    elu.refuses(["verify", "--function", "plus-one", "--alpha", "3"], 2, "takes no --alpha")
    elu.refuses(["verify", "--plot", "q.png", "--threads", "2"], 2, "--plot", "--threads")
    elu.refuses(["verify", "--plot", ""], 2, ".svg or .png")
    elu.refuses(["verify", "--dtype", "f8"], 2, "f8")
    elu.refuses(["verify", "--all", "--stride", "3"], 2, "--all")
    for value in ["0", "-1", "x"]:
        elu.refuses(["verify", "--threads", value], 2, "--threads")
    elu.refuses(["verify", "--alpha", "1e300"], 2, "parameters not admitted")
    elu.refuses(["verify", "--function", "backward-from-output", "--scale", "-1"], 2, "scale above 0")


def test_full_disk(elu):
    if not os.path.exists("/dev/full"):
        return
    for arguments in [["eval", "1"], ["--help"], ["--version"]]:
        with open("/dev/full", "w") as full:
            result = subprocess.run([elu.path, *arguments], stdout=full, stderr=subprocess.PIPE, text=True)
        elu.check(result.returncode == 1 and "cannot write" in result.stderr, f"full disk: {result}")


def test_unreadable_input(elu):
    folder = os.open("/", os.O_RDONLY)
    result = subprocess.run([elu.path, "eval"], stdin=folder, capture_output=True, text=True)
    os.close(folder)
    elu.check(result.returncode == 1 and "cannot read" in result.stderr, f"a folder for input: {result}")


def test_json(elu):
    told = json.loads(elu.run("eval", "--json", "--alpha", "0.5", "--dtype", "f16", "-inf", "-1", "nan", "2").stdout)
    expected = {"function": "forward", "dtype": "f16", "accuracy": "accurate", "alpha": 0.5, "scale": 1,
                "input_scale": 1}
    elu.check({key: told[key] for key in expected} == expected, f"what was asked for: {told}")
    elu.check(told["results"] == [{"input": "-inf", "result": -0.5}, {"input": -1, "result": -0.3162},
                                  {"input": "nan", "result": "nan"}, {"input": 2, "result": 2}], f"results: {told}")
    many = " ".join(map(str, range(5000)))
    told = json.loads(elu.run("eval", "--json", stdin=many).stdout)
    elu.check([row["result"] for row in told["results"]] == list(range(5000)), "5,000 results, two blocks")
    elu.check(json.loads(elu.run("eval", "--json", stdin="").stdout)["results"] == [], "no result is an empty list")
    elu.refuses(["eval", "--json", "--alpha", "nan", "1"], 2, "--alpha: must be a finite number, not nan")


def test_closed_pipe(elu):
    """Who reads no further ends elu, by the signal or, where that is ignored, by one line."""
    for restore, code, lines in [(True, -signal.SIGPIPE, 0), (False, 1, 1)]:
        run = subprocess.Popen([elu.path, "eval"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, restore_signals=restore)
        run.stdout.close()
        run.stdout = None
        _, error = run.communicate(b"1 " * 100_000)
        elu.check((run.returncode, error.count(b"\n")) == (code, lines), f"a closed pipe: {run.returncode}, {error}")


def test_terminal(elu):
    """Who types numbers sees the results of a line when it is complete."""
    ours, its = pty.openpty()
    run = subprocess.Popen([elu.path, "eval"], stdin=its, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    os.close(its)
    late = threading.Timer(20, run.kill)  # rather than wait for what does not come
    late.start()
    for line, results in [("-1 0 \n", ["-0.63212055\n", "0\n"]), ("2\n", ["2\n"])]:
        os.write(ours, line.encode())
        elu.check([run.stdout.readline() for _ in results] == results, f"at once: {line}")
    os.write(ours, b"\x04")
    elu.check(run.communicate(timeout=10) == ("", "elu: reading numbers; Ctrl-D ends them\n"), "a word of help")
    late.cancel()
    elu.check(run.returncode == 0, "Ctrl-D ends them")
    os.close(ours)


if __name__ == "__main__":
    program = Program(sys.argv[1])
    for test in [test_eval, test_as_pasted, test_rounded_inputs_are_told_on_a_terminal, test_dtypes, test_wrong_use, test_info, test_help, test_verify,
                 test_verify_json, test_verify_wrong_use, test_full_disk, test_unreadable_input, test_json,
                 test_closed_pipe, test_terminal]:
        test(program)
    sys.exit(program.exit_code())
