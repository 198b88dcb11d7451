#!/usr/bin/python3
"""Puts the newest results of `make bench` into docs/performance.md, between its two marks.

    bench/performance.py     from the project's root
"""
import glob
import json
import sys

import report

PAGE, BEGIN, END = "docs/performance.md", "<!-- make bench writes from here -->\n", "<!-- to here -->\n"


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


def updated(page, results, stem):
    """The page with these results, which lie at `stem`, between its marks."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + tables(results, stem) + END + rest.split(END)[1]


def main():
    path = max(glob.glob("bench/results/*.json"))
    with open(path, encoding="utf-8") as file:
        results = json.load(file)
    with open(PAGE, encoding="utf-8") as file:
        page = file.read()
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(updated(page, results, path.removesuffix(".json")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
