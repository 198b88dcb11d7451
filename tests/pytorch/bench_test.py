"""bench/pytorch: what is timed runs on the kernels that it is booked under, and the tables say what was measured."""
import functools
import sys

import cases
import pages
import pytest
import ten_epochs
import torch
import who_gains
from torch import nn

import elu.torch

# Three rounds, the second on a machine that is twice as slow.
TIMES = {name: [time, 2 * time, factor * time] for name, time, factor in (
    (who_gains.PYTORCH, 2e-3, 1), (who_gains.ACCURATE, 1e-3, 1), (who_gains.FAST, 0.5e-3, 2), (who_gains.RELU, 4e-4, 1))}


@pytest.fixture(autouse=True)
def state_as_before():
    threads = torch.get_num_threads()
    with elu.torch.enabled():
        yield
    torch.set_num_threads(threads)


def test_contestants_take_turns():
    used = []

    def make(activation):
        def run():
            info = elu.torch.info()
            used.append((activation, info["enabled"], info["accuracy"]))
        return run

    times = who_gains.measured(cases.Case("", 1, make), rounds=3)
    assert list(times) == list(who_gains.CONTESTANTS) and all(len(ones) == 3 and min(ones) > 0 for ones in times.values())
    kinds = [(nn.ELU, True, "accurate"), (nn.ELU, True, "fast"), (nn.ReLU, False)]
    assert [sum(one[:len(kind)] == kind for one in used) for kind in kinds] == [4, 4, 4] and len(used) == 16


@pytest.mark.parametrize("case", [cases.Case("", 1, functools.partial(cases.function, 1000)), *cases.NETWORKS[2:3]])
def test_cases_arrive(case):
    before = elu.torch.info()["handled"]
    case.make(nn.ELU)()
    assert elu.torch.info()["handled"] - before == (3 if case.name else 1)


def test_tables():
    networks = [cases.Case("a network", 2, None)]
    assert who_gains.networks_table(networks, {"a network": TIMES}).endswith(
        "| a network | 2 | 2 ms | 0.50 (0.50-0.50) | 0.25 (0.25-0.38) | 0.20 (0.20-0.20) |")
    table = who_gains.targets_table({what: TIMES for what, *_ in who_gains.TARGETS})
    assert "| F.elu, 256 Ki floats: elu, fast | PyTorch | 0.25 (0.25-0.38) | 0.20 | missed |" in table
    assert "| 256 floats: elu, accurate | PyTorch | 0.50 (0.50-0.50) | 0.80 | met |" in table
    assert [who_gains.duration(t) for t in (2.5, 3.21e-3, 4e-6, 5e-8)] == ["2.5 s", "3.21 ms", "4 us", "50 ns"]


def test_pages(tmp_path):
    page, mark = tmp_path / "page.md", "<!-- make it writes from here -->\n"
    page.write_text("before\n" + mark + "old\n" + pages.END + "after\n" + pages.END)
    for text in ("first", "second"):
        pages.update(page, "make it", text)
    assert page.read_text() == "before\n" + mark + "\nsecond\n\n" + pages.END + "after\n" + pages.END
    for name, command in (("README.md", "make bench-pytorch"), ("docs/pytorch.md", "make bench-pytorch"),
                          ("docs/results/README.md", "make bench-training")):
        assert (pages.PROJECT / name).read_text().count(f"<!-- {command} writes from here -->") == 1


def test_ten_epochs():
    lines = ["epoch 1 of 3: loss 2.1, test loss 1.4, test accuracy 49.3 %, 500 images/s, 1:00 left",
             "epoch 2 of 3: loss 1.3, test accuracy 63.7%, 1000 images/s",
             "epoch 3 of 3: loss 1.1, test accuracy 70.0 %, 250 images/s"]
    row = ten_epochs.trained("it", [sys.executable, "-c", f"print({chr(10).join(lines)!r})"])
    assert row == ("it", 3, 70.0, 100.0)
    assert "| it | 3 | 70.0 % | 100.0 s | 0.50 |" in ten_epochs.table([row, ("other", 1, 60.0, 200.0)])
    with pytest.raises(SystemExit, match="ended with 3"):
        ten_epochs.trained("it", [sys.executable, "-c", "raise SystemExit(3)"])
