"""The functions of arrays as elu.h declares them."""
import re


def functions(header):
    """The number of inputs of each function, by its name in C."""
    declared = re.findall(r"elu_(\w+)_f32\(([^)]*)\)", header.read_text())
    return {name: arguments.count("const float*") for name, arguments in declared}
