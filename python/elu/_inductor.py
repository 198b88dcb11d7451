"""ELU in compiled PyTorch: a pass over Inductor's graphs, and where it is registered."""

from __future__ import annotations

import collections
import dataclasses
from typing import Any

import torch

from . import _fast, _graph
from ._graph import Elu, aten, prims, value

replaced = 0
left: collections.Counter[str] = collections.Counter()

NOT_ADMITTED = "parameters that elu does not admit"
TYPES = (torch.float32, torch.float64, *_graph.HALVES)


def _needed() -> tuple[Any, ...]:
    """What this module needs of Inductor, by names of PyTorch's own that other versions may not have."""
    try:
        from torch._inductor import config, inductor_prims  # noqa: F401  the latter makes prims.fma
        from torch._inductor.custom_graph_pass import CustomGraphPass, get_custom_graph_passes, get_hash_for_files

        config.post_grad_custom_pre_pass, prims.fma.default  # noqa: B018
    except (ImportError, AttributeError) as error:
        raise RuntimeError(f"elu cannot reach compiled code of PyTorch {torch.__version__} ({error}): it knows that "
                           "of PyTorch 2.13 and 2.14; without compiled=True eager code runs on elu") from None
    return config, CustomGraphPass, get_custom_graph_passes, get_hash_for_files


config, CustomGraphPass, get_custom_graph_passes, get_hash_for_files = _needed()


