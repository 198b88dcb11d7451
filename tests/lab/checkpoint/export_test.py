"""A checkpoint of elu-lab's, loaded into the same network written with torch.nn, gives the same logits.

    export_test.py FOLDER    with network.safetensors and logits.safetensors of export_test.cc
"""
import pathlib
import sys

import torch
from safetensors.torch import load_file
from torch import nn


class ConvNetELU(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 64, 3, padding=1), nn.ELU(inplace=True), nn.BatchNorm2d(64), nn.MaxPool2d(2),
            nn.Conv2d(64, 128, 3, padding=1), nn.ELU(inplace=True), nn.BatchNorm2d(128), nn.MaxPool2d(2))
        self.classifier = nn.Sequential(
            nn.Linear(128 * 8 * 8, 256), nn.ELU(inplace=True), nn.Dropout(0.5), nn.Linear(256, num_classes))

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


def main(folder):
    network = ConvNetELU()
    network.load_state_dict(load_file(folder / "network.safetensors"), strict=True)
    network.eval()
    data = load_file(folder / "logits.safetensors")
    assert data["inputs"].shape == (64, 3, 32, 32), data["inputs"].shape
    with torch.no_grad():
        difference = (network(data["inputs"]) - data["logits"]).abs().max().item()
    print(f"largest difference between the logits of C++ and Python on 64 images: {difference:.2e}")
    return 0 if difference <= 1e-5 else 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
