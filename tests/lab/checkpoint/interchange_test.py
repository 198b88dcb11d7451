"""Checkpoints between elu-lab and Python: each reads the other's, with equal results.

    interchange_test.py ELU_LAB    (needs torch, safetensors, Pillow)
"""
import pathlib
import re
import sys
import tempfile
import zlib

import numpy
import torch
from safetensors.torch import load_file, save_file

from export_test import ConvNetELU
from pictures import COLOURS, picture, write_classes
from program import Program


def probabilities(network, image):
    """In per cent, as elu-lab normalises and predicts."""
    mean, deviation = torch.tensor([0.4914, 0.4822, 0.4465]), torch.tensor([0.2470, 0.2435, 0.2616])
    pixels = (torch.from_numpy(numpy.array(image)) / 255 - mean) / deviation
    with torch.no_grad():
        return 100 * torch.softmax(network.eval()(pixels.permute(2, 0, 1)[None]), 1)[0]


def predicted(lab, checkpoint, file):
    """{class: per cent} of elu-lab predict."""
    result = lab.run("predict", str(checkpoint), str(file))
    lab.check(result.returncode == 0 and result.stderr == "", f"{result}")
    pairs = [part.split() for part in result.stdout.strip().split(": ")[1].split(", ")]
    return {name: float(share) for name, share, _ in pairs}


def close(lab, shown, expected, what):
    lab.check(len(shown) == 3 and all(abs(share - float(expected[name])) < 0.06 for name, share in shown.items()),
              f"{what}: {shown} and {expected}")


def test_ours_in_python(lab, folder):
    """Three classes: tensors whose lengths are no multiple of eight bytes."""
    write_classes(folder / "data", 10)
    result = lab.run("train", "--data", str(folder / "data"), "--epochs", "2", "--batch", "16", "--threads", "1",
                     "--output", str(folder / "run"))
    lab.check(result.returncode == 0, f"{result}")
    network = ConvNetELU(3)
    network.load_state_dict(load_file(folder / "run" / "weights.safetensors"), strict=True)
    expected = dict(zip(sorted(COLOURS), probabilities(network, picture("red", 900))))
    close(lab, predicted(lab, folder / "run", folder / "red.png"), expected, "ours in Python")
    for name in ["weights", "state"]:
        content = (folder / "run" / f"{name}.safetensors").read_bytes()
        told = re.search(rb'"checksum":"([0-9a-f]{8})"', content)
        blank = content[:told.start(1)] + b"00000000" + content[told.end(1):]
        lab.check(int(told[1], 16) == zlib.crc32(blank), f"{name}: the CRC-32 of its bytes, with zeros for its digits")
    state = load_file(folder / "run" / "state.safetensors")
    same = torch.equal(state["network.features.0.weight"], network.features[0].weight)
    lab.check(same and state["momentum.features.0.weight"].abs().max() > 0, "Python reads the state, too")
    save_file(state, folder / "saved.safetensors")  # it reads the state's file meanwhile
    (folder / "saved.safetensors").replace(folder / "run" / "state.safetensors")
    lab.refuses(["train", "--resume", str(folder / "run")], 1, "state.safetensors: has no checksum")


def test_pythons_in_ours(lab, folder):
    torch.manual_seed(1)
    network = ConvNetELU(3)
    for _ in range(3):  # statistics of BatchNorm that are not the first ones
        network(torch.randn(8, 3, 32, 32))
    save_file(network.state_dict(), folder / "python.safetensors")
    expected = {str(i): share for i, share in enumerate(probabilities(network, picture("red", 900)))}
    close(lab, predicted(lab, folder / "python.safetensors", folder / "red.png"), expected, "Python's in ours")
    result = lab.run("evaluate", str(folder / "python.safetensors"), "--data", str(folder / "data"))
    right = sum(int(probabilities(network, picture(name, number)).argmax() == label)
                for label, name in enumerate(sorted(COLOURS)) for number in (4, 9))
    lab.check(result.stdout.startswith(f"test accuracy {100 * right / 6:.1f} % of 6 images"), f"{right} of 6: {result}")


def test_pythons_that_do_not_fit(lab, folder):
    good = ConvNetELU(3).state_dict()
    wrong = {"half": ({name: value.half() if value.is_floating_point() else value for name, value in good.items()},
                      "type F16"),
             "short": ({name: value for name, value in good.items() if name != "features.4.bias"}, "features.4.bias"),
             "renamed": ({"net." + name: value for name, value in good.items()}, "it is no ConvNetELU"),
             "more": ({**good, "more": torch.zeros(1)}, "more belongs to nothing here"),
             "shape": ({**good, "classifier.0.weight": torch.zeros(256, 8191)}, "[256, 8191]")}
    for name, (state, reason) in wrong.items():
        save_file(state, folder / f"{name}.safetensors")
        lab.refuses(["predict", str(folder / f"{name}.safetensors"), str(folder / "red.png")], 1, f"{name}.safetensors",
                    reason)


def main(path):
    lab = Program(path)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        picture("red", 900).save(folder / "red.png")
        test_ours_in_python(lab, folder)
        test_pythons_in_ours(lab, folder)
        test_pythons_that_do_not_fit(lab, folder)
    return lab.exit_code()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
