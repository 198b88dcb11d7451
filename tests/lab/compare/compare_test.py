"""elu-lab compare: a comparison that is killed or interrupted ends with the results of one that never stopped.

    compare_test.py ELU_LAB LAB_SERVE    (needs numpy and Pillow)
"""
import json
import math
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from faults import killed_at_random, spawn
from grids import SEEDS, TRAINING, Comparisons, lasting

KILLED_WITHIN = 0.3  # of the time that a comparison takes
SMALL_GRID = ["--activations", "elu", "--alpha", "1"]  # kills reach each part of its work
NAMES = ["relu-batch-lr1", "relu-batch-lr1e+30", "elu-0.5-batch-lr1", "elu-0.5-batch-lr1e+30"]


def check_run(check, run):
    if run["diverged"]:
        check(len(run["step_losses"]) < 6 and "robustness" not in run, f"cut where it diverged: {run}")
        return
    check([epoch["epoch"] for epoch in run["epochs"]] == [1, 2], f"two epochs: {run}")
    check(len(run["step_losses"]) == 6 and all(map(math.isfinite, run["step_losses"])), f"six steps: {run}")
    first, images = run["step_losses"][:3], [16, 16, 4]
    mean = sum(loss * count for loss, count in zip(first, images)) / 36
    check(math.isclose(mean, run["epochs"][0]["train_loss"], rel_tol=1e-12), f"{first} have that mean: {run}")
    for epoch in run["epochs"]:
        check([layer["units"] for layer in epoch["layers"]] == [64, 128, 256], f"three layers: {epoch}")
        check(len(epoch["gradient_norms"]) == 4, f"four weights: {epoch}")
    check(run["robustness"]["images"] == 9, f"nine images: {run['robustness']}")
    check(run["robustness"]["noise"][0]["accuracy"] == run["epochs"][-1]["test_accuracy"], f"no noise: {run}")


def test_whole(comparisons):
    check = comparisons.lab.check
    lines = comparisons.finish(comparisons.compare("whole"))
    check(lines[0].startswith("ReLU, seed 7: test accuracy ") and lines[0].endswith(" left"), lines[0])
    check(re.match(r"ELU \(alpha 0.5\), lr x 1e\+30, seed 8: diverged after [1-5] steps?, 0:00 left", lines[7]),
          lines[7])
    table = lines[9:]
    check(table[0].startswith("network ") and table[5] == table[-2] == "", f"{table}")
    check(table[-1].startswith("report: "), f"{table}")
    check(table[6] == "2 seeds decide nothing." and "1.51 points above ReLU" in "".join(table[11:]), f"{table}")
    check(table[2].endswith("2 of 2 diverged") and table[3].startswith("ELU (alpha 0.5) "), f"{table}")
    results = comparisons.results("whole")
    check([variant["name"] for variant in results["variants"]] == NAMES, f"{results['variants']}")
    check([(run["seed"], run["variant"]) for run in results["runs"]] == [(s, v) for s in SEEDS for v in range(4)],
          "seed by seed")
    check([run["diverged"] for run in results["runs"]] == [False, True] * 4, "the greater rate diverges, no other")
    for run in results["runs"]:
        check_run(check, run)
    check([times["variant"] for times in results["step_times"]] == [0, 2], "one time a network")
    check(results["settings"]["seeds"] == SEEDS and results["settings"]["train_images"] == 36, f"{results['settings']}")
    plan = json.loads((comparisons.folder / "whole" / "plan.json").read_text())
    check(plan["thresholds"] == results["thresholds"] != {}, "the thresholds are the plan's")
    left = sorted(path.name for path in (comparisons.folder / "whole").rglob("*") if path.is_file())
    check("state.safetensors" not in left and not any(name.endswith(".part") for name in left), f"{left}")


def test_probes_change_nothing(comparisons):
    """A run of the grid has the weights that the same training alone has."""
    comparisons.finish(["train", "--data", str(comparisons.folder / "data"), "--activation", "elu", "--alpha", "0.5",
                        "--seed", "8", *TRAINING, "--output", str(comparisons.folder / "alone")])
    cell = comparisons.folder / "whole" / "runs" / "elu-0.5-batch-lr1-seed8"
    alone = comparisons.folder / "alone"
    comparisons.lab.check((cell / "weights.safetensors").read_bytes() == (alone / "weights.safetensors").read_bytes(),
                          "measuring changes no weight")
    comparisons.lab.refuses(["train", "--resume", str(cell)], 1, "is part of a comparison")


