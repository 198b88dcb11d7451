"""The polynomial of least weighted maximum error, by Remez's exchange algorithm, in mpmath's precision."""
import functools

from mpmath import mp, mpf, matrix, lu_solve, cos, pi


def _extrema(error, low, high, steps):
    """The points between sign changes of `error` on [low, high] where |error| is largest."""
    errors = ((x, error(x)) for x in (low + (high - low) * i / steps for i in range(steps + 1)))
    (best, largest), *others = (pair for pair in errors if pair[1] != 0)
    peaks = []
    for x, value in others:
        if (value > 0) != (largest > 0):
            peaks.append(best)
            best, largest = x, value
        elif abs(value) > abs(largest):
            best, largest = x, value
    return [*peaks, best]


def minimax(function, weight, degree, low, high, steps=4000, rounds=12):
    """Coefficients c_0 ... c_degree that minimise max |weight(x) (function(x) - sum c_i x^i)| on [low, high],
    and that maximum. The weight is positive but may vanish at the centre, which no starting point touches."""
    function, weight = functools.cache(function), functools.cache(weight)  # each round asks at the same points
    count = degree + 2
    nodes = [cos(pi * (2 * i + 1) / (2 * count)) for i in reversed(range(count))]
    points = [(low + high) / 2 + (high - low) / 2 * (node + mpf(1) / 1000) for node in nodes]
    for _ in range(rounds):
        system = matrix(count, count)
        right = matrix(count, 1)
        for row, x in enumerate(points):
            for column in range(degree + 1):
                system[row, column] = x**column
            system[row, degree + 1] = (-1) ** row / weight(x)
            right[row] = function(x)
        solution = lu_solve(system, right)
        coefficients = [solution[i] for i in range(degree + 1)]

        def error(x):
            return weight(x) * (function(x) - mp.polyval(coefficients[::-1], x))

        peaks = _extrema(error, low, high, steps)
        worst = max(abs(error(x)) for x in peaks)
        if len(peaks) < count or worst <= abs(solution[degree + 1]) * (1 + mpf(10) ** -6):
            break
        # Keep `count` alternating points: drop the smaller end until the number fits.
        while len(peaks) > count:
            peaks.pop(0 if abs(error(peaks[0])) < abs(error(peaks[-1])) else -1)
        points = peaks
    return coefficients, worst
