"""ConvNetELU in plain PyTorch, trained for some steps: an ordinary program, on elu's kernels by one line of main().

    python examples/python/convnet_elu.py --data data/cifar-10-batches-bin
    python examples/python/convnet_elu.py --kernels pytorch    the same without that line; synthetic images
"""
import argparse
import pathlib
import sys
import time

import numpy as np
import torch
from torch import nn

import elu.torch


class ConvNetELU(nn.Module):
    """(N, 3, 32, 32) -> (N, classes) logits. elu-lab trains the same network, under the same parameter names."""

    def __init__(self, classes=10, activation=nn.ELU, dropout=0.5):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 64, 3, padding=1), activation(inplace=True), nn.BatchNorm2d(64), nn.MaxPool2d(2),
            nn.Conv2d(64, 128, 3, padding=1), activation(inplace=True), nn.BatchNorm2d(128), nn.MaxPool2d(2))
        self.classifier = nn.Sequential(
            nn.Linear(128 * 8 * 8, 256), activation(inplace=True), nn.Dropout(dropout), nn.Linear(256, classes))
        for layer in self.modules():
            if isinstance(layer, (nn.Conv2d, nn.Linear)):
                nn.init.kaiming_normal_(layer.weight)
                nn.init.zeros_(layer.bias)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


def read_images(folder):
    """The training images of CIFAR-10's binary files: pixels (N, 3, 32, 32) of uint8, labels (N,) of int64.

    Without a folder, 2,000 images of noise around ten gratings. OSError where the folder has no such file or one is
    cut short.
    """
    if folder is None:
        return synthetic_images(2000)
    files = sorted(pathlib.Path(folder).glob("data_batch_*.bin"))
    if not files:
        raise FileNotFoundError(f"{folder} has no data_batch_*.bin: CIFAR-10's binary files are meant")
    for file in files:
        if file.stat().st_size % 3073 != 0:
            raise OSError(f"{file} is cut short: its size is no multiple of 3,073 bytes")
    records = torch.from_numpy(np.concatenate([np.fromfile(file, np.uint8) for file in files]).reshape(-1, 3073))
    return records[:, 1:].reshape(-1, 3, 32, 32), records[:, 0].long()


def synthetic_images(count):
    generator = torch.Generator().manual_seed(0)
    labels = torch.randint(10, (count,), generator=generator)
    across = torch.arange(32)
    gratings = torch.stack([torch.sin(across * (k + 1) * 0.2).expand(3, 32, 32) for k in range(10)])
    pixels = 128 + 40 * gratings[labels] + 40 * torch.randn((count, 3, 32, 32), generator=generator)
    return pixels.clamp(0, 255).byte(), labels


def normalise(pixels):
    mean, deviation = torch.tensor([[0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]]).view(2, 1, 3, 1, 1)
    return (pixels / 255 - mean) / deviation


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="folder with CIFAR-10's binary files; without it, synthetic images")
    parser.add_argument("--kernels", choices=["elu", "pytorch"], default="elu")
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--batch", type=int, default=128)
    options = parser.parse_args()
    try:
        pixels, labels = read_images(options.data)
    except OSError as error:
        sys.exit(f"convnet_elu: {error}")
    if options.kernels == "elu":
        elu.torch.enable()

    torch.manual_seed(0)
    network = ConvNetELU()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4, nesterov=True)
    start = time.perf_counter()
    for step in range(options.steps):
        chosen = torch.randint(len(labels), (options.batch,))
        loss = nn.functional.cross_entropy(network(normalise(pixels[chosen])), labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 10 == 0 or step == options.steps - 1:
            print(f"step {step:4}  loss {loss.item():.4f}  {time.perf_counter() - start:.1f} s", flush=True)
    print(f"calls of ELU and its gradient that elu computed: {elu.torch.info()['handled']}")


if __name__ == "__main__":
    main()
