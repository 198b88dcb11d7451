"""The functions of arrays."""

from ._arrays import run
from ._elu import kernels


def forward(x, *, alpha=1.0, scale=1.0, input_scale=1.0, accuracy="accurate", out=None):
    """The function itself, of every element.

        f(x) = scale * x                                   x > 0
        f(x) = scale * alpha * (exp(input_scale * x) - 1)  x <= 0

    Keeps the sign of zero; NaN gives NaN; f(-inf) = -scale * alpha. Arguments, results and errors: help(elu).
    Source: Clevert, Unterthiner, Hochreiter, ICLR 2016.

    >>> forward(np.array([-2, -1, 0, 1, 2], np.float32))
    array([-0.86466473, -0.63212055,  0.        ,  1.        ,  2.        ],
          dtype=float32)
    >>> float(forward(-1.0, **elu.selu()))
    -1.1113307378125628
    """
    return run(kernels["forward"], ("x",), (x,), out, alpha, scale, input_scale, accuracy)


def derivative(x, *, alpha=1.0, scale=1.0, input_scale=1.0, accuracy="accurate", out=None):
    """The first derivative, of every element; at x = 0 that of the branch x <= 0.

        f'(x) = scale                                             x > 0
        f'(x) = scale * alpha * input_scale * exp(input_scale*x)  x <= 0

    Arguments, results and errors: help(elu). Source: Clevert, Unterthiner, Hochreiter, ICLR 2016.

    >>> derivative([-1.0, 0.0, 1.0], alpha=0.5)
    array([0.18393972, 0.5       , 1.        ])
    """
    return run(kernels["derivative"], ("x",), (x,), out, alpha, scale, input_scale, accuracy)


def derivative_from_output(y, *, alpha=1.0, scale=1.0, input_scale=1.0, out=None):
    """The first derivative at the x whose output is y = forward(x), of every element.

        f' = scale                            y > 0
        f' = input_scale * (y + scale*alpha)  y <= 0; never below 0, and 0 for y <= -scale * alpha

    Correctly rounded as a function of y. What the rounding of y has lost is lost: derivative(x) has no such loss.
    Needs scale > 0 and alpha >= 0, where the sign of y tells the branch; else ValueError. Arguments, results and other
    errors: help(elu). Source: Clevert, Unterthiner, Hochreiter, ICLR 2016.

    >>> derivative_from_output([-1.0, -0.75, 2.0])
    array([0.  , 0.25, 1.  ])
    """
    return run(kernels["derivative_from_output"], ("y",), (y,), out, alpha, scale, input_scale)


def second_derivative(x, *, alpha=1.0, scale=1.0, input_scale=1.0, accuracy="accurate", out=None):
    """The second derivative, of every element; at x = 0 that of the branch x <= 0.

        f''(x) = 0                                                    x > 0
        f''(x) = scale * alpha * input_scale^2 * exp(input_scale * x)  x <= 0

    Arguments, results and errors: help(elu). Source: Clevert, Unterthiner, Hochreiter, ICLR 2016, derived once more.

    >>> second_derivative([0.0, 1.0], **elu.celu(2))
    array([0.5, 0. ])
    """
    return run(kernels["second_derivative"], ("x",), (x,), out, alpha, scale, input_scale, accuracy)


def backward(dy, x, *, alpha=1.0, scale=1.0, input_scale=1.0, accuracy="accurate", out=None):
    """dx = dy * f'(x), of every element, rounded once: the gradient with respect to x, given that of f(x).

    Arguments, results and errors: help(elu). Source: Clevert, Unterthiner, Hochreiter, ICLR 2016.

    >>> backward([2.0, 2.0], [-1.0, 1.0])
    array([0.73575888, 2.        ])
    """
    return run(kernels["backward"], ("dy", "x"), (dy, x), out, alpha, scale, input_scale, accuracy)


def backward_from_output(dy, y, *, alpha=1.0, scale=1.0, input_scale=1.0, out=None):
    """dx = dy * derivative_from_output(y), of every element, rounded once.

    Needs scale > 0 and alpha >= 0; else ValueError. Loses what derivative_from_output loses. Arguments, results and
    other errors: help(elu). Source: Clevert, Unterthiner, Hochreiter, ICLR 2016.

    >>> backward_from_output([2.0, 2.0], [-0.75, 1.0])
    array([0.5, 2. ])
    """
    return run(kernels["backward_from_output"], ("dy", "y"), (dy, y), out, alpha, scale, input_scale)


def double_backward(ddx, dy, x, *, alpha=1.0, scale=1.0, input_scale=1.0, accuracy="accurate", out=None):
    """ddx * dy * f''(x), of every element, rounded once: given the gradient ddx with respect to the result of
    backward(dy, x), the gradient with respect to x. That with respect to dy is backward(ddx, x).

    Arguments, results and errors: help(elu). Source: Clevert, Unterthiner, Hochreiter, ICLR 2016, derived once more.

    >>> double_backward([3.0, 3.0], [2.0, 2.0], [0.0, 1.0])
    array([6., 0.])
    """
    return run(kernels["double_backward"], ("ddx", "dy", "x"), (ddx, dy, x), out, alpha, scale, input_scale, accuracy)


def plus_one(x, *, accuracy="accurate", out=None):
    """forward(x) + 1 at alpha 1, of every element, and positive wherever exp(x) does not round to 0.

        plus_one(x) = x + 1   x > 0
        plus_one(x) = exp(x)  x <= 0

    Arguments, results and errors: help(elu). Source: Katharopoulos, Vyas, Pappas, Fleuret, "Transformers are RNNs",
    ICML 2020, where it is the feature map of linear attention.

    >>> plus_one([-40.0, 1.0])
    array([4.24835426e-18, 2.00000000e+00])
    """
    return run(kernels["plus_one"], ("x",), (x,), out, accuracy=accuracy)


def plus_one_backward(dy, x, *, accuracy="accurate", out=None):
    """dy for x > 0 and dy * exp(x) for x <= 0, of every element, rounded once: the gradient of plus_one.

    Arguments, results and errors: help(elu). Source: Katharopoulos, Vyas, Pappas, Fleuret, ICML 2020.

    >>> plus_one_backward([2.0, 2.0], [0.0, 1.0])
    array([2., 2.])
    """
    return run(kernels["plus_one_backward"], ("dy", "x"), (dy, x), out, accuracy=accuracy)
