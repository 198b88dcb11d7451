"""The program elu-lab as its users meet it: messages and exit codes.

    lab_cli_test.py ELU_LAB
"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from program import Program  # noqa: E402


def refuses_train(lab, output, data):
    train = ["train", "--output", output, "--data", data]
    lab.refuses(["train"], 2, "--output")
    lab.refuses([*train, "--activation", "gauss"], 2, "gauss")
    lab.refuses([*train, "--norm", "layer"], 2, "layer")
    lab.refuses([*train, "--activation", "relu", "--alpha", "2"], 2, "--alpha", "not of relu")
    for option in ["--alpha", "--lr", "--batch", "--epochs", "--seed", "--threads"]:
        for value in ["", "-1", "nan"]:
            lab.refuses([*train, option, value], 2, option)
    lab.refuses(["train", "--resume", output, "--epochs", "3"], 2, "--resume", "--epochs")
    lab.refuses(["train", "--resume", output], 1, "holds no run")
    lab.refuses(train, 1, "data_batch_2.bin", "make data")
    lab.check(not pathlib.Path(output).exists(), "nothing is left behind")


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
        refuses_train(lab, output, name)
        lab.refuses(["evaluate"], 2, "CHECKPOINT")
        lab.refuses(["predict", "a"], 2, "IMAGE")
        lab.refuses(["predict", "a", "b", "--activation", "gauss"], 2, "gauss")
        lab.refuses(["predict", "/no/such", "b"], 1, "/no/such: cannot be opened")
        lab.check("Examples:" in lab.run("--help").stdout, "--help has examples")
    return lab.exit_code()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
