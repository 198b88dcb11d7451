"""The fast mode of ELU in operations that Inductor vectorises and fuses: docs/numerics.md, "Compiled PyTorch".

It is what src/cpu/float32/fast-forward-inl.h computes, with the coefficients of src/cpu/math/constants.h.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

if TYPE_CHECKING:
    from ._graph import Elu

aten, prims = torch.ops.aten, torch.ops.prims

RANGE, INPUT_SCALE_RANGE = 2.0**24, 2.0**12  # of |limit| and of input_scale: these, or 1 over these
SATURATED = -20.0  # e^-20 is below 1/4 ulp of 1
LOG2_E, LN_2 = 1 / math.log(2), math.log(2)
ROUND_TO_EXPONENT = 1.5 * 2.0**23 + 127  # added to k, it leaves the exponent of 2^k in the last bits
MANTISSA_BITS = 23
# expm1(r) = r + r^2 q(r), |r| <= ln(2) / 2: kFastExpm1
Q = [float.fromhex(term) for term in ("0x1.fffff4p-2", "0x1.55548cp-3", "0x1.555d92p-5", "0x1.123d76p-7",
                                      "0x1.674ff4p-10")]


def takes(elu: Elu) -> bool:
    """Whether x is of floats, and the parameters such that no constant of below() overflows or is subnormal."""
    return (elu.x.meta["val"].dtype == torch.float32 and 1 / RANGE <= abs(elu.limit) <= RANGE
            and 1 / INPUT_SCALE_RANGE <= elu.input_scale <= INPUT_SCALE_RANGE)


def as_float(number: float) -> float:
    """The float nearest to it."""
    return float(np.float32(number))


def low(number: float) -> float:
    """What the number has beyond the float nearest to it, as a float."""
    return as_float(number - as_float(number))


class Operations:
    """Puts operations on floats into a graph, before a certain node."""

    def __init__(self, graph: Any, mode: Any) -> None:
        self._graph, self._mode = graph, mode

    def call(self, target: Any, *args: Any, **kwargs: Any) -> Any:
        with self._mode:  # before there is a node: an operator may refuse its parameters
            result = target(*torch.fx.map_arg(args, lambda argument: argument.meta["val"]), **kwargs)
        node = self._graph.call_function(target, args, kwargs)
        node.meta["val"] = result
        return node

    def after(self, node: Any) -> Any:
        """A block whose operations come after that node."""
        return self._graph.inserting_after(node)

    def number(self, value: Any) -> Any:
        """A node as it is, a number as a tensor of no dimensions, which Inductor writes as a constant."""
        if isinstance(value, torch.fx.Node):
            return value
        return self.call(aten.full.default, [], value, dtype=torch.float32, device=torch.device("cpu"),
                         pin_memory=False)

    def fma(self, a: Any, b: Any, c: Any) -> Any:
        """a * b + c, rounded once."""
        return self.call(prims.fma.default, self.number(a), self.number(b), self.number(c))

    def mul(self, a: Any, b: Any) -> Any:
        return self.call(aten.mul.Tensor, a, b)

    def sub(self, a: Any, b: Any) -> Any:
        return self.call(aten.sub.Tensor, a, b)

    def polynomial(self, x: Any, coefficients: list[float]) -> Any:
        """coefficients[0] + coefficients[1] x + ..."""
        *others, result = coefficients
        for coefficient in reversed(others):
            result = self.fma(result, x, coefficient)
        return result

    def power(self, shifted: Any) -> Any:
        """2^k, of a sum with ROUND_TO_EXPONENT."""
        bits = self.call(aten.view.dtype, shifted, torch.int32)
        moved = self.call(aten.bitwise_left_shift.Tensor_Scalar, bits, MANTISSA_BITS)
        return self.call(aten.view.dtype, moved, torch.float32)

    def reduced(self, x: Any, rate: float, length: float) -> tuple[Any, Any, Any]:
        """(k, r, 2^k), x = k length + r, k being the integer nearest to x * rate."""
        shifted = self.fma(x, as_float(rate), ROUND_TO_EXPONENT)
        k = self.sub(shifted, ROUND_TO_EXPONENT)
        return k, self.fma(k, -as_float(length), x), self.power(shifted)


def write(do: Operations, elu: Elu) -> Any:
    """The operations for an ELU, and the node of their result."""
    if elu.plus_one:
        above = do.call(aten.add.Tensor, elu.x, 1)
        return do.call(aten.where.self, do.call(aten.gt.Scalar, elu.x, 0), above, do.call(aten.exp.default, elu.x))
    # -0 goes the way of x > 0, where it keeps its sign.
    return do.call(aten.where.self, do.call(aten.ge.Scalar, elu.x, 0), elu.result.args[1], below(do, elu))


def below(do: Operations, elu: Elu) -> Any:
    """limit * expm1(input_scale * x) for x < 0."""
    x = do.call(aten.maximum.default, elu.x, do.number(as_float(SATURATED / elu.input_scale)))
    return unit(do, x) if elu.limit == elu.input_scale == 1 else general(do, x, elu.limit, elu.input_scale)


def unit(do: Operations, x: Any) -> Any:
    """e^x - 1 = (2^k - 1) + 2^k p, p = r + r^2 q(r)."""
    _, r, power = do.reduced(x, LOG2_E, LN_2)
    p = do.fma(do.mul(r, r), do.polynomial(r, Q), r)
    return do.fma(power, p, do.sub(power, 1))


def general(do: Operations, x: Any, limit: float, input_scale: float) -> Any:
    """-(1 - 2^k) L + (2^k r S + (2^k r (r g(r) + s) - (1 - 2^k) l)), the small parts first.

    limit = L + l and slope = limit * input_scale = S + s, in two floats each.
    """
    slope, length = limit * input_scale, LN_2 / input_scale
    g = [as_float(slope * input_scale ** (i + 1) * term) for i, term in enumerate(Q)]
    k, r, power = do.reduced(x, LOG2_E * input_scale, length)
    if input_scale != 1:
        r = do.fma(k, -low(length), r)
    missing, step = do.sub(1, power), do.mul(power, r)
    small = do.polynomial(r, [low(slope), *g])
    small = do.fma(step, small, do.mul(missing, -low(limit)))
    return do.fma(missing, -as_float(limit), do.fma(step, as_float(slope), small))
