"""The example `policy` computes a network that is written here as safetensors, and refuses broken files.

    policy_test.py PROGRAM
"""
import json
import math
import pathlib
import random
import re
import struct
import sys
import tempfile

from program import Program

SIDES = [47, 512, 256, 128, 12]
rounded = struct.Struct("<f")


def float32(value):
    return rounded.unpack(rounded.pack(value))[0]


def network(seed=1):
    """Name -> (shape, numbers): weights as after He, which keep signals at the size of 1."""
    random.seed(seed)
    tensors = {}
    for i, (inputs, outputs) in enumerate(zip(SIDES, SIDES[1:])):
        deviation = 1.2 / math.sqrt(inputs)
        tensors[f"{2 * i}.weight"] = (outputs, inputs), [float32(random.gauss(0, deviation))
                                                        for _ in range(outputs * inputs)]
        tensors[f"{2 * i}.bias"] = (outputs,), [float32(random.gauss(0, 0.1)) for _ in range(outputs)]
    return tensors


def safetensors(tensors, **changes):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, (shape, numbers) in tensors.items():
        numbers = struct.pack(f"<{len(numbers)}f", *numbers)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + len(numbers)]}
        data += numbers
    header["4.weight"].update(changes)
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def actions(tensors):
    """In doubles, but for the observation."""
    x = [math.sin(i) for i in range(SIDES[0])]
    for i in range(0, 2 * len(SIDES) - 2, 2):
        if i > 0:
            x = [v if v > 0 else math.expm1(v) for v in x]
        _, weight = tensors[f"{i}.weight"]
        x = [sum(map(float.__mul__, weight[k * len(x):(k + 1) * len(x)], x)) + b
             for k, b in enumerate(tensors[f"{i}.bias"][1])]
    return x


def main(path):
    policy, tensors = Program(path), network()
    with tempfile.TemporaryDirectory() as folder:
        def file(content):
            (pathlib.Path(folder) / "policy.safetensors").write_bytes(content)
            return str(pathlib.Path(folder) / "policy.safetensors")

        good = safetensors(tensors)
        result = policy.run(file(good), "300")
        lines = result.stdout.splitlines()
        policy.check(lines[:1] == ["network 47-512-256-128-12"] and result.returncode == 0, result)
        given = [float(word) for word in lines[1].split()[1:]]
        policy.check(len(given) == 12 and all(math.isclose(a, b, rel_tol=1e-4, abs_tol=1e-4)
                                              for a, b in zip(given, actions(tensors))), f"{given}")
        times = re.fullmatch(r"300 calls: median ([\d.]+) us, 99.99 % within ([\d.]+) us", lines[2])
        policy.check(times and 0 < float(times[1]) <= float(times[2]), lines)

        for content in (b"", b"\1\0\0", b"\xff" * 100, good[:5000]):
            policy.refuses([file(content)], 1, "policy.safetensors")
        policy.refuses([file(good[:-4])], 1, "does not fit")
        for changes in ({"dtype": "F64"}, {"shape": [2**62, 256]}, {"shape": [256, 128]}, {"shape": [128]},
                        {"shape": [0, 0]}, {"data_offsets": [0, 2**60]}, {"data_offsets": [8, 0]}):
            policy.refuses([file(safetensors(tensors, **changes))], 1, "policy.safetensors")
        policy.refuses([file(struct.pack("<Q", 2) + b"{}")], 1, "has no tensor 0.weight")
        policy.refuses([folder], 1, "s a directory")
        for words in ([], ["a", "b", "c"], ["a", "none"]):
            policy.refuses(words, 2, "usage")
    return policy.exit_code()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
