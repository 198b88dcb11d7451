"""elu table: every row has figures and a verdict; what training measured is computed anew from the results shipped.

    table_test.py ELU PROJECT
"""
import contextlib
import json
import math
import os
import pathlib
import pty
import re
import statistics
import subprocess
import sys

from program import Program

VERDICTS = ["true of real numbers", "true at alpha = 1 only", "true here", "true", "not so here", "not so",
            "not decided"]
ACTIVATIONS = ["relu", "leaky_relu", "elu"]
T_OF_FIVE = 2.7764451051977987  # Student's t: P(|T| <= t) = 0.95 with 4 degrees of freedom


class Results:
    """A results.json, by activation; the same seeds in the same order for each."""

    def __init__(self, path):
        self.all = json.loads(path.read_text())
        self.variants = {v["activation"]: i for i, v in enumerate(self.all["variants"]) if v["alpha"] in (None, 1)}
        self.variants |= {f"alpha_{v['alpha']:g}": i for i, v in enumerate(self.all["variants"]) if v["alpha"]}
        self.thresholds = self.all["thresholds"]

    def runs(self, activation):
        runs = [run for run in self.all["runs"] if run["variant"] == self.variants[activation]]
        return sorted(runs, key=lambda run: run["seed"])

    def mean(self, figure, of=None):
        """The mean over the seeds, of each activation."""
        return {a: statistics.mean(map(figure, self.runs(a))) for a in of or ACTIVATIONS}

    def by_epoch(self, figure, of_seeds):
        epochs = range(self.all["settings"]["epochs"])
        return {a: [of_seeds([figure(run["epochs"][i]) for run in self.runs(a)]) for i in epochs] for a in ACTIVATIONS}

    def advantage(self, figure, threshold, over="relu"):
        """Of ELU over another, by pairs of seeds; the figure is the better the greater it is."""
        gains = [figure(elu) - figure(other) for elu, other in zip(self.runs("elu"), self.runs(over))]
        assert len(gains) == 5, gains
        half = T_OF_FIVE * statistics.stdev(gains) / math.sqrt(len(gains))
        return {"mean": statistics.mean(gains), "half_interval_95_percent": half, "threshold": threshold}

    def share_of_step(self, activation):
        times = next(t for t in self.all["step_times"] if t["variant"] == self.variants[activation])
        return 100 * statistics.median(a / step for a, step in zip(times["activation_ms"], times["step_ms"]))

    def growth(self, activation):
        label = self.all["variants"][self.variants[activation]]["label"]
        curves = self.all["initialisation"]["linear"]["curves"]
        variance = next(c["variance"] for c in curves if (c["label"], c["gain_name"]) == (label, "He"))
        assert len(variance) == 50, len(variance)
        return variance[-1] / variance[0]


def distance(run):
    return statistics.mean(abs(layer["mean"]) for layer in run["epochs"][-1]["layers"])


def dead(epoch):
    layer = next(layer for layer in epoch["layers"] if layer["name"] == "linear 1")
    assert layer["units"] == 256 and all(other["dead"] == 0 for other in epoch["layers"] if other is not layer), epoch
    return layer["dead"]


def lost_to_noise(run):
    accuracy = {point["sigma"]: point["accuracy"] for point in run["robustness"]["noise"]}
    return 100 * (accuracy.pop(0) - statistics.mean(accuracy.values()))


def loss(run):
    return statistics.mean(run["step_losses"])


def accuracy(run):
    return 100 * run["epochs"][-1]["test_accuracy"]


ALPHAS = ["alpha_0.5", "alpha_1", "alpha_2"]
LOSS_OVER_RUN = 0.02  # the threshold in lab/verdicts/claims.cc; docs/results/cifar10 was begun before it was written

