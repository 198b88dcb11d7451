"""The figures of `make bench`: time against size, and error against time, of forward at alpha 1 on floats."""
import subprocess

import targets

# Colour and kind of point; colours after Okabe and Ito, which the colour-blind tell apart too.
STYLES = {
    "elu fast": ("#D55E00", 7), "elu accurate": ("#D55E00", 5), "XNNPACK": ("#0072B2", 9), "oneDNN": ("#56B4E9", 11),
    "PyTorch": ("#009E73", 13), "JAX": ("#CC79A7", 4), "OpenVINO": ("#E69F00", 6), "ONNX Runtime": ("#8C564B", 8),
    "Eigen": ("#6A3D9A", 10), "std::expm1 loop": ("#555555", 12), "memcpy": ("#000000", 1), "ReLU": ("#999999", 2),
}
HEAD = """set terminal {terminal} font "Helvetica,13"
set output "{output}"
set logscale xy
set grid lc rgb "#dddddd"
set border lc rgb "#444444"
"""


def forward(results, **wanted):
    wanted = {"function": "forward", "dtype": "f32", "params": list(targets.ELU), **wanted}
    return lambda row: all(row[key] == value for key, value in wanted.items())


def times(results):
    """Contestant -> {n: nanoseconds a number}."""
    chosen = forward(results, input="normal", instructions=results["instructions"])
    found = {}
    for row in filter(chosen, results["times"]):
        found.setdefault(row["contestant"], {}).setdefault(row["n"], row["ns"]["median"])
    return {name: found[name] for name in STYLES if name in found}


def time_figure(results, head):
    contestants = times(results)
    text = head + """set xlabel "numbers in an array"
set ylabel "nanoseconds a number"
set xtics ("16" 16, "4 Ki" 4096, "256 Ki" 262144, "32 Mi" 33554432)
set xrange [10:60000000]
set key outside right center
"""
    plots = []
    for i, (name, points) in enumerate(contestants.items()):
        text += f"$d{i} << EOD\n" + "".join(f"{n} {ns}\n" for n, ns in sorted(points.items())) + "EOD\n"
        colour, point = STYLES[name]
        ours = name.startswith("elu")
        plots.append(f'$d{i} with linespoints lc rgb "{colour}" pt {point} lw {3 if ours else 1.5} title "{name}"')
    return text + "plot " + ", ".join(plots) + "\n"


def error_figure(results, head):
    chosen, speeds = forward(results), times(results)
    points = []
    for row in filter(chosen, results["errors"]):
        name = row["contestant"]
        if name in speeds and targets.L2 in speeds[name] and row["normal"]["ulp"] is not None:
            points.append((speeds[name][targets.L2], row["normal"]["ulp"], name))
    text = head + """set xlabel "nanoseconds a number, of 256 Ki"
set ylabel "largest error, ulp (normal numbers)"
set format y "10^{%L}"
set yrange [0.2:1e9]
set xrange [0.03:30]
unset key
"""
    # Labels of one height stand above and below their points in turns, so that neighbours do not meet.
    plots = []
    for i, (ns, ulp, name) in enumerate(sorted(points)):
        colour, point = STYLES[name]
        text += f'set label {i + 1} "{name}" at {ns},{ulp} center offset 0,{1 if i % 2 else -1} textcolor rgb "{colour}"\n'
        text += f"$d{i} << EOD\n{ns} {ulp}\nEOD\n"
        plots.append(f'$d{i} with points lc rgb "{colour}" pt {point} ps 1.4')
    return text + "plot " + ", ".join(plots) + "\n"


def draw(results, stem, terminal="svg size 860,520 background rgb 'white'", ending="svg"):
    """Writes STEM-time.svg and STEM-error.svg through gnuplot."""
    for name, figure in ("time", time_figure), ("error", error_figure):
        head = HEAD.format(terminal=terminal, output=f"{stem}-{name}.{ending}")
        subprocess.run(["gnuplot"], input=figure(results, head), text=True, check=True)
