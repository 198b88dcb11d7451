"""bench/pytorch: what is timed runs on the kernels that it is booked under, and the tables say what was measured."""
import functools
import sys

import batch_one
import cases
import pages
import pytest
import ten_epochs
import torch
import who_gains
from torch import nn

import elu.torch

# Three rounds, the second on a machine that is twice as slow.
TIMES = {name: [time, 2 * time, factor * time] for name, time, factor in zip(
    who_gains.CONTESTANTS, (2e-3, 1e-3, 0.5e-3, 4e-4, 1.8e-3, 1.2e-3, 0.4e-3, 0.4e-3), (1, 1, 2, 1, 1, 1, 1, 1))}


@pytest.fixture(autouse=True)
def state_as_before():
    threads = torch.get_num_threads()
    with elu.torch.enabled():
        yield
    torch.set_num_threads(threads)


compiles = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")


def test_contestants_take_turns():
    used = []

    def make(activation, compiled):
        def run():
            info = elu.torch.info()
            used.append((activation, compiled is cases.as_it_is, info["enabled"], info["accuracy"]))
        return run

    times = who_gains.measured(cases.Case("", 1, make), rounds=3)
    assert list(times) == list(who_gains.CONTESTANTS)
    assert all(len(ones) == 3 and min(ones) > 0 for ones in times.values())
    kinds = [(nn.ELU, True, True, "accurate"), (nn.ELU, True, True, "fast"), (nn.ReLU, True, False),
             (nn.ELU, False, False), (nn.ReLU, False, False)]
    assert [sum(one[:len(kind)] == kind for one in used) for kind in kinds] == [4, 4, 4, 12, 4] and len(used) == 32


@compiles
def test_compiled_contestants():
    """Each is compiled by itself, and elu's operations are in those of elu alone."""
    case, before = cases.Case("", 1, functools.partial(cases.function, 1000)), elu.torch.info()["replaced"]
    with torch._inductor.utils.fresh_cache():
        who_gains.measured(case, rounds=1)
    assert elu.torch.info()["replaced"] == before + 2


@pytest.mark.parametrize("case", [cases.Case("", 1, functools.partial(cases.function, 1000)), *cases.NETWORKS[2:3]])
def test_cases_arrive(case):
    before = elu.torch.info()["handled"]
    case.make(nn.ELU)()
    assert elu.torch.info()["handled"] - before == (3 if case.name else 1)


def test_tables():
    networks = [cases.Case("a network", 2, None)]
    table = who_gains.networks_table(networks, {"a network": TIMES})
    assert "| a network | 2 | 2 ms | 0.50 (0.50-0.50) | 0.25 (0.25-0.38) | 0.20 (0.20-0.20) |\n" in table
    assert table.endswith("| 2 | 0.90 (0.90-0.90) | 0.60 (0.60-0.60) | 0.20 (0.20-0.20) | 0.20 (0.20-0.20) |")
    table = who_gains.targets_table({what: TIMES for what, *_ in who_gains.TARGETS})
    assert "| F.elu, 256 Ki floats: elu, fast | PyTorch | 0.25 (0.25-0.38) | 0.20 | missed |" in table
    assert "| 256 floats: elu, accurate | PyTorch | 0.50 (0.50-0.50) | 0.80 | met |" in table
    assert "48000: elu, fast, compiled | ReLU, compiled | 1.00 (1.00-1.00) | 1.03 | met |" in table
    assert [who_gains.duration(t) for t in (2.5, 3.21e-3, 4e-6, 5e-8)] == ["2.5 s", "3.21 ms", "4 us", "50 ns"]


def test_batch_one():
    found = batch_one.measured(1)
    assert set(found) == set(batch_one.KERNELS)
    assert all(0 < times["three F.elu of one number"] < times["the policy"] for times in found.values())
    table = batch_one.table({"PyTorch": dict.fromkeys(found["elu"], 2e-6) | {"three F.elu of one number": 5e-7}})
    assert "| the policy | 2.0 |\n" in table and table.endswith("| so much for its 896 numbers | 1.5 |")


def test_pages(tmp_path):
    page, mark = tmp_path / "page.md", "<!-- make it writes from here -->\n"
    page.write_text("before\n" + mark + "old\n" + pages.END + "after\n" + pages.END)
    for text in ("first", "second"):
        pages.update(page, "make it", text)
    assert page.read_text() == "before\n" + mark + "\nsecond\n\n" + pages.END + "after\n" + pages.END
    for name, command in (("README.md", "make bench-pytorch"), ("docs/pytorch.md", "make bench-pytorch"),
                          ("docs/pytorch.md", "batch_one.py"), ("docs/pytorch.md", "compiled_accuracy.py"),
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
