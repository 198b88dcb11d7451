#!/usr/bin/python3
"""Puts the newest results of `make bench` into docs/performance.md and README.md, between their two marks.

    bench/performance.py     from the project's root
"""
import glob
import json
import sys

import report
import targets

BEGIN, END = "<!-- make bench writes from here -->\n", "<!-- to here -->\n"
PEERS_SHOWN = ("memcpy", "ReLU", "elu fast", "elu accurate", "XNNPACK", "oneDNN", "OpenVINO", "PyTorch", "JAX",
               "ONNX Runtime", "Eigen", "std::expm1 loop")


def worst_inputs(lines):
    """The line of the largest ratio for each kernel, of those named "kernel, inputs kind" that were measured."""
    worst = {}
    for line in (line for line in lines if line.get("ratio")):
        kernel = line["what"].split(", inputs ")[0]
        if kernel not in worst or line["ratio"] > worst[kernel]["ratio"]:
            worst[kernel] = line
    return list(worst.values())


def tables(results, stem):
    inputs = [line for line in results["targets"] if ", inputs " in line["what"]]
    rest = [line for line in results["targets"] if line not in inputs]
    rows = "".join(f"| {line['what']} | {line['ratio']:.2f} | {line['verdict']} |\n" for line in worst_inputs(inputs))
    return f"""
{results['cpu']}, {results['instructions']}, {results['date']}; [all of it](../{stem}.txt), [as data](../{stem}.json).

![Time against size: nanoseconds a number for 16, 4 Ki, 256 Ki and 32 Mi floats](../{stem}-time.svg)

![Error against time: the largest error of each library beside its speed](../{stem}-error.svg)

{report.markdown(rest)}

Inputs of other kinds (positive, negative, below -20, half subnormal, random signs) beside N(0,1), 256 Ki numbers, at
most 1.3; the kind that takes longest:

| kernel and inputs | ratio | verdict |
| --- | --- | --- |
{rows}
"""


def peers(results, _):
    """Errors and times of forward at alpha 1 in float32, the quickest first."""
    forward = {"function": "forward", "dtype": "f32", "params": [1, 1, 1]}
    sample = {**forward, "input": "normal", "n": targets.L2, "instructions": results["instructions"]}
    lines = [line for line in results["times"] if line.items() >= sample.items()]
    turns = min(line["comparison"] for line in lines)  # of those which took turns with one another
    times = {line["contestant"]: line["ns"]["median"] for line in lines if line["comparison"] == turns}
    errors = {line["contestant"]: line["normal"]["ulp"] for line in results["errors"]
              if line.items() >= forward.items()}
    rows = ""
    for name in sorted((name for name in PEERS_SHOWN if name in times), key=times.get):
        error = errors.get(name)
        shown = "" if error is None else f"{error:.2f}" if error < 100 else f"{error:,.0f}"
        rows += f"| {name.replace('elu ', 'elu, ')} | {shown} | {times[name] / times['PyTorch']:.2f} |\n"
    return f"""
| {results['cpu']} | largest error, ulp | time / PyTorch's |
| --- | --- | --- |
{rows}
"""


PAGES = {"docs/performance.md": tables, "README.md": peers}


def updated(page, text):
    """The page with this text between its marks."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + text + END + rest.split(END, 1)[1]


def main():
    path = max(glob.glob("bench/results/*.json"))
    with open(path, encoding="utf-8") as file:
        results = json.load(file)
    for name, text in PAGES.items():
        with open(name, encoding="utf-8") as file:
            page = file.read()
        with open(name, "w", encoding="utf-8") as file:
            file.write(updated(page, text(results, path.removesuffix(".json"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
