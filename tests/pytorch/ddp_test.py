"""examples/python: the ordinary program, and two processes under torchrun."""
import os
import pathlib
import re
import subprocess
import sys

import numpy as np
import pytest
import torch
from convnet_elu import read_images

PROJECT = pathlib.Path(__file__).parents[2]
EXAMPLES = PROJECT / "examples" / "python"
WORKER = PROJECT / "tests" / "pytorch" / "ddp_worker.py"


def run(*words, processes=None):
    """A program's completed process: by itself, or under torchrun, on this machine's own network."""
    torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(processes)] if processes else []
    environment = {**os.environ, "GLOO_SOCKET_IFNAME": "lo", "OMP_NUM_THREADS": "1"}
    return subprocess.run([sys.executable, *torchrun, *map(str, words)], env=environment, capture_output=True,
                          text=True, timeout=300)


def printed(result):
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_gradients_of_two_processes_are_those_of_one(tmp_path):
    for processes in (1, 2):
        assert "handled 6" in printed(run(WORKER, tmp_path / f"{processes}.pt", processes=processes))
    one, two = (torch.load(tmp_path / f"{processes}.pt") for processes in (1, 2))
    assert list(one) == list(two) and len(one) == 12
    for name, gradient in one.items():
        assert float(gradient.abs().max()) > 0, name
        torch.testing.assert_close(two[name], gradient, rtol=0, atol=1e-5)


def test_train_ddp(tmp_path):
    weights = tmp_path / "made" / "weights.pt"
    output = printed(run(EXAMPLES / "train_ddp.py", "--batch", 16, "--max-steps", 21, "--output", weights, processes=2))
    losses = [float(loss) for loss in re.findall(r"loss (\S+)", output)]
    assert len(losses) == 3 and losses[-1] < losses[0]
    assert "2 processes; this one's calls on elu: 126;" in output  # three activations, there and back, 21 times
    assert len(torch.load(weights)) == 18


def test_convnet_elu():
    output = printed(run(EXAMPLES / "convnet_elu.py", "--steps", 12, "--batch", 8))
    assert "elu computed: 78" in output  # twelve steps' three layers and gradients, two batches of the test
    assert "epoch 1 of 10: loss " in output and "test accuracy " in output
    plain = printed(run(EXAMPLES / "convnet_elu.py", "--steps", 1, "--batch", 8, "--kernels", "pytorch"))
    assert "epoch 1 of 10: loss " in plain and "elu computed" not in plain


def test_images(tmp_path):
    records = np.arange(2 * 3073, dtype=np.int64).astype(np.uint8).reshape(2, 3073)
    records[:, 0] = 7, 2
    records.tofile(tmp_path / "data_batch_1.bin")
    pixels, labels = read_images(tmp_path)
    assert labels.tolist() == [7, 2] and pixels.shape == (2, 3, 32, 32) and pixels[1, 2, 31, 31] == records[1, -1]
    (tmp_path / "data_batch_1.bin").write_bytes(b"12")
    with pytest.raises(OSError, match="cut short"):
        read_images(tmp_path)


@pytest.mark.parametrize("words, says", [
    (["convnet_elu.py", "--data", "/nowhere"], (1, "convnet_elu: /nowhere has no data_batch_")),
    (["train_ddp.py"], (2, "torchrun starts this program")),
])
def test_wrong_use(words, says):
    result = run(EXAMPLES / words[0], *words[1:])
    assert result.returncode == says[0] and says[1] in result.stderr and "Traceback" not in result.stderr
