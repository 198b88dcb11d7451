"""Writes the inputs that the fuzzers begin with.

    .venv/bin/python tests/fuzz/seeds.py    (needs Pillow)
"""
import io
import pathlib
import random
import shutil
import struct

from PIL import Image

FOLDER = pathlib.Path(__file__).resolve().parent / "corpus"


def npy(descr, shape, data, version=1, order=False):
    text = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY" + bytes([version, 0]) + len(text).to_bytes(2 if version == 1 else 4, "little") + text + data


def picture(mode, name, size=(3, 2), **options):
    file = io.BytesIO()
    image = Image.new("RGB", size, (200, 30, 90))
    image.putpixel((0, 0), (0, 255, 0))
    image.convert(mode).save(file, name, **options)
    return file.getvalue()


PLAIN = b'{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
MIXED = (b'{"__metadata__":{"activation":"elu","alpha":"1"},"b":{"dtype":"I64","shape":[],"data_offsets":[0,8]},'
         b'"c":{"dtype":"U8","shape":[3,1],"data_offsets":[8,11]},"d":{"dtype":"F64","shape":[0,4],"data_offsets":[11,11]}}')
# Of image_folder.cc: a part, then places, each with the length of its file: 0 for a good image, 255 for a folder.
A, B, TRAIN_A, TRAIN_B, TEST_A, TEST_B = range(6)
SEEDS = {
    "npy": {"f4": npy("<f4", "(3,)", struct.pack("<3f", -1, 0, 1)), "f8": npy(">f8", "(2, 1)", bytes(16), 2, True),
            "v2": npy("|V2", "()", b"\x80\xbf", 3), "f2": npy("<f2", "(0, 5)", b"")},
    "safetensors": {"plain": PLAIN + b"\n12345678", "mixed": MIXED + b"\n12345678abc", "none": b"{}",
                    "file": len(PLAIN).to_bytes(8, "little") + PLAIN + b"12345678"},
    "cifar10": {"test": bytes([1, 2, 0, 3]) + bytes(range(40)), "train": bytes([0, 5, 0, 9, 255]),
                "size": bytes([2, 1, 7, 0])},
    "image_file": {"rgb.png": picture("RGB", "PNG"), "rgba.png": picture("RGBA", "PNG"),
                   "palette.png": picture("P", "PNG"), "grey.png": picture("L", "PNG", (32, 32)),
                   "bits.png": picture("1", "PNG"), "la.png": picture("LA", "PNG"),
                   "grey.jpg": picture("L", "JPEG", optimize=True),
                   "progressive.jpg": picture("RGB", "JPEG", optimize=True, progressive=True)},
    "image_folder": {"split": bytes([0] + [A, 0] * 5 + [B, 0] * 5), "test": bytes([1, TEST_A, 0, TEST_B, 0, TRAIN_A, 0]),
                     "both": bytes([0, TRAIN_A, 0, TRAIN_B, 0, TEST_A, 0, TEST_B, 0]), "folder": bytes([2, A, 255, B, 0]),
                     "bytes": bytes([2, A, 9]) + b"not a png" + bytes([B, 0])},
    "command_line": {"eval": b"eval\n-2\n-1\n-.5\ninf", "options": b"eval\n--alpha\n0.5\n--function\nderivative\n-1",
                     "half": b"eval\n--dtype\nbf16\n--json\n--selu\n-8", "npy": b"eval\n--input\nx.npy\n--output\ny.npy",
                     "plot": b"plot\n--range\n-1,1\n--alpha\n1,1.67\n--with\nnone", "info": b"info\n--json",
                     "verify": b"verify\n--function\nforward\n--dtype\nf32\n--stride\n1000", "help": b"plot\n--help",
                     "bench": b"bench\n--size\n1000,1000000\n--seconds\n2"},
    "c_api": {str(i): random.Random(i).randbytes(64) for i in range(8)},
}

if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    for target, files in SEEDS.items():
        (FOLDER / target).mkdir(parents=True)
        for name, content in files.items():
            (FOLDER / target / name).write_bytes(content)
