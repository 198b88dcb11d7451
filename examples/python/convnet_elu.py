"""ConvNetELU in plain PyTorch, trained as `elu-lab train` does it: an ordinary program, on elu's kernels by one line.

    python examples/python/convnet_elu.py --data data/cifar-10-batches-bin
    python examples/python/convnet_elu.py                      on synthetic images, which are made, not read
    python examples/python/convnet_elu.py --kernels pytorch    on PyTorch's own kernels: that line is left out
"""
import argparse
import pathlib
import sys
import time

import numpy as np
import torch
from torch import nn


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


def read_images(folder, test=False):
    """The images of CIFAR-10's binary files: pixels (N, 3, 32, 32) of uint8, labels (N,) of int64.

    Without a folder, 2,000 images of noise around ten gratings, or 500 to test with. OSError where the folder has no
    such file or one is cut short.
    """
    if folder is None:
        return synthetic_images(500, seed=1) if test else synthetic_images(2000)
    names = "test_batch.bin" if test else "data_batch_*.bin"
    files = sorted(pathlib.Path(folder).glob(names))
    if not files:
        raise FileNotFoundError(f"{folder} has no {names}: CIFAR-10's binary files are meant")
    for file in files:
        if file.stat().st_size % 3073 != 0:
            raise OSError(f"{file} is cut short: its size is no multiple of 3,073 bytes")
    records = torch.from_numpy(np.concatenate([np.fromfile(file, np.uint8) for file in files]).reshape(-1, 3073))
    return records[:, 1:].reshape(-1, 3, 32, 32), records[:, 0].long()


def synthetic_images(count, seed=0):
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(10, (count,), generator=generator)
    across = torch.arange(32)
    gratings = torch.stack([torch.sin(across * (k + 1) * 0.2).expand(3, 32, 32) for k in range(10)])
    pixels = 128 + 40 * gratings[labels] + 40 * torch.randn((count, 3, 32, 32), generator=generator)
    return pixels.clamp(0, 255).byte(), labels


def augment(pixels, pad=1):
    """Each image moved by up to `pad` pixels either way, over black, and mirrored or not."""
    count, channels, side = pixels.shape[:3]
    down, across = torch.randint(2 * pad + 1, (2, count, 1))
    line = torch.arange(side)
    columns = torch.where(torch.rand(count, 1) < 0.5, side - 1 - line, line) + across
    padded = nn.functional.pad(pixels, (pad, pad, pad, pad))
    return padded[torch.arange(count).view(-1, 1, 1, 1), torch.arange(channels).view(1, -1, 1, 1),
                  (line + down).view(count, 1, side, 1), columns.view(count, 1, 1, side)]


def normalise(pixels):
    mean, deviation = torch.tensor([[0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]]).view(2, 1, 3, 1, 1)
    return (pixels / 255 - mean) / deviation


@torch.no_grad()
def accuracy(network, pixels, labels):
    network.eval()
    right = sum((network(normalise(some)).argmax(1) == answers).sum().item()
                for some, answers in zip(pixels.split(250), labels.split(250)))
    network.train()
    return right / len(labels)


def train(network, images, test, options):
    """A line after every epoch, and one where --steps ends the last."""
    pixels, labels = images
    optimizer = torch.optim.SGD(network.parameters(), lr=options.lr, momentum=0.9, weight_decay=5e-4, nesterov=True)
    steps_per_epoch = -(-len(labels) // options.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.lr, epochs=options.epochs, cycle_momentum=False,
                                                   steps_per_epoch=steps_per_epoch)
    left = options.steps or options.epochs * steps_per_epoch
    for epoch in range(-(-left // steps_per_epoch)):
        start, loss_sum, seen = time.perf_counter(), 0.0, 0
        for chosen in torch.randperm(len(labels)).split(options.batch)[:left]:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(network(normalise(augment(pixels[chosen]))), labels[chosen])
            loss.backward()
            optimizer.step()
            schedule.step()
            loss_sum, seen, left = loss_sum + loss.item() * len(chosen), seen + len(chosen), left - 1
        seconds = time.perf_counter() - start
        print(f"epoch {epoch + 1} of {options.epochs}: loss {loss_sum / seen:.4f}, "
              f"test accuracy {accuracy(network, *test):.1%}, {seen / seconds:.0f} images/s", flush=True)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="folder with CIFAR-10's binary files; without it, synthetic images")
    parser.add_argument("--kernels", choices=["elu", "pytorch"], default="elu")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--steps", type=int, help="stop after so many")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--lr", type=float, default=0.05, help="highest learning rate of the one-cycle schedule")
    return parser.parse_args()


def main():
    options = parse()
    try:
        images, test = read_images(options.data), read_images(options.data, test=True)
    except OSError as error:
        sys.exit(f"convnet_elu: {error}")
    if options.kernels == "elu":
        import elu.torch
        elu.torch.enable()

    torch.manual_seed(0)
    train(ConvNetELU(), images, test, options)
    if options.kernels == "elu":
        print(f"calls of ELU and its gradient that elu computed: {elu.torch.info()['handled']}")


if __name__ == "__main__":
    main()
