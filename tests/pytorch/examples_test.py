"""The examples of PyTorch: a figure by autograd, linear attention where elu(x) + 1 fails, a quiet signal compiled."""
import math
import subprocess
import sys

import linear_attention
import pytest
import quiet_signal
import torch
import two_panels
from handled import on_elu

import elu.torch


def test_curves():
    x = torch.linspace(-5, 5, 101)
    with on_elu(calls=6):  # three of ELU, three of its gradient
        curves = two_panels.curves(x)
    assert list(curves) == ["ELU, alpha 0.5", "ELU, alpha 1", "ELU, alpha 2", "ReLU"]
    for (y, dx), alpha in zip(curves.values(), (0.5, 1, 2, 0)):
        wide = x.double()
        torch.testing.assert_close(y, torch.where(wide > 0, wide, alpha * wide.expm1()).float(), rtol=1e-6, atol=0)
        torch.testing.assert_close(dx, torch.where(wide > 0, 1, alpha * wide.exp()).float(), rtol=1e-6, atol=0)


def test_figure(tmp_path):
    result = subprocess.run([sys.executable, two_panels.__file__, tmp_path / "elu.svg"], capture_output=True, text=True)
    assert result.stdout.endswith("elu computed: 6\n") and result.returncode == 0, result
    drawn = (tmp_path / "elu.svg").read_text()
    assert "<svg" in drawn and "ELU, alpha 0.5" in drawn


@pytest.mark.parametrize("words, text", [(["elu.nothing"], "not supported"), (["absent/elu.svg"], "No such file")])
def test_figure_that_cannot_be(words, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["two_panels.py", *words])
    with elu.torch.enabled(), pytest.raises(SystemExit, match=text):
        two_panels.main()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mean", [0, -4, -6, -8])
def test_linear_attention_with_plus_one(mean):
    nan, error, gradient_nan, gradient_error = linear_attention.results(mean, elu.torch.plus_one)
    assert nan == gradient_nan == 0
    assert error < 2**-8 and gradient_error < 4 * 2**-8


def test_linear_attention_with_a_sum():
    assert linear_attention.results(-6, linear_attention.by_sum)[1] > 0.05
    nan, _, gradient_nan, gradient_error = linear_attention.results(-8, linear_attention.by_sum)
    assert nan > 0.3 and gradient_nan == 1 and math.isnan(gradient_error)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_quiet_signal(tmp_path, monkeypatch):
    monkeypatch.setenv("TORCHINDUCTOR_CACHE_DIR", str(tmp_path))
    torch._dynamo.reset()
    for name, function in quiet_signal.functions().items():
        for level in quiet_signal.LEVELS:
            decibels, lost = quiet_signal.quality(function, quiet_signal.tone(level))
            if name == "compiled PyTorch" and torch.__version__ < "2.14":
                assert level == 0 or decibels < (100, 40, 0.1)[quiet_signal.LEVELS.index(level) - 1]
                assert (lost == 1) == (level == -160)
            else:
                assert decibels > 145 and lost == 0, name