# What is shipped, by its key in `elu table --json`, from the results.
SHIPPED = {
    "trained_distance_of_layer_means_from_0": lambda r: r.mean(distance),
    "trained_distance_of_layer_means_from_0_less_than_relu":
        lambda r: r.advantage(lambda run: -distance(run), r.thresholds["zero_centred"]["difference"]),
    "fewest_dead_units_of_256_by_epoch": lambda r: r.by_epoch(dead, min),
    "most_dead_units_of_256_by_epoch": lambda r: r.by_epoch(dead, max),
    "accuracy_lost_to_noise_points": lambda r: r.mean(lost_to_noise),
    "accuracy_lost_to_noise_less_than_relu_points":
        lambda r: r.advantage(lambda run: -lost_to_noise(run), 100 * r.thresholds["noise_robustness"]["difference"]),
    "share_of_training_step_percent": lambda r: {a: r.share_of_step(a) for a in ACTIVATIONS},
    "variance_growth_in_50_layers_ratio": lambda r: {a: r.growth(a) for a in ACTIVATIONS},
    "training_loss_by_epoch": lambda r: r.by_epoch(lambda epoch: epoch["train_loss"], statistics.mean),
    "training_loss_over_all_steps_less_than_relu": lambda r: r.advantage(lambda run: -loss(run), LOSS_OVER_RUN),
    "training_loss_over_158_steps_less_than_relu":
        lambda r: r.advantage(lambda run: -loss(run), r.thresholds["loss_over_run"]["difference"]),
    "test_accuracy_by_alpha_percent": lambda r: r.mean(accuracy, ALPHAS),
    "test_accuracy_of_alpha_1_more_than_of_0.5_points":
        lambda r: r.advantage(accuracy, 100 * r.thresholds["alpha_default"]["difference"], "alpha_0.5"),
    "test_accuracy_of_alpha_1_more_than_of_2_points":
        lambda r: r.advantage(accuracy, 100 * r.thresholds["alpha_default"]["difference"], "alpha_2"),
    "test_accuracy_percent": lambda r: r.mean(accuracy),
    "test_accuracy_more_than_relu_points":
        lambda r: r.advantage(accuracy, 100 * r.thresholds["higher_accuracy"]["difference"]),
}

# So many decimals of each are shown; the others are whole numbers.
DECIMALS = {"trained_distance_of_layer_means_from_0": 3, "trained_distance_of_layer_means_from_0_less_than_relu": 3,
            "accuracy_lost_to_noise_points": 1, "accuracy_lost_to_noise_less_than_relu_points": 2,
            "share_of_training_step_percent": 1, "variance_growth_in_50_layers_ratio": 1, "training_loss_by_epoch": 2,
            "training_loss_over_all_steps_less_than_relu": 3, "test_accuracy_percent": 1,
            "test_accuracy_more_than_relu_points": 2, "training_loss_over_158_steps_less_than_relu": 3,
            "test_accuracy_by_alpha_percent": 1, "test_accuracy_of_alpha_1_more_than_of_0.5_points": 2,
            "test_accuracy_of_alpha_1_more_than_of_2_points": 2}


def rounded(value, decimals):
    if isinstance(value, list):
        return [rounded(one, decimals) for one in value]
    return round(value, decimals)


def normal(x):
    """The distribution of N(0, 1)."""
    return math.erfc(-x / math.sqrt(2)) / 2


def moments(alpha):
    """E[f(z)], E[f(z)^2] and E[f'(z)^2 | z < 0] of ELU, by E[exp(k z); z < 0] = exp(k^2 / 2) normal(-k)."""
    one, two = math.exp(1 / 2) * normal(-1), math.exp(2) * normal(-2)
    mean = 1 / math.sqrt(2 * math.pi) + alpha * (one - 1 / 2)
    return mean, 1 / 2 + alpha**2 * (two - 2 * one + 1 / 2), 2 * alpha**2 * two


def told(elu, *arguments):
    return json.loads(elu.run("table", "--json", *arguments).stdout)


def figures_of(table):
    """Of all rows, but what is computed for that of the alphas, whose keys others have."""
    return {key: figure for row in reversed(table["rows"]) for key, figure in row["figures"].items()}


def near(found, expected):
    return abs(found - expected) <= 1e-12 * max(1, abs(expected))


def test_shipped(elu, project):
    results = Results(project / "docs/results/cifar10/results.json").all
    settings, alphas = results["settings"], [v["alpha"] for v in results["variants"] if v["activation"] == "elu"]
    assert Results(project / "docs/results/alpha/results.json").all["settings"]["epochs"] == 2
    notes = f"alpha {alphas[0]:g}, trained on CIFAR-10, {settings['epochs']} epochs, {len(settings['seeds'])} seeds, "
    elu.check(notes in " ".join(elu.run("table").stdout.split()) and len(alphas) == 1, f"what was trained: {notes}")
    shipped = {key: figure for key, figure in figures_of(told(elu)).items() if "source" in figure}
    elu.check(set(shipped) == set(SHIPPED), f"all that is shipped is computed anew: {set(shipped) ^ set(SHIPPED)}")
    for key, figure in shipped.items():
        expected = SHIPPED[key](Results(project / figure.pop("source")))
        expected = {name: rounded(value, 9 if name == "threshold" else DECIMALS.get(key, 0))
                    for name, value in expected.items()}
        elu.check(figure == expected, f"{key} is {expected}, not {figure}")


