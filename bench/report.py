"""Makes of what elu-bench measured one table, the verdicts on bench/targets.py, and one file of results.

    report.py MEASURED.json... --output RESULTS.json
    report.py MEASURED.json... --folder FOLDER    FOLDER/<date>-<cpu>.json; text, targets and figures beside it

The first file is that of the best instruction set.
"""
import argparse
import collections
import datetime
import json
import pathlib
import re

import figures
import targets

NOT_PLANNED = "not in this run"


def load(paths):
    """The measured files as one: each time knows the instruction set it was taken with."""
    parts = [json.loads(pathlib.Path(path).read_text()) for path in paths]
    return {
        "date": datetime.date.today().isoformat(),
        "cpu": parts[0]["cpu"],
        "instructions": parts[0]["instructions"],
        "contestants": parts[0]["contestants"],
        "times": [{"instructions": part["instructions"], **row} for part in parts for row in part["times"]],
        "errors": parts[0]["errors"],
    }


def verdicts(results):
    """A line for each target: measured, or why it was not."""
    absent = {c["name"]: c["absent"] for c in results["contestants"] if "absent" in c}
    for target in targets.targets():
        line = {"what": target.what, "n": target.n, "ours": target.ours.contestant, "peer": describe_peer(target),
                "at_most": target.at_most}
        found = targets.judge(target, results["times"], results["instructions"])
        missing = absent.get(target.peer.contestant if target.peer else "", NOT_PLANNED)
        yield line | (found or {"verdict": "not measured", "why": missing})


def describe_peer(target):
    if target.peer is None:
        return "nanoseconds"
    differs = [", inputs normal"] if target.peer.input != target.ours.input else []
    if target.peer.params != target.ours.params:
        differs.append(f", {parameters(target.peer.params)}")
    return target.peer.contestant + "".join(differs)


def size(n):
    for power, letter in (20, " Mi"), (10, " Ki"):
        if n >> power:
            return f"{n >> power}{letter}"
    return str(n)


def parameters(params):
    known = {targets.ELU: "alpha 1", targets.SELU: "SELU"}
    alone = "alpha {:g}" if list(params[1:]) == [1, 1] else "alpha {:g}, scale {:g}, input_scale {:g}"
    return known.get(tuple(params), alone.format(*params))


def describe_error(results, row):
    """The contestant's largest error at these parameters: of normal numbers, of subnormal ones too if larger there."""
    for error in results["errors"]:
        if all(error[key] == row[key] for key in ("contestant", "function", "dtype", "params")):
            normal, subnormal = ("inf" if e["ulp"] is None else f"{e['ulp']:.4g}"
                                 for e in (error["normal"], error["subnormal"]))
            smaller = (error["subnormal"]["ulp"] or 0) <= max(error["normal"]["ulp"] or 0, 0.5)
            return normal if smaller else f"{normal} (subnormal: {subnormal})"
    return ""


def table(results):
    """Lines of text: who took turns stands together."""
    columns = "{:26} {:>9} {:>9} {:>9} {:>9} {:>9} {:>7}  {}"
    last = None
    for row in results["times"]:
        turns = [r for r in results["times"]
                 if (r["instructions"], r["comparison"]) == (row["instructions"], row["comparison"])]
        task = (row["instructions"], row["comparison"], row["function"], row["dtype"], row["params"], row["input"])
        if task != last:
            last = task
            yield ""
            yield (f"{row['function']} {row['dtype']}, {parameters(row['params'])}, inputs {row['input']}, "
                   f"{size(row['n'])} numbers, {row['instructions']}")
            yield columns.format("", "ns/number", "q1", "q3", "x memcpy", "x PyTorch", "GB/s", "largest error, ulp")
        ns = row["ns"]
        ratios = [next((f"{ns['median'] / r['ns']['median']:.2f}" for r in turns if r["contestant"] == peer), "")
                  for peer in ("memcpy", "PyTorch")]
        yield columns.format(row["contestant"], f"{ns['median']:.4f}", f"{ns['q1']:.4f}", f"{ns['q3']:.4f}", *ratios,
                             f"{row['bytes'] / ns['median']:.1f}", describe_error(results, row)).rstrip()


def takers(results):
    """Who took part, in which version, and who did not and why."""
    present = dict.fromkeys(f"{c['name']} {c['version']}" for c in results["contestants"]
                            if "absent" not in c and "threads" not in c["name"])
    yield "took part: " + "; ".join(present)
    for contestant in results["contestants"]:
        if "absent" in contestant:
            yield f"ABSENT: {contestant['name']}: {contestant['absent']}"


def verdict_rows(lines):
    """Cells: target, numbers, beside, ratio, at most, verdict. What no run of this kind measures is left out."""
    yield "target", "numbers", "beside", "ratio", "at most", "verdict"
    for line in lines:
        if line.get("why") != NOT_PLANNED:
            ratio, at_most = (f"{line[key]:.2f}" if line.get(key) else "" for key in ("ratio", "at_most"))
            verdict = line["verdict"] + (f": {line['why']}" if "why" in line else "")
            yield line["what"], size(line["n"]), line["peer"], ratio, at_most, verdict


def verdict_table(lines):
    for cells in verdict_rows(lines):
        yield "{:46} {:>7}  {:30} {:>8} {:>8}  {}".format(*cells)
    count = collections.Counter(line["verdict"] for line in lines)
    yield "; ".join(f"{number} {verdict}" for verdict, number in sorted(count.items()))


def markdown(lines):
    header, *rows = verdict_rows(lines)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (header, ["---"] * len(header), *rows))


def text(results):
    title = f"{results['cpu']}, {results['instructions']}, one thread; medians and quartiles of repetitions in turns"
    return "\n".join([title, *table(results), "", *takers(results), "", *verdict_table(results["targets"])])


def write_folder(results, folder):
    """The text and the figures, beside the path of the JSON, which is returned."""
    cpu = re.sub("[^a-z0-9]+", "-", results["cpu"].lower())
    output = folder / f"{results['date']}-{cpu}.json"
    folder.mkdir(parents=True, exist_ok=True)
    output.with_suffix(".txt").write_text(text(results) + "\n")
    figures.draw(results, output.with_suffix(""))
    return output


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("measured", nargs="+")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--output", type=pathlib.Path)
    where.add_argument("--folder", type=pathlib.Path)
    arguments = parser.parse_args()
    results = load(arguments.measured)
    results["targets"] = list(verdicts(results))
    print(text(results))
    output = arguments.output or write_folder(results, arguments.folder)
    output.write_text(json.dumps(results, indent=1) + "\n")
    print(f"\nwritten: {output}")


if __name__ == "__main__":
    main()
