"""Comparisons that elu-lab makes within seconds."""
import json
import subprocess

from pictures import write_classes
from served import Served

SEEDS = [7, 8]
TRAINING = ["--epochs", "2", "--batch", "16", "--threads", "1"]
GRID = ["--activations", "relu,elu", "--alpha", "0.5", "--lr-factors", "1,1e30"]  # the second rate diverges
VARYING = {"seconds", "date", "command", "step_times"}


class Comparisons:
    """Of 36 images of three colours, in folders of `folder`."""

    def __init__(self, path, server, folder):
        self.lab, self.path, self.folder = Served(path, server), path, folder
        write_classes(folder / "data", 15)

    def compare(self, name, *more, grid=GRID):
        return ["compare", "--data", str(self.folder / "data"), "--seed", str(SEEDS[0]), "--seeds", "2", *grid,
                *TRAINING, *more, "--output", str(self.folder / name)]

    def spawn(self, arguments):
        return subprocess.Popen([self.path, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def results(self, name):
        return json.loads((self.folder / name / "results.json").read_text())

    def finish(self, arguments):
        result = self.lab.run(*arguments)
        self.lab.check(result.returncode == 0 and result.stderr == "", f"{arguments}: {result}")
        return result.stdout.splitlines()


def lasting(value):
    """The same without what depends on the clock."""
    if isinstance(value, dict):
        return {name: lasting(part) for name, part in value.items() if name not in VARYING}
    return [lasting(part) for part in value] if isinstance(value, list) else value
