"""docs/results: verdicts and figures are made of the results, and so is every number that README and a page say of them.

    stored_results_test.py ELU_LAB PROJECT

The numbers are computed here anew from results.json.
"""
import json
import math
import pathlib
import re
import statistics
import sys
import tempfile

from program import Program

T_OF_FIVE = 2.7764451051977987  # Student's, 4 degrees of freedom, 95 %
WINDOW = 50


class Results:
    """A results.json: runs by the label of their variant, in the order of the seeds."""

    def __init__(self, folder):
        self.all = json.loads((folder / "results.json").read_text())

    def runs(self, label, factor=1):
        number = next(i for i, v in enumerate(self.all["variants"])
                      if v["label"] == label and v["learning_rate_factor"] == factor)
        return [run for run in self.all["runs"] if run["variant"] == number]

    def paired(self, metric, subject, baseline):
        """(mean, half the interval) of the differences of five pairs."""
        differences = [metric(ours) - metric(theirs) for ours, theirs in zip(self.runs(subject), self.runs(baseline))]
        assert len(differences) == 5
        return statistics.mean(differences), T_OF_FIVE * statistics.stdev(differences) / math.sqrt(5)

    def step_ratio(self, subject, baseline):
        """(mean, low, high) of the percentage by which a step is longer, of the rounds' logarithms."""
        label = [v["label"] for v in self.all["variants"]]
        times = {label[t["variant"]]: t["step_ms"] for t in self.all["step_times"]}
        logs = [math.log(a / b) for a, b in zip(times[subject], times[baseline])]
        mean, half = statistics.mean(logs), 2.0930240544082634 * statistics.stdev(logs) / math.sqrt(len(logs))
        assert len(logs) == 20
        return [100 * math.expm1(x) for x in (mean, mean - half, mean + half)]


def accuracy(run):
    return 100 * run["epochs"][-1]["test_accuracy"]


def lost(run):
    noise = {point["sigma"]: 100 * point["accuracy"] for point in run["robustness"]["noise"]}
    return noise[0] - statistics.mean(value for sigma, value in noise.items() if sigma)


def dead(run, epoch):
    """The share of units of linear 1, in per cent."""
    layer = next(layer for layer in run["epochs"][epoch - 1]["layers"] if layer["name"] == "linear 1")
    return 100 * layer["dead"] / layer["units"]


def passed(run):
    """Of the variance of noise at negative pre-activations, in per cent."""
    return 100 * statistics.mean(point["negative"] for layer in run["preactivation_noise"]["layers"]
                                 for point in layer["transmitted"])


def smoothed(run):
    losses = run["step_losses"]
    return [statistics.fmean(losses[end - WINDOW:end]) for end in range(WINDOW, len(losses) + 1)]


def loss_sides(results, subject, baseline):
    """At each step from WINDOW on: 1 where the subject's loss is above with its whole interval, -1 below, else 0."""
    pairs = [(smoothed(a), smoothed(b)) for a, b in zip(results.runs(subject), results.runs(baseline))]
    sides = []
    for i in range(len(pairs[0][0])):
        differences = [ours[i] - theirs[i] for ours, theirs in pairs]
        mean, half = statistics.mean(differences), T_OF_FIVE * statistics.stdev(differences) / math.sqrt(5)
        sides.append(1 if mean - half > 0 else -1 if mean + half < 0 else 0)
    return sides


def useless(runs):
    """Runs that diverged, or end within a tenth of the way from guessing one of ten classes to all."""
    return sum(run["diverged"] or accuracy(run) < 19 for run in runs)


ELU, RELU, LEAKY, SELU = "ELU (alpha 1)", "ReLU", "Leaky ReLU (0.01)", "SELU"


