"""What the tests of compiled PyTorch compile: ELU in every form that people write, and networks that have it."""
import dataclasses
import math
from collections.abc import Callable

import torch
from op_info import SELU_ALPHA, SELU_SCALE
from torch import nn
from torch.nn import functional as F


@dataclasses.dataclass
class Form:
    """A way to write an ELU: f, its parameters, and how many ELUs it is."""

    f: Callable
    alpha: float = 1.0
    scale: float = 1.0
    input_scale: float = 1.0
    plus: float = 0.0

    def exact(self, x):
        """Of float64, from the definition; elu(x) + 1 without cancellation."""
        x = x.double()
        if self.plus:
            return torch.where(x > 0, x + 1, x.exp())
        return torch.where(x > 0, self.scale * x, self.scale * self.alpha * torch.expm1(self.input_scale * x))


def celu(alpha):
    return Form(lambda x: F.celu(x, alpha), alpha=alpha, input_scale=1 / alpha)


FORMS = {
    "F.elu": Form(F.elu),
    "nn.ELU": Form(nn.ELU()),
    "in place": Form(lambda x: F.elu(x * 1.0, inplace=True)),
    "alpha 0.7": Form(lambda x: F.elu(x, 0.7), alpha=0.7),
    "alpha 3": Form(nn.ELU(3), alpha=3.0),
    "alpha -0.5": Form(lambda x: F.elu(x, -0.5), alpha=-0.5),
    "F.selu": Form(F.selu, SELU_ALPHA, SELU_SCALE),
    "F.celu": Form(F.celu),
    "celu 0.3": celu(0.3),
    "celu 2": celu(2.0),
    "aten.elu": Form(lambda x: torch.ops.aten.elu(x, 1.3, 0.9, 0.6), 1.3, 0.9, 0.6),
    "scale -2": Form(lambda x: torch.ops.aten.elu(x, 0.5, -2.0, 1.0), 0.5, -2.0),
    "by hand": Form(lambda x: torch.where(x > 0, x, torch.expm1(x))),
    "F.elu + 1": Form(lambda x: F.elu(x) + 1, plus=1.0),
    "1 + F.elu": Form(lambda x: 1.0 + F.elu(x), plus=1.0),
}
# What is no ELU, or one that elu.h does not admit.
LEFT = {
    "exp(x) - 1": lambda x: torch.where(x > 0, x, torch.exp(x) - 1),
    "expm1": torch.expm1,
    "a negative input scale": lambda x: torch.ops.aten.elu(x, 1.0, 1.0, -0.5),
    "other comparison": lambda x: torch.where(x > 1, x, torch.expm1(x)),
    "other tensor": lambda x: torch.where(x.flip(0) > 0, x, torch.expm1(x)),
}


def inputs(dtype, size=10007, low=-30.0, high=5.0):
    """Numbers of all magnitudes, and the special ones; not a whole number of vectors of them."""
    generator = torch.Generator().manual_seed(7)
    uniform = torch.rand(size, generator=generator, dtype=torch.float64) * (high - low) + low
    small = -(2.0 ** (torch.rand(size, generator=generator, dtype=torch.float64) * 40 - 40))
    special = torch.tensor([0.0, -0.0, math.inf, -math.inf, math.nan, -1e-30, -2.0**-24, 2.0**-24, -17.4, -104.0, -1e4])
    return torch.cat([uniform, small, special.double()]).to(dtype)


def same(a, b):
    """Whether all bits are the same, those of NaN aside."""
    nan = a.isnan()
    return torch.equal(nan, b.isnan()) and torch.equal(a[~nan].view(torch.uint8), b[~nan].view(torch.uint8))


def ulps(result, exact):
    """The largest error in units in the last place of the exact result; infinite where one that rounds to no finite
    number differs from that."""
    dtype, rounded = result.dtype, exact.to(result.dtype)
    finite = rounded.isfinite()
    if not same(result[~finite], rounded[~finite]):
        return math.inf
    result, exact = result[finite].double(), exact[finite]
    info = torch.finfo(dtype)
    exponent = torch.frexp(exact.abs().clamp(min=info.tiny)).exponent
    unit = torch.ldexp(torch.full_like(exact, info.eps / 2), exponent)
    return float(((result - exact).abs() / unit).max())


class Attention(nn.Module):
    """Linear attention with the feature map elu(x) + 1."""

    def __init__(self):
        super().__init__()
        self.q, self.k, self.v = (nn.Linear(16, 16) for _ in range(3))

    def forward(self, x):
        q, k, v = F.elu(self.q(x)) + 1, F.elu(self.k(x)) + 1, self.v(x)
        state, normalizer = torch.einsum("bnd,bne->bde", k, v), k.sum(1)
        return torch.einsum("bnd,bde->bne", q, state) / torch.einsum("bnd,bd->bn", q, normalizer)[..., None]


class GraphAttention(nn.Module):
    """A layer of GAT on eight nodes, all of them neighbours."""

    def __init__(self):
        super().__init__()
        self.linear, self.a, self.b = nn.Linear(16, 16, bias=False), nn.Linear(16, 1), nn.Linear(16, 1)

    def forward(self, x):
        h = self.linear(x)
        weights = F.softmax(F.leaky_relu(self.a(h) + self.b(h).mT, 0.2), -1)
        return F.elu(weights @ h)


def networks():
    """Name -> (network, its input, how many ELUs it has)."""
    torch.manual_seed(11)
    return {
        "codec": (nn.Sequential(nn.Conv1d(1, 8, 7, padding=3), nn.ELU(), nn.Conv1d(8, 16, 4, 2, 1), nn.ELU(),
                                nn.Conv1d(16, 8, 3)), torch.randn(2, 1, 240), 2),
        "EEG": (nn.Sequential(nn.Conv2d(1, 8, (1, 16), padding="same", bias=False), nn.BatchNorm2d(8),
                              nn.Conv2d(8, 16, (6, 1), groups=8, bias=False), nn.BatchNorm2d(16), nn.ELU(),
                              nn.AvgPool2d((1, 4)), nn.Dropout(0.0), nn.Flatten(), nn.LazyLinear(4)),
                torch.randn(4, 1, 6, 64), 1),
        "potential": (nn.Sequential(nn.Linear(24, 32), nn.CELU(0.1), nn.Linear(32, 16), nn.CELU(0.1),
                                    nn.Linear(16, 1)), torch.randn(9, 24), 2),
        "graph attention": (GraphAttention(), torch.randn(3, 8, 16), 1),
        "linear attention": (Attention(), torch.randn(3, 10, 16), 2),
        "self-normalising": (nn.Sequential(nn.Linear(16, 32), nn.SELU(), nn.AlphaDropout(0.0), nn.Linear(32, 3)),
                             torch.randn(5, 16), 1),
    }
