"""Named parameters, and what the function makes of normally distributed numbers."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from . import _elu


class Params(TypedDict):
    """The parameters of a member of the family, for ** in a call: forward(x, **selu())."""

    alpha: float
    scale: float
    input_scale: float


class Moments(NamedTuple):
    """Of f(z) and f'(z) for a normal z, in the units of z."""

    mean: float  # E[f(z)]
    second_moment: float  # E[f(z)^2]
    variance: float  # E[(f(z) - mean)^2]
    derivative_second_moment: float  # E[f'(z)^2]: the factor by which a layer changes the variance of gradients


def selu() -> Params:
    """The parameters of SELU, which keeps mean 0 and variance 1 through layers.

    Source: Klambauer, Unterthiner, Mayr, Hochreiter, NeurIPS 2017.

    >>> selu()
    {'alpha': 1.6732632423543772, 'scale': 1.0507009873554805, 'input_scale': 1.0}
    """
    alpha, scale, input_scale = _elu.selu()
    return Params(alpha=alpha, scale=scale, input_scale=input_scale)


def celu(alpha: float) -> Params:
    """The parameters of CELU: input_scale is 1 / alpha, which makes the function smooth at 0 for every alpha > 0.

    Others are refused by the functions that take them. TypeError if alpha is no real number. Source: Barron,
    "Continuously Differentiable Exponential Linear Units", 2017.

    >>> celu(2)
    {'alpha': 2.0, 'scale': 1.0, 'input_scale': 0.5}
    """
    alpha, scale, input_scale = _elu.celu(alpha)
    return Params(alpha=alpha, scale=scale, input_scale=input_scale)


def moments_of_normal(
    mu: float, sigma: float, *, alpha: float = 1.0, scale: float = 1.0, input_scale: float = 1.0
) -> Moments:
    """The moments of f(z) for z ~ N(mu, sigma^2), in closed form; relative error below 1e-12, that of the mean relative
    to E|f(z)|.

    ValueError unless |mu| <= 2^100, 2^-100 <= sigma <= 2^100 and the parameters are admitted (help(elu)). Source: the
    law of total variance over the two branches.

    >>> round(moments_of_normal(0, 1).mean, 4)
    0.1605
    """
    return Moments(*_elu.moments_of_normal(mu, sigma, alpha, scale, input_scale))


def initialisation_gain(*, alpha: float = 1.0, scale: float = 1.0, input_scale: float = 1.0) -> float:
    """1 / sqrt(E[f(z)^2]) for z ~ N(0, 1): weights with standard deviation gain / sqrt(fan_in) keep the second moment
    of a signal from layer to layer. Infinite for scale 0.

    ValueError unless the parameters are admitted (help(elu)). Source: He, Zhang, Ren, Sun, "Delving Deep into
    Rectifiers", ICCV 2015, with ELU in the place of ReLU.

    >>> round(initialisation_gain(), 4), round(initialisation_gain(alpha=0), 4)
    (1.2452, 1.4142)
    """
    return _elu.initialisation_gain(alpha, scale, input_scale)