def sentences(cifar10, alpha, no_norm):
    """What README and docs/results/README.md say, with the numbers of the results."""
    sides = loss_sides(cifar10, ELU, RELU)
    above, below = (WINDOW + i for i in (len(sides) - 1 - sides[::-1].index(1), sides.index(-1)))
    assert set(sides[:above - WINDOW + 1]) <= {0, 1} and set(sides[below - WINDOW:]) <= {0, -1}
    first = [dead(run, 1) for run in cifar10.runs(RELU)]
    assert all(dead(run, epoch) == 0 for run in cifar10.runs(RELU) for epoch in (2, 3))
    assert all(dead(run, epoch) == 0 for run in cifar10.runs(ELU) for epoch in (1, 2, 3))
    ratio, low, high = alpha.step_ratio(ELU, RELU)
    half, double = (alpha.paired(accuracy, f"ELU (alpha {value})", ELU) for value in (0.5, 2))
    assert half[0] < half[1] and -double[0] < double[1], "neither is decided"
    readme = [
        f"ELU ends {cifar10.paired(accuracy, ELU, RELU)[0]:.2f} points above ReLU and "
        f"{cifar10.paired(accuracy, ELU, LEAKY)[0]:.2f} above Leaky ReLU.",
        f"above ReLU's up to step {above} of {len(sides) + WINDOW - 1} and below it from step {below} on.",
        f"After the first epoch {min(first):.1f} to {max(first):.1f} % of ReLU's units in `linear 1` are dead",
        f"Noise costs ELU {cifar10.paired(lost, ELU, RELU)[0]:.2f} points more than ReLU.",
        f"A step takes {ratio:.1f} % longer, with an interval of {low:.1f} to {high:.1f} %",
        f"alpha 0.5 ends {half[0]:.2f} points above alpha 1 and alpha 2 {-double[0]:.2f} below",
    ]
    assert all(side == 1 for side in loss_sides(alpha, ELU, RELU)), "above at every step"
    last = [dead(run, 2) for run in alpha.runs(RELU)]
    assert all(dead(run, epoch) == 0 for run in alpha.runs(ELU) for epoch in (1, 2))
    through = [statistics.mean(passed(run) for run in alpha.runs(label)) for label in (ELU, RELU)]
    assert useless(no_norm.runs(ELU)) == 1 and useless(no_norm.runs(RELU)) == 0
    assert sum(run["diverged"] for run in no_norm.runs(SELU)) == 4
    assert [useless(no_norm.runs(label, 16)) for label in (RELU, ELU)] == [5, 5]
    page = [
        f"ELU with alpha 1 ends {alpha.paired(accuracy, ELU, RELU)[0]:.2f} points above ReLU",
        f"Alpha 0.5 ends {half[0]:.2f} points above alpha 1 and alpha 2 {-double[0]:.2f} below; neither is decided.",
        f"with {min(last):.1f} to {max(last):.1f} % of ReLU's units in `linear 1` dead after the last epoch",
        f"{through[0]:.1f} % pass ELU and {through[1]:.1f} % ReLU.",
        f"At four times that rate {useless(no_norm.runs(RELU, 4))} of ReLU's five runs are useless and "
        f"{useless(no_norm.runs(ELU, 4))} of ELU's",
    ]
    return {"README.md": readme, "docs/results/README.md": page}


def tables(results, label):
    """The row of a variant in the tables of the pages."""
    values = [accuracy(run) for run in results.runs(label)]
    return f"{statistics.mean(values):6.1f} % {f'({min(values):.1f}-{max(values):.1f})':>15}"


def reports(lab, folder, names):
    with tempfile.TemporaryDirectory() as name:
        html, svg = pathlib.Path(name) / "report.html", pathlib.Path(name) / "loss.svg"
        printed = lab.run("report", *(str(folder / one) for one in names), "--output", str(html), "--figure", str(svg))
        lab.check(printed.returncode == 0, printed)
        for made, kept in [(printed.stdout, "verdicts.txt"), (html.read_text(), "report.html"),
                           (svg.read_text(), "loss.svg")]:
            lab.check(without_places(made) == without_places((folder / kept).read_text()),
                      f"docs/results/{kept} is what elu-lab report makes now")


def without_places(text):
    """Without attributes of numbers, whose last digits processors may round otherwise."""
    return re.sub(r'"[^"]*[0-9][^"]*"', '""', text)


def shipped_answer(lab, project):
    """What elu-lab compare shows where it has too few seeds of its own."""
    literals = re.findall(r'^ +"(.*)";?$', (project / "lab/compare/shipped_answer.h").read_text(), re.M)
    first, *answer = "".join(literals).split(r"\n")[:-1]
    verdicts = (project / "docs/results/verdicts.txt").read_text()
    begin = "\n".join(["Verdicts of cifar10", *answer, ""])
    lab.check(len(answer) == 3 and verdicts.startswith(begin), f"{first} are the sentences of verdicts.txt")


def main(path, project):
    lab, folder, names = Program(path), project / "docs" / "results", ("cifar10", "alpha", "no-norm")
    reports(lab, folder, names)
    shipped_answer(lab, project)
    results = [Results(folder / name) for name in names]
    lab.check(all(len(one.all["settings"]["seeds"]) == 5 for one in results), "five seeds")
    for page, wanted in sentences(*results).items():
        text = " ".join((project / page).read_text().split())
        for sentence in wanted:
            lab.check(sentence in text, f"{page} says: {sentence}")
    readme, page = ((project / name).read_text().splitlines() for name in ("README.md", "docs/results/README.md"))
    for label in (RELU, LEAKY, ELU):
        row = tables(results[0], label)
        lab.check(any(label in line and row in line for line in readme), f"README has {label} {row}")
    for label in (RELU, ELU, "ELU (alpha 0.5)", "ELU (alpha 2)"):
        row = tables(results[1], label)
        lab.check(any(label in line and row in line for line in page), f"docs/results has {label} {row}")
    return lab.exit_code()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
