"""docs/results: the verdicts, the figure and README's table are those of the committed results.

    stored_results_test.py ELU_LAB PROJECT
"""
import json
import pathlib
import re
import statistics
import sys
import tempfile

from program import Program


def accuracies(results, variant):
    """Of the last epochs, in per cent, one a seed."""
    return [100 * run["epochs"][-1]["test_accuracy"] for run in results["runs"]
            if run["variant"] == variant and not run["diverged"]]


def without_places(text):
    """Without attributes of numbers, whose last digits processors may round otherwise."""
    return re.sub(r'"[^"]*[0-9][^"]*"', '""', text)


def main(path, project):
    lab, folder = Program(path), project / "docs" / "results"
    with tempfile.TemporaryDirectory() as name:
        html, svg = pathlib.Path(name) / "report.html", pathlib.Path(name) / "loss.svg"
        printed = lab.run("report", str(folder / "cifar10"), "--output", str(html), "--figure", str(svg))
        lab.check(printed.returncode == 0, printed)
        for made, kept in [(printed.stdout, "verdicts.txt"), (html.read_text(), "report.html"),
                           (svg.read_text(), "loss.svg")]:
            lab.check(without_places(made) == without_places((folder / kept).read_text()),
                      f"docs/results/{kept} is what elu-lab report makes now")
    readme = (project / "README.md").read_text()
    results = json.loads((folder / "cifar10" / "results.json").read_text())
    lab.check(len(results["settings"]["seeds"]) == 5 and results["settings"]["epochs"] == 3, "five seeds, three epochs")
    for number, variant in enumerate(results["variants"]):
        values = accuracies(results, number)
        row = f"{statistics.mean(values):6.1f} % {f'({min(values):.1f}-{max(values):.1f})':>15}"
        lab.check(len(values) == 5 and any(variant["label"] in line and row in line for line in readme.splitlines()),
                  f"README has {variant['label']} {row}")
    return lab.exit_code()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