def test_verdicts_of_training(elu):
    """By the interval, the threshold and nothing else; what the sentences say besides is so."""
    signs = []
    table = told(elu)
    for row in table["rows"]:
        words = []
        for key, figure in row["figures"].items():
            if "threshold" not in figure:
                continue
            mean, half = figure["mean"], figure["half_interval_95_percent"]
            above, below = mean - half > figure["threshold"], mean + half < figure["threshold"]
            words.append("true here" if above else "not so here" if below else "not decided")
            size = " +- ".join(f"{value:.{DECIMALS[key]}f}" for value in (abs(mean), half))
            elu.check(size in row["because"], f"{row['property']} by {mean}: {row['because']}")
            signs.append(mean > 0)
        word = words[0] if len(set(words)) == 1 else "not decided"
        right = not words or row["verdict"] in [word, word.removesuffix(" here")]
        elu.check(right, f"{row['property']}: {words}, {row}")
    elu.check(signs == [True, False, True, False, True, False, True], f"nearer 0, more lost, a smaller loss, a greater "
              f"one, more accurate, less than with 0.5, more than with 2: {signs}")
    figures = figures_of(table)
    losses, most = figures["training_loss_by_epoch"], figures["most_dead_units_of_256_by_epoch"]
    elu.check(losses["elu"][0] > losses["relu"][0], f"'in epoch 1 above it': {losses}")
    elu.check(most["relu"][0] > 0 == most["elu"][0], f"'after epoch 1 some of ReLU's were dead, none of ELU's': {most}")
    lost = figures["accuracy_lost_to_noise_points"]
    elu.check(lost["elu"] > max(lost["relu"], lost["leaky_relu"]), f"'not for noisy images': {lost}")


def test_computed(elu):
    for alpha in [0.5, 1, 2, 4]:
        figures = figures_of(told(elu, "--alpha", str(alpha)))
        mean, second_moment, passed = moments(alpha)
        gains = math.sqrt(2), math.sqrt(2 / (1 + 0.01**2)), 1 / math.sqrt(second_moment)
        means = 1 / math.sqrt(2 * math.pi), 0.99 / math.sqrt(2 * math.pi), mean
        for key, expected in {"mean_of_f_of_standard_normal": means, "initialisation_gain": gains,
                              "variance_of_noise_passed_at_negative_standard_normal_ratio": (0, 0.0001, passed),
                              "jump_of_derivative_at_0": (1, 0.99, 1 - alpha), "falls_count": (0, 0, 0)}.items():
            found = [figures[key][name] for name in ACTIVATIONS]
            elu.check(all(map(near, found, expected)), f"{key} at alpha {alpha}: {found}, {expected}")
    for alpha in [0.5, 1, 2]:
        mean, second_moment, _ = moments(alpha)
        found = [figure[f"alpha_{alpha}"] for figure in list(told(elu)["rows"][-1]["figures"].values())[:4]]
        elu.check(all(map(near, found, [-alpha, 1 - alpha, mean, 1 / math.sqrt(second_moment)])), f"{alpha}: {found}")


def test_verdicts_of_mathematics(elu):
    """Each changes where it should."""
    at = {alpha: {row["property"]: row["verdict"] for row in told(elu, "--alpha", alpha)["rows"]}
          for alpha in ["0.05", "1", "4"]}
    for name, verdicts in {"smooth at the origin": ["not so", "true at alpha = 1 only", "not so"],
                           "near zero-centred": ["true", "true", "not so"],
                           "He initialisation fits": ["true", "not so", "not so"]}.items():
        elu.check([verdict[name] for verdict in at.values()] == verdicts, f"{name}: {at}")


