"""The figures of `make bench`: time against size, and error against time, of forward at alpha 1 on floats."""
import math
import subprocess

import targets

# Colour and kind of point; colours after Okabe and Ito, which the colour-blind tell apart too.
STYLES = {
    "elu fast": ("#A00020", 7), "elu accurate": ("#D55E00", 5), "XNNPACK": ("#0072B2", 9), "oneDNN": ("#56B4E9", 11),
    "PyTorch": ("#009E73", 13), "JAX": ("#CC79A7", 4), "OpenVINO": ("#E69F00", 6), "ONNX Runtime": ("#8C564B", 8),
    "Eigen": ("#6A3D9A", 10), "std::expm1 loop": ("#555555", 12), "memcpy": ("#000000", 1), "ReLU": ("#999999", 2),
}
HEAD = """set terminal {terminal} font "Helvetica,13"
set output "{output}"
set logscale xy
set grid lt 1 lw 0.5 lc rgb "#cccccc"
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


# The frame of the error figure: its ranges of time and of error, and its size in the labels' units (a label is as high
# as 1 and as wide as half the number of its letters).
X, Y, WIDTH, HEIGHT = (0.03, 30), (0.03, 1e9), 44, 24


def place(points):
    """{name: (x, y)} in units of the frame: labels beside their points that meet neither points nor one another."""
    def fraction(value, ends):
        return math.log(value / ends[0]) / math.log(ends[1] / ends[0])

    centres = {name: (WIDTH * fraction(ns, X), HEIGHT * fraction(ulp, Y)) for ns, ulp, name in points}
    taken = [(x, y, 0.6, 0.8) for x, y in centres.values()]
    labels = {}
    for name, (x, y) in centres.items():
        width = len(name) / 2
        free = [(x + dx * (width / 2 + 0.9), y + dy, width, 1.0)
                for dx, dy in ((0, 1.1), (0, -1.1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))]
        free = [a for a in free if not any(abs(a[0] - b[0]) < (a[2] + b[2]) / 2 and abs(a[1] - b[1]) < (a[3] + b[3]) / 2
                                           for b in taken)] or free
        taken.append(free[0])
        labels[name] = free[0][:2]
    return labels


def error_figure(results, head):
    speeds = times(results)
    points = [(speeds[row["contestant"]][targets.L2], row["normal"]["ulp"], row["contestant"])
              for row in filter(forward(results), results["errors"])
              if targets.L2 in speeds.get(row["contestant"], {}) and row["normal"]["ulp"] is not None]
    labels = place(points)
    text = head + f"""set xlabel "nanoseconds a number, arrays of 256 Ki"
set ylabel "largest error, ulp (normal numbers)"
set format y "10^{{%L}}"
set xrange [{X[0]}:{X[1]}]
set yrange [{Y[0]}:{Y[1]}]
unset key
"""
    plots = []
    for i, (ns, ulp, name) in enumerate(points):
        (colour, point), (x, y) = STYLES[name], labels[name]
        text += f'set label {i + 1} "{name}" at graph {x / WIDTH},{y / HEIGHT} center textcolor rgb "{colour}"\n'
        text += f"$d{i} << EOD\n{ns} {ulp}\nEOD\n"
        plots.append(f'$d{i} with points lc rgb "{colour}" pt {point} ps 1.4')
    return text + "plot " + ", ".join(plots) + "\n"


def draw(results, stem, terminal="svg size 860,520 background rgb 'white'", ending="svg"):
    """Writes STEM-time.svg and STEM-error.svg through gnuplot."""
    for name, figure in ("time", time_figure), ("error", error_figure):
        head = HEAD.format(terminal=terminal, output=f"{stem}-{name}.{ending}")
        subprocess.run(["gnuplot"], input=figure(results, head), text=True, check=True)
