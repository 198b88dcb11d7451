"""Folders of small images that a network learns within seconds."""
import numpy
from PIL import Image

COLOURS = {"blue": (30, 40, 220), "green": (20, 200, 40), "red": (220, 30, 30)}


def picture(name, number, size=(32, 32)):
    """One colour with noise; equal arguments give equal pixels."""
    noise = numpy.random.default_rng(number).integers(-25, 26, (size[1], size[0], 3))
    return Image.fromarray(numpy.clip(numpy.array(COLOURS[name]) + noise, 0, 255).astype("uint8"))


def write_classes(folder, count, suffix=".png", size=(32, 32), first=0):
    """folder/COLOUR/NNN.png, `count` of each."""
    for name in COLOURS:
        (folder / name).mkdir(parents=True)
        for number in range(first, first + count):
            picture(name, number, size).save(folder / name / f"{number:03}{suffix}")