@CustomGraphPass.register
class EluPass:
    """Puts elu's operations in the place of the ELUs of a graph."""

    def __init__(self, accuracy: str) -> None:
        self.accuracy = accuracy

    def uuid(self) -> Any:
        """What the compiled code depends on, which PyTorch's cache on disk takes into its keys."""
        return self.accuracy, get_hash_for_files((__file__, str(_fast.__file__), str(_graph.__file__)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EluPass) and other.accuracy == self.accuracy

    def __hash__(self) -> int:
        return hash((EluPass, self.accuracy))

    def __call__(self, graph: Any) -> None:
        for expm1 in list(graph.find_nodes(op="call_function", target=aten.expm1.default)):
            self._forward(graph, expm1)
        if self.accuracy == "accurate":
            for where in list(graph.find_nodes(op="call_function", target=aten.where.self)):
                if (gradient := _graph.backward(where)) is not None:
                    self._replace(graph, gradient)
        graph.eliminate_dead_code()

    def _forward(self, graph: Any, expm1: Any) -> None:
        found = [_graph.forward(user, expm1) for user in _graph.uses(expm1)]
        if not all(found):
            left[_graph.OUTSIDE] += 1
        # Of an expm1 with several uses each finds the same.
        for elu in dict.fromkeys(filter(None, found)):
            for plus_one in list(_graph.plus_ones(elu)):
                self._replace(graph, plus_one)
            if elu.result.users:
                self._replace(graph, elu)

    def _replace(self, graph: Any, elu: Elu) -> None:
        global replaced
        why = _why_left(elu)
        if why is None:
            do = _fast.Operations(graph, value(elu.x).fake_mode)
            with graph.inserting_before(elu.result):
                try:
                    (_write_expm1 if elu.variable else _write)(do, elu, self.accuracy)
                    replaced += not elu.variable
                    why = _graph.VARIABLE if elu.variable else None
                except ValueError:
                    why = NOT_ADMITTED
        if why is not None:
            left[why] += 1


def _why_left(elu: Elu) -> str | None:
    tensor = value(elu.x)
    if tensor.device.type != "cpu":
        return _graph.ELSEWHERE
    if tensor.dtype not in TYPES:
        return _graph.OTHER_TYPE
    return None


def _write(do: _fast.Operations, elu: Elu, accuracy: str) -> None:
    """Puts elu's operations before an ELU and has them used in its place. ValueError: parameters are not admitted."""
    if accuracy == "fast" and _fast.takes(elu):
        result = _fast.write(do, elu)
        wanted = value(elu.result).dtype
        if wanted != torch.float32:
            result = do.call(prims.convert_element_type.default, result, wanted)
        _give(elu.result, result)
        return
    narrow = _narrow(elu)
    if narrow is None:
        _give(elu.result, _call(do, elu, accuracy))
        return
    result = _call(do, narrow, accuracy)
    for node in [elu.result] if value(elu.result).dtype in _graph.HALVES else list(elu.result.users):
        _give(node, result)


def _write_expm1(do: _fast.Operations, elu: Elu, accuracy: str) -> None:
    """Has elu's e^x - 1 used in the place of PyTorch's, which is left for x > 0 where there may be such."""
    ours = _fast.below(do, elu) if accuracy == "fast" and _fast.takes(elu) else _call(do, elu, accuracy)
    if not elu.both_signs:
        _give(elu.result, ours)
        return
    positive = do.call(aten.gt.Scalar, elu.x, 0)
    with do.after(elu.result):
        both = do.call(aten.where.self, positive, elu.result, ours)
    elu.result.replace_all_uses_with(both, delete_user_cb=lambda user: user is not both)


def _call(do: _fast.Operations, elu: Elu, accuracy: str) -> Any:
    """The operator that computes an ELU: the one that computes it in eager mode."""
    if elu.plus_one:
        return do.call(torch.ops.elu.plus_one.default, elu.x, accuracy=accuracy)
    parameters = (elu.alpha, elu.scale, elu.input_scale)
    if elu.gradient is None:
        return do.call(torch.ops.elu.elu.default, elu.x, *parameters, accuracy=accuracy)
    return do.call(torch.ops.elu.elu_backward.default, elu.gradient, elu.x, *parameters, accuracy=accuracy)


def _narrow(elu: Elu) -> Elu | None:
    """The ELU of the 16-bit numbers that its inputs are conversions of, if its result goes nowhere but to such."""
    x = _graph.narrow(elu.x)
    gradient = None if elu.gradient is None else _graph.narrow(elu.gradient)
    inputs = [x] if elu.gradient is None else [x, gradient]
    if any(node is None for node in inputs):
        return None
    dtype = value(x).dtype
    results = [elu.result] if value(elu.result).dtype in _graph.HALVES else list(elu.result.users)
    if any(value(node).dtype != dtype for node in inputs) or not all(
            value(node) is not None and value(node).dtype == dtype and (
                node is elu.result or _graph.is_conversion(node, (dtype,))) for node in results):
        return None
    return dataclasses.replace(elu, x=x, gradient=gradient)


def _give(node: Any, result: Any) -> None:
    """Has the result used in place of a node, which goes, and what it alone used goes with it at the end."""
    node.replace_all_uses_with(result)
    arguments = node.all_input_nodes
    node.graph.erase_node(node)
    for argument in arguments:
        if not argument.users and _graph.is_conversion(argument, _graph.HALVES):
            node.graph.erase_node(argument)


class _Registration:
    """The passes that were there before, and those that were set instead."""

    def __init__(self, accuracy: str) -> None:
        self._before = config.post_grad_custom_pre_pass
        self._passes = (*_theirs(), EluPass(accuracy))
        config.post_grad_custom_pre_pass = self._passes

    def end(self) -> None:
        now = get_custom_graph_passes(config.post_grad_custom_pre_pass)
        # Whoever has set other passes meanwhile keeps them.
        config.post_grad_custom_pre_pass = self._before if now == self._passes else (_theirs() or None)


def _theirs() -> tuple[Any, ...]:
    return tuple(one for one in get_custom_graph_passes(config.post_grad_custom_pre_pass)
                 if not isinstance(one, EluPass))


_registration: _Registration | None = None


def register(accuracy: str | None) -> None:
    """Has Inductor call elu's pass from now on, after the passes that are there; with None, no more."""
    global _registration
    if _registration is not None:
        _registration.end()
    _registration = None if accuracy is None else _Registration(accuracy)


def registered() -> str | None:
    """The accuracy of the pass that Inductor calls now."""
    passes = get_custom_graph_passes(config.post_grad_custom_pre_pass)
    return next((one.accuracy for one in passes if isinstance(one, EluPass)), None)


def options(accuracy: str) -> dict[str, Any]:
    return {"post_grad_custom_pre_pass": (*_theirs(), EluPass(accuracy))}
