"""What `make bench` is judged by: each target a line of data, and how a line finds its two times."""
import typing

ELU, SELU = (1, 1, 1), (1.6732632423543772, 1.0507009873554805, 1)
ANY, ALPHA = (0.7, 1.05, 1.3), (0.7, 1, 1)  # any parameters; the same for a peer that has alpha alone
TIES = (1, 1.5, 1)  # scale * x lies halfway between two floats for every other x
CALL, L1, L2, MEMORY = 16, 4 << 10, 256 << 10, 32 << 20


class Series(typing.NamedTuple):
    contestant: str
    function: str = "forward"
    dtype: str = "f32"
    params: tuple = ELU
    input: str = "normal"
    instructions: str = ""  # "": the best of the machine


class Target(typing.NamedTuple):
    what: str
    n: int
    ours: Series
    peer: Series | None  # None: at_most is in nanoseconds for a call
    at_most: float | None  # None: no target, shown beside them


def targets():
    """All lines, in the order of the report."""
    return [*fast(), *accurate(), *other_types(), *backward(), *calls(), *avx2(), *inputs(), *threads(), *costs()]


def fast():
    elu, xnnpack = Series("elu fast"), Series("XNNPACK")
    for n, at_most in (L1, 1.1), (L2, 1.1), (MEMORY, 1.0):
        yield Target("f32 forward, fast, alpha 1", n, elu, xnnpack, at_most)
    for name, params in ("any parameters", ANY), ("SELU", SELU):
        for n in L1, L2:
            yield Target(f"f32 forward, fast, {name}", n, elu._replace(params=params),
                         xnnpack._replace(params=ALPHA), 1.4)
    for n, at_most in (L1, 1.6), (L2, 1.6), (MEMORY, 1.05):
        yield Target("f32 forward, fast, alpha 1", n, elu, Series("ReLU"), at_most)
    yield Target("f32 forward, fast, alpha 1", MEMORY, elu, Series("ReLU, non-temporal stores"), 1.3)


def accurate():
    elu, pytorch = Series("elu accurate"), Series("PyTorch")
    for n in L1, L2:
        yield Target("f32 forward, accurate, alpha 1", n, elu, pytorch, 0.38)
    for name, params in ("any parameters", ANY), ("SELU", SELU):
        for n in L1, L2:
            yield Target(f"f32 forward, accurate, {name}", n, elu._replace(params=params),
                         pytorch._replace(params=params), 0.43)
    for peer in "JAX", "OpenVINO", "ONNX Runtime", "Eigen":
        yield Target("f32 forward, accurate, alpha 1", L2, elu, Series(peer), 1.0)
    yield Target("f32 forward, accurate, alpha 1", MEMORY, elu, Series("memcpy"), 1.6)


def other_types():
    for n in L1, L2:
        for name, params, at_most in ("alpha 1", ELU, 0.33), ("any parameters", ANY, 0.48):
            elu = Series("elu accurate", dtype="f64", params=params)
            yield Target(f"f64 forward, {name}", n, elu, elu._replace(contestant="PyTorch"), at_most)
        for dtype in "f16", "bf16":
            elu = Series("elu accurate", dtype=dtype)
            yield Target(f"{dtype} forward", n, elu, elu._replace(contestant="PyTorch"), 0.15)
        yield Target("bf16 forward", n, elu, elu._replace(contestant="oneDNN"), 0.7)


def backward():
    for n in L1, L2:
        for mode, at_most in ("accurate", 1.2), ("fast", 0.45):
            elu = Series(f"elu {mode}", "backward")
            yield Target(f"f32 backward from the input, {mode}", n, elu, elu._replace(contestant="PyTorch"), at_most)
    for n, at_most in (L1, 1.1), (L2, 1.1), (MEMORY, 0.75):
        elu = Series("elu accurate", "backward_from_output")
        yield Target("f32 backward from the output", n, elu, elu._replace(contestant="PyTorch"), at_most)


def calls():
    for mode in "accurate", "fast":
        elu = Series(f"elu {mode}")
        yield Target(f"a call on 16 floats, {mode}", CALL, elu, None, 25)
        for peer in "XNNPACK", "PyTorch":
            yield Target(f"a call on 16 floats, {mode}", CALL, elu, Series(peer), 1.0)
        yield Target(f"a call on 16 floats, {mode}", CALL, elu, Series("XNNPACK, setup and run"), None)


def avx2():
    for n in L1, L2:
        for mode, at_most in ("accurate", 0.6), ("fast", 0.2):
            elu = Series(f"elu {mode}", instructions="AVX2")
            yield Target(f"AVX2 forced: f32 forward, {mode}", n, elu, elu._replace(contestant="PyTorch"), at_most)


def inputs():
    for function, dtype, modes in (("forward", "f32", ("accurate", "fast")), ("forward", "f64", ("accurate",)),
                                   ("forward", "f16", ("accurate",)), ("forward", "bf16", ("accurate",)),
                                   ("backward", "f32", ("accurate", "fast"))):
        for mode in modes:
            normal = Series(f"elu {mode}", function, dtype)
            for kind in "positive", "negative", "below -20", "half subnormal", "random signs":
                yield Target(f"{dtype} {function}, {mode}, inputs {kind}", L2, normal._replace(input=kind), normal,
                             1.3)


def threads():
    for mode in "accurate", "fast":
        yield Target(f"two threads, f32 forward, {mode}", MEMORY, Series(f"elu {mode}, 2 threads"),
                     Series(f"elu {mode}"), 0.6)
    # What memory allows: where memcpy gains no more from a second thread, nothing can.
    yield Target("two threads, memcpy", MEMORY, Series("memcpy, 2 threads"), Series("memcpy"), None)
    yield Target("two threads, f32 forward, fast", MEMORY, Series("elu fast, 2 threads"), Series("memcpy, 2 threads"),
                 None)


def costs():
    """What correct rounding costs: the test of every result, and products that are ties, as scale 1.5 makes them."""
    derivative, forward = Series("elu accurate", "derivative"), Series("elu accurate")
    yield Target("f32 derivative, accurate", L2, derivative, derivative._replace(contestant="elu fast"), None)
    yield Target("f32 forward, accurate, scale 1.5", L2, forward._replace(params=TIES), forward, None)


def belongs(row, series, best):
    """Whether a measured time is that of the series; `best` is the best instruction set of the machine."""
    return (row["contestant"], row["function"], row["dtype"], tuple(row["params"]), row["input"],
            row["instructions"]) == (*series[:5], series.instructions or best)


def verdict(ratio, at_most):
    if at_most is None:
        return "shown"
    return "met" if ratio <= at_most else "missed"


def judge(target, times, best):
    """{"ratio": of medians, "ratio_of_minima", "verdict"}, from times that took turns; None: not measured."""
    comparisons = {}
    for row in times:
        if row["n"] == target.n:
            comparisons.setdefault((row["instructions"], row["comparison"]), []).append(row)
    for rows in comparisons.values():
        ours = next((r for r in rows if belongs(r, target.ours, best)), None)
        if target.peer is None:
            peer = {"ns": {"median": 1 / target.n, "min": 1 / target.n}}
        else:
            peer = next((r for r in rows if belongs(r, target.peer, best)), None)
        if ours and peer:
            ratio = ours["ns"]["median"] / peer["ns"]["median"]
            return {"ratio": ratio, "ratio_of_minima": ours["ns"]["min"] / peer["ns"]["min"],
                    "verdict": verdict(ratio, target.at_most)}
    return None
