"""ELU on NumPy arrays: a new array, in place, the gradient, and what exp(x) - 1 would lose near 0.

    python examples/python/numpy_arrays.py
"""
import numpy as np

import elu


def main():
    np.set_printoptions(precision=4, floatmode="fixed", suppress=True)
    x = np.array([-2, -1, 0, 1, 2], np.float32)
    print("x        ", x)
    print("f(x)     ", elu.forward(x, alpha=0.5))
    print("dx       ", elu.backward(np.ones_like(x), x, alpha=0.5))
    print("SELU     ", elu.forward(x, **elu.selu()))
    elu.forward(x, out=x)
    print("in place ", x)

    x = np.array([-1e-3, -1e-5, -1e-7, -1e-9], np.float32)
    right = np.expm1(x.astype(np.float64))
    print("\n       x   error of exp(x) - 1   error of elu.forward   (relative, float32)")
    for some in zip(x, np.abs((np.exp(x) - 1) / right - 1), np.abs(elu.forward(x) / right - 1)):
        print("{:8.0e} {:20.1e} {:22.1e}".format(*some))


if __name__ == "__main__":
    main()
