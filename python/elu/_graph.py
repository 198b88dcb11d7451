"""ELU, SELU and CELU in the graphs that Inductor compiles, where they have been taken apart.

torch.compile writes them, whatever a program calls, as

    where(x > 0, scale * x, limit * expm1(input_scale * x))            limit = scale * alpha
    where(x <= 0, g * slope * exp(input_scale * x), g * scale)         their gradient, slope = limit * input_scale

without factors of 1 perhaps, with x / alpha in CELU, and for 16-bit numbers in float32 between two conversions. This
module finds them; _inductor.py puts other operations in their place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Iterator

aten, prims = torch.ops.aten, torch.ops.prims
HALVES = (torch.bfloat16, torch.float16)

OUTSIDE = "expm1 outside of an ELU"
ELSEWHERE = "not on the CPU"
OTHER_TYPE = "a number type that elu does not have"
VARIABLE = "a variable parameter: expm1 alone is elu's"


@dataclass(frozen=True)
class Elu:
    """`result` is f(x) or, with `gradient`, gradient * f'(x); with `plus_one`, f(x) + 1 at parameters of 1.

    With `variable` it is expm1(x) instead, wanted for x <= 0, or for all x where `both_signs`: torch.compile makes
    variables of parameters that a second call in the same place gives otherwise.
    """

    result: Any
    x: Any
    limit: float
    scale: float
    input_scale: float
    gradient: Any = None
    plus_one: bool = False
    variable: bool = False
    both_signs: bool = False

    @property
    def alpha(self) -> float:
        """The alpha whose product with scale is limit: of several the one that is written shortest.

        0.7 * 1.05 rounds to 0.735, and 0.735 / 1.05 to the double below 0.7. Parameters are short, or SELU's.
        """
        nearest = self.limit / self.scale
        around = (nearest, math.nextafter(nearest, math.inf), math.nextafter(nearest, -math.inf), SELU_ALPHA)
        return min((a for a in around if a * self.scale == self.limit), key=lambda a: (a != SELU_ALPHA, len(repr(a))),
                   default=nearest)


SELU_ALPHA = 1.6732632423543772848170429916717


def value(node: Any) -> Any:
    """The tensor, without numbers, that a node stands for; None where it stands for none."""
    found = node.meta.get("val") if isinstance(node, torch.fx.Node) else None
    return found if isinstance(found, torch.Tensor) else None


def constant(argument: Any) -> bool:
    return isinstance(argument, (int, float)) and not isinstance(argument, bool)


def single(argument: Any) -> bool:
    """Whether it is one number, now or in a tensor of no dimensions, which is a variable."""
    return constant(argument) or ((tensor := value(argument)) is not None and tensor.dim() == 0)


def multiple(node: Any, x: Any) -> bool:
    """Whether the node is x, multiplied and divided by single numbers."""
    while node is not x and (is_call(node, aten.mul.Tensor) or is_call(node, aten.div.Tensor)) and single(node.args[1]):
        node = node.args[0]
    return node is x


def is_call(node: Any, target: Any) -> bool:
    return isinstance(node, torch.fx.Node) and node.op == "call_function" and node.target is target


def scaled(node: Any) -> Iterator[tuple[Any, float]]:
    """All (x, c) for which the node is c * x: itself with 1, and what it multiplies or divides by a number."""
    yield node, 1.0
    if is_call(node, aten.mul.Tensor) and constant(node.args[1]):
        for x, c in scaled(node.args[0]):
            yield x, c * node.args[1]
    elif is_call(node, aten.div.Tensor) and len(node.args) == 2 and constant(node.args[1]) and node.args[1] != 0:
        for x, c in scaled(node.args[0]):
            yield x, c / node.args[1]


def factor(node: Any, x: Any) -> float | None:
    """c where the node is c * x."""
    return next((c for base, c in scaled(node) if base is x), None)


def compared(node: Any, comparison: Any) -> Any:
    """x where the node is comparison(x, 0)."""
    return node.args[0] if is_call(node, comparison) and constant(node.args[1]) and node.args[1] == 0 else None


def uses(node: Any) -> Iterator[Any]:
    """What takes a node or a multiple of it: nodes that are not multiples themselves."""
    for user in node.users:
        if is_call(user, aten.mul.Tensor) and user.args[0] is node and single(user.args[1]):
            yield from uses(user)
        else:
            yield user


def forward(where: Any, expm1: Any) -> Elu | None:
    """The ELU whose result is `where`, if that is one."""
    x = compared(where.args[0], aten.gt.Scalar) if is_call(where, aten.where.self) else None
    if x is None:
        return None
    z, (_, above, below) = expm1.args[0], where.args
    if not (same_tensors(where, x) and multiple(z, x) and multiple(above, x) and multiple(below, expm1)):
        return None
    input_scale, limit, scale = factor(z, x), factor(below, expm1), factor(above, x)
    if input_scale is None or limit is None or scale is None:
        return Elu(expm1, z, 1.0, 1.0, 1.0, variable=True, both_signs=input_scale is None or input_scale <= 0)
    return Elu(where, x, limit, scale, input_scale)


def same_tensors(result: Any, *inputs: Any) -> bool:
    """Whether all are of one shape and number type, so that nothing is broadcast or converted."""
    wanted = value(result)
    return wanted is not None and all(
        (given := value(node)) is not None and given.shape == wanted.shape and given.dtype == wanted.dtype
        for node in inputs)


def without_ones(node: Any) -> Any:
    """The node, or what it multiplies by 1: PyTorch 2.13 keeps the multiplications by parameters of 1."""
    while is_call(node, aten.mul.Tensor) and constant(node.args[1]) and node.args[1] == 1:
        node = node.args[0]
    return node


def factors(node: Any, gradient: Any) -> Iterator[Any]:
    """The numbers and nodes whose product a node is; `gradient` is not taken apart."""
    if node is not gradient and is_call(node, aten.mul.Tensor):
        for argument in node.args:
            yield from factors(argument, gradient)
    else:
        yield node


def backward(where: Any) -> Elu | None:
    """The gradient of an ELU whose result is `where`, if that is one."""
    x = compared(where.args[0], aten.le.Scalar)
    if x is None:
        return None
    for multiplied, scale in scaled(where.args[2]):
        gradient = without_ones(multiplied)
        product = list(factors(where.args[1], gradient))
        numbers = [part for part in product if constant(part)]
        nodes = [part for part in product if not constant(part) and part is not gradient]
        if len(nodes) != 1 or len(numbers) + 2 != len(product) or not is_call(nodes[0], aten.exp.default):
            continue
        input_scale = factor(nodes[0].args[0], x)
        if input_scale is not None and same_tensors(where, x, gradient):
            limit = limit_of(numbers, input_scale)
            return Elu(where, x, limit, scale, true_input_scale(limit, scale, input_scale), gradient)
    return None


def limit_of(numbers: list[float], input_scale: float) -> float:
    """The product of limit and input_scale, of which either may have been dropped as 1, without input_scale."""
    others = list(numbers)
    if input_scale in others:
        others.remove(input_scale)
        return math.prod(others, start=1.0)
    return math.prod(others, start=1.0) / input_scale


def true_input_scale(limit: float, scale: float, input_scale: float) -> float:
    """1 / alpha where it is the 1 / float(alpha) that PyTorch gives the gradient of CELU, as torch/parameters.cc."""
    copy = 1 / torch.tensor(limit, dtype=torch.float32).item() if limit else None
    return 1 / limit if scale == 1 and input_scale != 1 and input_scale == copy else input_scale


def plus_ones(elu: Elu) -> Iterator[Elu]:
    """The elu(x) + 1 that an ELU with parameters of 1 goes to."""
    if (elu.limit, elu.scale, elu.input_scale) != (1.0, 1.0, 1.0):
        return
    results = [elu.result, *(user for user in elu.result.users if is_conversion(user, HALVES))]
    for result in results:
        for user in result.users:
            if is_call(user, aten.add.Tensor) and 1 in user.args and not user.kwargs:
                yield Elu(user, elu.x, 1.0, 1.0, 1.0, plus_one=True)


def is_conversion(node: Any, dtypes: tuple[Any, ...]) -> bool:
    """Whether a node converts to one of these number types."""
    return is_call(node, prims.convert_element_type.default) and node.args[1] in dtypes


def narrow(node: Any) -> Any:
    """The 16-bit tensor that a node is a conversion of, or None."""
    if not is_call(node, prims.convert_element_type.default):
        return None
    source = value(node.args[0])
    return node.args[0] if source is not None and source.dtype in HALVES else None
