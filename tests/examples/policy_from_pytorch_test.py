"""The examples policy.cc and save_policy.py agree on the actions of the network that the latter saves.

    policy_from_pytorch_test.py POLICY    (in a Python with PyTorch and safetensors)
"""
import math
import pathlib
import subprocess
import sys
import tempfile

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "python" / "save_policy.py"


def lines(*command):
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [line.split() for line in printed.splitlines()]


def main(policy):
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/policy.safetensors"
        network, actions = lines(sys.executable, EXAMPLE, file)
        read, computed, _ = lines(policy, file, "1")
        refused = subprocess.run([sys.executable, EXAMPLE, f"{folder}/absent/file"], capture_output=True, text=True)
    assert network == read == ["network", "48-512-256-128-12"], (network, read)
    assert actions[0] == computed[0] == "actions" and len(actions) == len(computed) == 13, (actions, computed)
    assert all(math.isclose(float(a), float(b), rel_tol=1e-4, abs_tol=1e-5) for a, b in zip(actions[1:], computed[1:]))
    assert refused.returncode == 1 and refused.stderr.endswith("absent/file: No such file or directory\n"), refused
    print("passed")


if __name__ == "__main__":
    main(sys.argv[1])
