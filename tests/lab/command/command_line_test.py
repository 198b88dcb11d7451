"""The program elu-lab as its users meet it: messages and exit codes.

    command_line_test.py ELU_LAB LAB_SERVE
"""
import pathlib
import re
import sys
import tempfile

from served import Served


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


def refuses_compare(lab, output, data):
    compare = ["compare", "--output", output, "--data", data]
    lab.refuses(["compare"], 2, "--output")
    lab.refuses([*compare, "--fast"], 2, "--fast")
    for option, value in [("--lr", "nan"), ("--batch", "0"), ("--seed", "-1"), ("--seeds", "0"), ("--epochs", "many"),
                          ("--images", ""), ("--test-images", "-1"), ("--threads", "0"), ("--alpha", "0"),
                          ("--alpha", "1,x"), ("--alpha", ""), ("--lr-factors", "x"), ("--lr-factors", "1,nan"),
                          ("--lr-factors", "-1")]:
        lab.refuses([*compare, option, value], 2, option)
    for option, value in [("--activations", "elu,relu,elu"), ("--alpha", "0.5,1,1.0"), ("--lr-factors", "4,4")]:
        lab.refuses([*compare, option, value], 2, option, "twice")
    lab.refuses([*compare, "--lr-factors", "4,16"], 2, "--lr-factors", "must name 1 too")
    lab.refuses([*compare, "--activations", "elu,gauss"], 2, "gauss")
    lab.refuses([*compare, "--activations", "relu,selu", "--alpha", "2"], 2, "--alpha", "not compared")
    lab.refuses([*compare, "--norm", "layer"], 2, "layer")
    lab.refuses([*compare, "--kernel", "mine"], 2, "mine")
    for command in ["compare", "train"]:
        for inner in [data, data + "/out", data + "/../data/out/inner"]:
            lab.refuses([command, "--output", inner, "--data", data], 2, "--output", "folder of --data")
        for alpha in ["1e31", "1e-40", "inf"]:
            lab.refuses([command, "--output", output, "--data", data, "--alpha", alpha], 2, "--alpha", "2^100")
    lab.check(not pathlib.Path(output).exists(), "wrong use leaves nothing behind")
    lab.refuses(compare, 1, "data_batch_2.bin", "make data")
    lab.refuses(["compare", "--output", output, "--data", data + "/none"], 1, "no such folder", "make data")
    lab.check(not pathlib.Path(output).exists(), "missing images leave nothing behind")


def has_help(lab):
    """Help leads with examples of the command, and shows defaults; errors name it."""
    for command in ["train", "compare", "merge", "evaluate", "predict", "report"]:
        text = lab.run(command, "--help").stdout
        lab.check(text.index("Examples:") < 120 and "Excludes" not in text, f"{command}: examples come first")
        examples = text.split("Examples:\n")[1].split("\n\nUsage: ")[0].splitlines()
        lab.check(len(examples) >= 2, f"{command}: some examples")
        for example in examples:
            lab.check(example.startswith(f"  elu-lab {command} ") and len(example) <= 120, example)
            lab.check(all(option in text for option in re.findall(r" (--[a-z-]+)", example)), example)
        lab.refuses([command, "--frob"], 2, f"; see elu-lab {command} --help")
    text = lab.run("--help").stdout
    lab.check(text.index("Examples:") < 120 and text.count("Examples:") == 1, "--help has examples")
    for command in ["train", "compare"]:
        text = lab.run(command, "--help").stdout
        for option, default in [("--norm", "batch"), ("--kernel", "elu"), ("--activation", "elu")]:
            lab.check(re.search(rf"{option}[^\n]*=\[?[a-z_,]*{default}\b", text), f"{command} {option}: its default")
    lab.refuses(["frob"], 2, "; see elu-lab --help")


def main(path, server):
    lab = Served(path, server)
    with tempfile.TemporaryDirectory() as name:
        output, data = str(pathlib.Path(name) / "out"), str(pathlib.Path(name) / "data")
        pathlib.Path(data).mkdir()
        lab.prints([], lab.run("--help").stdout)
        lab.prints(["help", "train"], lab.run("train", "--help").stdout)
        lab.refuses(["frob"], 2, "there is no command 'frob'; there are train, compare")
        lab.refuses(["trian"], 2, "there is no command 'trian'; did you mean train? See elu-lab --help")
        for part in ["data_batch_1.bin", "test_batch.bin"]:
            with open(pathlib.Path(data) / part, "wb") as file:
                file.truncate(30_730_000)
        refuses_compare(lab, output, data)
        refuses_train(lab, output, data)
        lab.refuses(["evaluate"], 2, "CHECKPOINT")
        lab.refuses(["predict", "a"], 2, "IMAGE")
        lab.refuses(["predict", "a", "b", "--activation", "gauss"], 2, "gauss")
        lab.refuses(["predict", "/no/such", "b"], 1, "/no/such: cannot be opened")
        hostile = pathlib.Path(name) / "hostile"
        header = rb'{"a\nb\u001b":7}'
        hostile.write_bytes(len(header).to_bytes(8, "little") + header)
        lab.refuses(["predict", str(hostile), "b"], 1, "tensor a?b?: lacks")
        lab.refuses(["predict", "a", "b", "--activation", "g\nauss"], 2, "g?auss")
        has_help(lab)
    return lab.exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
