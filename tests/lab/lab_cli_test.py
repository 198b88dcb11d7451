"""The program elu-lab as its users meet it: messages and exit codes.

    lab_cli_test.py ELU_LAB
"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from program import Program  # noqa: E402


def main(path):
    lab = Program(path)
    with tempfile.TemporaryDirectory() as name:
        output = str(pathlib.Path(name) / "out")
        lab.refuses([], 2, "subcommand")
        lab.refuses(["frob"], 2, "no such command", "compare")
        lab.refuses(["compare"], 2, "--output")
        lab.refuses(["compare", "--output", output, "--fast"], 2, "--fast")
        lab.refuses(["compare", "--output", output, "--activations", "elu,gauss"], 2, "gauss")
        for option in ["--lr", "--batch", "--seed", "--epochs", "--images", "--test-images"]:
            for value in ["", "many", "-1"]:
                lab.refuses(["compare", "--output", output, option, value], 2, option)
        lab.refuses(["compare", "--output", output, "--kernel", "mine"], 2, "mine")
        lab.check(not pathlib.Path(output).exists(), "wrong use leaves nothing behind")
        lab.refuses(["compare", "--quick", "--output", output, "--data", name], 1, "data_batch_1.bin", "make data")
        lab.check(not pathlib.Path(output).exists(), "missing images leave nothing behind")
        for part in ["data_batch_1.bin", "test_batch.bin"]:
            with open(pathlib.Path(name) / part, "wb") as file:
                file.truncate(30_730_000)
        lab.refuses(["compare", "--quick", "--output", "/proc/elu", "--data", name], 1, "cannot write /proc/elu")
        lab.check("Examples:" in lab.run("--help").stdout, "--help has examples")
    return lab.exit_code()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
