"""What `make bench-pytorch` measures: F.elu alone, and whole networks, of which elu computes the activations."""
import dataclasses
import functools
import pathlib
import sys
from collections.abc import Callable

import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "examples" / "python"))
from convnet_elu import ConvNetELU, normalise, synthetic_images  # noqa: E402


@dataclasses.dataclass
class Case:
    name: str
    threads: int
    make: Callable[..., Callable[[], object]]  # of nn.ELU or nn.ReLU, and of what compiles a network: what is timed
    repetitions: int = 1  # of it, for one time


def as_it_is(network):
    return network


def function(size, activation, compiled=as_it_is):
    x = torch.randn(size)
    return functools.partial(compiled(F.elu if activation is nn.ELU else F.relu), x)


def training_step(activation, compiled=as_it_is):
    network = ConvNetELU(activation=activation)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4, nesterov=True)
    pixels, labels = synthetic_images(128)
    x = normalise(pixels)
    run = compiled(network)

    def step():
        optimizer.zero_grad()
        F.cross_entropy(run(x), labels).backward()
        optimizer.step()

    return step


class Residual(nn.Module):
    def __init__(self, channels, activation):
        super().__init__()
        self.layers = nn.Sequential(activation(), nn.Conv1d(channels, channels // 2, 3, padding=1),
                                    activation(), nn.Conv1d(channels // 2, channels, 1))

    def forward(self, x):
        return x + self.layers(x)


def codec(activation, compiled=as_it_is):
    """The encoder of a neural audio codec, as of SEANet: each stage takes one sample of 2, 4, 5 or 8, of twice as many
    channels."""
    layers, channels = [nn.Conv1d(1, 32, 7, padding=3)], 32
    for stride in (2, 4, 5, 8):
        layers += [Residual(channels, activation), activation(),
                   nn.Conv1d(channels, 2 * channels, 2 * stride, stride, padding=stride // 2)]
        channels *= 2
    network = nn.Sequential(*layers, activation(), nn.Conv1d(channels, 128, 7, padding=3))
    return inference(network, (1, 1, 48000), compiled)


def policy(batch, activation, compiled=as_it_is):
    return inference(nn.Sequential(nn.Linear(47, 512), activation(), nn.Linear(512, 256), activation(),
                                   nn.Linear(256, 128), activation(), nn.Linear(128, 12)), (batch, 47), compiled)


def inference(network, shape, compiled):
    network, x = compiled(network.eval()), torch.randn(shape)

    def run():
        with torch.inference_mode():
            return network(x)

    return run


CALLS = [Case("F.elu, 256 Ki floats", 1, functools.partial(function, 1 << 18), 4)]
NETWORKS = [
    Case("ConvNetELU, a training step, batch 128", 2, training_step),
    Case("codec encoder, 1 x 1 x 48000", 1, codec),
    Case("policy 512-256-128, batch 1", 1, functools.partial(policy, 1), 50),
    Case("policy 512-256-128, batch 4096", 1, functools.partial(policy, 4096)),
]