def test_numbers_of_types(elu):
    for dtype, name, numbers, reached, zero in [("f32", "binary32", "a million", "-17.32868", "-103.972084"),
                                                ("f64", "binary64", "a million", "-37.42994775023705",
                                                 "-745.1332191019412"),
                                                ("f16", "binary16", "all", "-8.32", "-17.34"),
                                                ("bf16", "bfloat16", "all", "-6.25", "-93")]:
        text = elu.run("table", "--dtype", dtype, env={"COLUMNS": "120"}).stdout
        for part in [f"true of real numbers; in {name} it reaches -1 at x = {reached}\n", f"never             {zero}\n",
                     f"no fall among {numbers} numbers of {name}\n", "0.161\n", "1.2452\n",
                     f"f' from the output     0                 never             {reached}\n"]:
            elu.check(part in text, f"elu table --dtype {dtype} says: {part}")


def test_one_relu(elu):
    """The same as in elu bench: by a plain loop ELU would cost a third of that."""
    def of_table():
        cost = figures_of(told(elu))["forward_of_4096_ns_per_element"]
        elu.check((cost["elements"], cost["dtype"]) == (4096, "f32"), f"size and type: {cost}")
        return [cost[key] / cost["relu"] for key in ("elu_accurate", "elu_fast")]

    def of_bench():
        rows = json.loads(elu.run("bench", "--json", "--function", "forward", "--dtype", "f32", "--size", "4096",
                                  "--seconds", "0.3").stdout)["results"]
        return [row["to_relu"] for row in rows if row["function"] == "forward"]

    for _ in range(10):  # on a busy machine
        ratios = [a / b for a, b in zip(of_table(), of_bench(), strict=True)]
        if all(0.6 < ratio < 1.6 for ratio in ratios):
            return
    elu.check(False, f"elu table's cost over elu bench's: {ratios}")


def test_text(elu):
    """What JSON tells stands in the table, in 80 columns, and in more where there are."""
    table, text = told(elu), elu.run("table").stdout
    lines = text.splitlines()
    elu.check(len(table["rows"]) == 12 and max(map(len, lines)) <= 80, f"12 rows in 80 columns: {text}")
    flat = " ".join(text.split())
    for row in table["rows"]:
        elu.check(row["verdict"] in VERDICTS and row["because"] and row["figures"], f"a verdict and figures: {row}")
        sentence = f"{row['property']} {row['verdict']}; {row['because']} "
        elu.check(sentence in flat, f"in the table: {sentence}")
    for key, figure in figures_of(table).items():
        if "source" not in figure or "mean" in figure or key.startswith("most"):
            continue
        cells = [", ".join(f"{v:.{DECIMALS.get(key, 0)}f}" for v in (figure[a] if isinstance(figure[a], list) else
                                                                       [figure[a]])) for a in figure if a != "source"]
        shown = r"\D*\s".join(re.escape(cell).replace("34,", "34-101,") for cell in cells)
        elu.check(any(re.search(rf"^  .*\*\s+{shown}", line) for line in lines), f"{key} in the table: {shown}")
    wide = elu.run("table", env={"COLUMNS": "120"}).stdout.splitlines()
    elu.check(len(wide) < len(lines) and max(map(len, wide)) <= 120, f"shorter in 120 columns: {wide}")
    for arguments in [["--dtype", "f64", "--alpha", "0.3333333333333333"], ["--alpha", "1e-30"], ["--alpha", "1e30"]]:
        result = elu.run("table", *arguments)
        elu.check(result.returncode == 0 and max(map(len, result.stdout.splitlines())) <= 80, f"{arguments}: {result}")


def on_terminal(elu, **environment):
    ours, its = pty.openpty()
    run = subprocess.Popen([elu.path, "table"], stdout=its, env={**os.environ, "TERM": "xterm", **environment})
    os.close(its)
    text = b""
    with contextlib.suppress(OSError):  # of Linux, where the other end is closed
        while part := os.read(ours, 65536):
            text += part
    os.close(ours)
    run.wait()
    return text


def test_colour(elu):
    elu.check(b"\x1b[1mrange" in on_terminal(elu, NO_COLOR=""), "a row's beginning is bold on a terminal")
    elu.check(b"\x1b" not in on_terminal(elu, NO_COLOR="1"), "not with NO_COLOR")
    elu.check("\x1b" not in elu.run("table", env={"TERM": "xterm", "NO_COLOR": ""}).stdout, "nor in a pipe")


if __name__ == "__main__":
    program, project = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    test_shipped(program, project)
    for test in [test_verdicts_of_training, test_computed, test_verdicts_of_mathematics, test_numbers_of_types,
                 test_one_relu, test_text, test_colour]:
        test(program)
    sys.exit(program.exit_code())