def test_interruptions(comparisons):
    """Ctrl-C, then SIGKILL at random moments, the same command again each time; as many comparisons as it takes."""
    number = 0

    def killed():
        return comparisons.compare(f"killed{number}", grid=SMALL_GRID)

    began = time.monotonic()
    comparisons.finish(comparisons.compare("never-killed", grid=SMALL_GRID))
    seconds = time.monotonic() - began
    process = comparisons.spawn(killed())
    process.stdout.readline()
    stop(comparisons, process)

    def ends_well(process):
        nonlocal number
        if process.returncode == 0:
            same(comparisons, f"killed{number}")
            number += 1

    killed_at_random(lambda: spawn([comparisons.path, *killed()], stdout=subprocess.DEVNULL), KILLED_WITHIN * seconds,
                     ends_well)
    comparisons.finish(killed())
    same(comparisons, f"killed{number}")


def same(comparisons, name):
    equal = lasting(comparisons.results(name)) == lasting(comparisons.results("never-killed"))
    comparisons.lab.check(equal, f"{name} has other results than one that never stopped")


def stop(comparisons, process):
    process.send_signal(signal.SIGINT)
    message = process.communicate(timeout=60)[1]
    in_one_line = message.count("\n") == 1 and "the same command goes on" in message
    comparisons.lab.check(process.returncode == 130 and in_one_line, f"Ctrl-C: {process.returncode} {message}")


def test_lock(comparisons):
    """A folder at work is left alone."""
    arguments = comparisons.compare("long")
    arguments[arguments.index("--epochs") + 1] = "1000"
    process = comparisons.spawn(arguments)
    while not (comparisons.folder / "long" / "plan.json").exists() and process.poll() is None:
        time.sleep(0.02)
    comparisons.lab.refuses(arguments, 1, "another elu-lab is at work there")
    stop(comparisons, process)


def test_refusals(comparisons):
    lab, folder = comparisons.lab, comparisons.folder
    before = (folder / "whole" / "results.json").read_bytes()
    for more, word in [(["--epochs", "3"], "epochs 2, now 3"), (["--seeds", "3"], "seeds [7,8], now [7,8,9]"),
                       (["--alpha", "1"], "elu-1-batch-lr1"), (["--threads", "2"], "threads 1, now 2"),
                       (["--images", "30"], "train_images 36, now 30"), (["--no-augment"], "augment true, now false")]:
        arguments = comparisons.compare("whole")
        if more[0] in arguments:
            at = arguments.index(more[0])
            del arguments[at:at + 2]
        lab.refuses([*arguments, *more], 1, "holds a comparison with", word, "another --output")
    lab.refuses(comparisons.compare("whole", "--images", "99"), 1, "36 training images, 99 were asked for")
    result = folder / "whole" / "runs" / "relu-batch-lr1-seed7" / "result.json"
    result.write_bytes(result.read_bytes()[:-2])
    lab.refuses(comparisons.compare("whole"), 1, "result.json: is damaged")
    (folder / "data" / "red" / "000.png").unlink()
    lab.refuses(comparisons.compare("whole"), 1, "test_images 9, now 8")
    (folder / "whole" / "plan.json").write_text("{}")
    lab.refuses(comparisons.compare("whole"), 1, "plan.json: is not what elu-lab compare writes")
    (folder / "whole" / "plan.json").unlink()
    lab.refuses(comparisons.compare("whole"), 1, "holds runs without a plan.json")
    lab.check((folder / "whole" / "results.json").read_bytes() == before, "what is refused changes nothing")
    lab.refuses(["compare", "--data", str(folder / "data"), "--output", "/proc/elu"], 1, "cannot write /proc/elu")


def main(path, server):
    with tempfile.TemporaryDirectory() as name:
        comparisons = Comparisons(path, server, pathlib.Path(name))
        test_whole(comparisons)
        test_probes_change_nothing(comparisons)
        test_interruptions(comparisons)
        test_lock(comparisons)
        test_refusals(comparisons)
        return comparisons.lab.exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
