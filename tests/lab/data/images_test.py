"""elu-lab on a folder of images: training, evaluate, predict, and what it says of images that are broken.

    images_test.py ELU_LAB LAB_SERVE    (needs numpy and Pillow)
"""
import io
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

import numpy as np
from PIL import Image

from pictures import picture, write_classes
from served import Served


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of_size(width, height, rows=b"", more=b""):
    """A PNG that claims this size and has these rows, with more chunks before them."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + chunk(b"IDAT", zlib.compress(rows, 9)) +
            chunk(b"IEND", b""))


def jpeg_of_size(width, height):
    """A JPEG that claims this size, of a picture of 32x32."""
    file = io.BytesIO()
    picture("red", 1).save(file, "JPEG")
    bits = bytearray(file.getvalue())
    place = bits.index(b"\xff\xc0\x00\x11\x08") + 5  # where the frame tells its size
    bits[place:place + 4] = struct.pack(">HH", height, width)
    return bytes(bits)


class Images:
    def __init__(self, path, server, folder):
        self.lab, self.folder = Served(path, server), folder

    def train(self, data, output, *more):
        return ["train", "--data", str(data), "--epochs", "10", "--batch", "16", "--lr", "0.01", "--threads", "1", *more, "--output",
                str(self.folder / output)]


def test_sizes(images):
    """Any size and both formats, split by five or in train/ and test/."""
    data = images.folder / "photos"
    write_classes(data / "train", 12, ".jpg", (57, 40))
    write_classes(data / "test", 4, ".png", (20, 90), first=100)
    (data / "train" / "red" / ".hidden").write_text("no image")
    result = images.lab.run(*images.train(data, "run"))
    images.lab.check(result.returncode == 0 and result.stdout.count("\n") == 10, f"{result}")
    result = images.lab.run("evaluate", str(images.folder / "run"), "--data", str(data), "--output",
                            str(images.folder / "confusion.svg"))
    lines = result.stdout.splitlines()
    images.lab.check(result.returncode == 0 and lines[0].startswith("test accuracy 100.0 % of 12 images"), f"{result}")
    images.lab.check([line.split() for line in lines[2:]] == [
        ["true", "blue", "green", "red", "right"], ["blue", "4", "0", "0", "100.0", "%"],
        ["green", "0", "4", "0", "100.0", "%"], ["red", "0", "0", "4", "100.0", "%"]], f"{result}")
    figure = (images.folder / "confusion.svg").read_text()
    images.lab.check(figure.count(">4</text>") == 3 and figure.count(">0</text>") == 6 and ">green<" in figure, figure)


def test_predict(images):
    run, folder = str(images.folder / "run"), images.folder
    picture("green", 500, (300, 200)).save(folder / "g.jpg", quality=95)
    picture("red", 501).convert("RGBA").save(folder / "r.png")
    result = images.lab.run("predict", run, str(folder / "g.jpg"), str(folder / "r.png"))
    lines = result.stdout.splitlines()
    images.lab.check(result.returncode == 0 and len(lines) == 2, f"{result}")
    images.lab.check(lines[0].startswith(f"{folder}/g.jpg: green ") and lines[0].count("%") == 3, lines[0])
    images.lab.check(lines[1].startswith(f"{folder}/r.png: red "), lines[1])
    (folder / "text.png").write_text("no image")
    result = images.lab.run("predict", run, str(folder / "text.png"), str(folder / "r.png"))
    images.lab.check(result.returncode == 1 and "text.png is neither PNG nor JPEG" in result.stderr
                     and result.stdout.startswith(f"{folder}/r.png: red "), f"the others are predicted: {result}")
    images.lab.refuses(["predict", run, str(folder / "none.png")], 1, "none.png is no file")


def test_broken(images):
    """All are named, and the good ones counted; none is decoded before its size is known to be sane."""
    data = images.folder / "broken"
    write_classes(data, 6, ".jpg", (64, 64))
    whole = (data / "blue" / "000.jpg").read_bytes()
    picture("red", 1).save(data / "red" / "b.png")
    cut = (data / "red" / "b.png").read_bytes()
    broken = {"blue/000.jpg": whole[:len(whole) // 2], "blue/a.png": b"", "green/a.png": png_of_size(60000, 60000),
              "green/b.png": png_of_size(16384, 16384), "red/a.txt": b"text", "red/b.png": cut[:-20],
              "red/c.png": png_of_size(40, 40), "red/d.png": cut[:60] + b"\x00" + cut[61:]}
    for name, content in broken.items():
        (data / name).write_bytes(content)
    (data / "red" / "e").mkdir()
    images.lab.refuses(images.train(data, "no"), 1, "17 images are good", "red/e is no file",
                       "a.png measures 60000x60000", "b.png measures 16384x16384", *broken)
    for name in broken:
        (data / name).unlink()
    (data / "red" / "e").rmdir()
    (data / "void").mkdir()
    images.lab.refuses(images.train(data, "no"), 1, "17 images are good", "void holds no image")
    (data / "void").rmdir()
    for number in range(2, 6):
        (data / "green" / f"{number:03}.jpg").unlink()
    images.lab.refuses(images.train(data, "no"), 1, "green holds fewer than five images")
    images.lab.refuses(images.train(data / "green", "no"), 1, "neither CIFAR-10's binary files nor two or more class")
    images.lab.refuses(images.train(data / "none", "no"), 1, "there is no such folder")
    images.lab.check(not (images.folder / "no").exists(), "refused images leave nothing behind")


def peak_memory(images, code, *arguments):
    run = subprocess.Popen([images.lab.path, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(run.pid, 0)
    images.lab.check(os.waitstatus_to_exitcode(status) == code, f"{arguments}: {status}")
    return usage.ru_maxrss * 1024


def test_bombs(images):
    """Small files that claim or unpack to gigabytes take no more memory than others."""
    run, file = str(images.folder / "run"), images.folder / "bomb.png"
    file.write_bytes(png_of_size(1, 1, bytes(4)))
    small = peak_memory(images, 0, "predict", run, str(file))
    text, profile = zlib.compress(bytes(7_900_000), 9), zlib.compress(bytes(1 << 27), 9)
    bombs = {  # name: exit status, file
        "a png of 2^31 - 1 a side": (1, png_of_size(2**31 - 1, 2**31 - 1)),
        "a png of 60000x60000 rows": (1, png_of_size(60000, 60000, bytes(1 << 24))),
        "a jpeg of 65500x65500": (1, jpeg_of_size(65500, 65500)),
        "a jpeg of 65500x1": (1, jpeg_of_size(65500, 1)),
        "a png that goes on for 128 MiB": (0, png_of_size(1, 1, bytes(1 << 27))),
        "a png with 800 MB of text": (0, png_of_size(1, 1, bytes(4), chunk(b"zTXt", b"a\0\0" + text) * 100)),
        "a png with a colour profile of 128 MiB": (0, png_of_size(1, 1, bytes(4), chunk(b"iCCP", b"a\0\0" + profile))),
    }
    for name, (code, bits) in bombs.items():
        images.lab.check(len(bits) < 1 << 21, f"{name} is small: {len(bits)}")
        file.write_bytes(bits)
        more = peak_memory(images, code, "predict", run, str(file)) - small
        images.lab.check(more < 64 << 20, f"{name} takes {more >> 20} MiB more than one pixel")


def test_classes_differ(images):
    run = str(images.folder / "run")
    (images.folder / "photos" / "test" / "red").rename(images.folder / "photos" / "test" / "rouge")
    images.lab.refuses(["evaluate", run, "--data", str(images.folder / "photos")], 1, "blue, green, red",
                       "blue, green, rouge")
    images.lab.refuses(images.train(images.folder / "photos", "no"), 1, "train and test hold different classes")
    write_classes(images.folder / "two", 10)
    result = images.lab.run("evaluate", run, "--data", str(images.folder / "two"))
    images.lab.check(" of 6 images" in result.stdout, f"a fifth of class folders is for the test: {result}")
    result = images.lab.run("evaluate", run, "--all", "--data", str(images.folder / "two"))
    images.lab.check(" of 30 images" in result.stdout, f"or all: {result}")
    shutil.rmtree(images.folder / "two" / "red")
    images.lab.refuses(["evaluate", run, "--data", str(images.folder / "two")], 1, "knows 3 classes, the data have 2")


def test_images_of_the_readme(images):
    """The lines of README.md that take two images out of CIFAR-10's test set."""
    readme = (pathlib.Path(__file__).resolve().parents[3] / "README.md").read_text()
    code = re.search(r"^```python\n(.*?)^```$", readme, re.M | re.S)[1]
    place = images.folder / "data/cifar-10-batches-bin"
    place.mkdir(parents=True)
    records = np.random.default_rng(0).integers(256, size=(3, 3073), dtype=np.uint8)
    records.tofile(place / "test_batch.bin")
    subprocess.run([sys.executable, "-c", code], cwd=images.folder, check=True)
    for record, name in zip(records, ["cat.png", "ship.png"]):
        pixels = np.asarray(Image.open(images.folder / name))
        planes = [pixels[:, :, channel].ravel() for channel in range(3)]
        images.lab.check((np.concatenate(planes) == record[1:]).all(), f"{name} holds its record's pixels")


def main(path, server):
    with tempfile.TemporaryDirectory() as name:
        images = Images(path, server, pathlib.Path(name))
        for test in [test_sizes, test_predict, test_broken, test_bombs, test_classes_differ,
                     test_images_of_the_readme]:
            test(images)
        return images.lab.exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
