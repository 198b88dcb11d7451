#!/usr/bin/python3
"""Makes the numbers of src/cpu/math/constants.h.

    expm1.py                 print them
    expm1.py --check FILE    compare with the numbers that FILE declares; exit 1 and name each that differs
"""
import re
import struct
import sys

from mpmath import exp, expm1, factorial, fabs, log, mp, mpf

from remez import minimax

mp.prec = 240
TABLE_SIZE = 16
LN2_PART_BITS = 40  # k * part is exact for |k| < 2^13
REDUCED = log(2) / 2 * (1 + mpf(2) ** -20)  # |r|, with room for the rounding of k


def hexadecimal(value):
    return float(value).hex()


def leading_bits(value, bits):
    """value cut toward zero to `bits` significant bits."""
    exponent = mp.frexp(value)[1] - bits
    return mp.floor(value / mpf(2) ** exponent) * mpf(2) ** exponent


def ln2_parts():
    first = leading_bits(log(2), LN2_PART_BITS)
    second = leading_bits(log(2) - first, LN2_PART_BITS)
    return first, second, log(2) - first - second


def polynomial(degree, reduced=REDUCED, relative_to=expm1):
    """q of least error in r + r^2 q(r) = expm1(r) for |r| <= reduced, relative to a function of r; and its log2."""
    def exact(r):
        return mpf(1) / 2 + r / 6 if fabs(r) < mpf(10) ** -25 else (expm1(r) - r) / r**2

    def weight(r):
        return fabs(r * r / relative_to(r)) if r else mpf(0)

    coefficients, worst = minimax(exact, weight, degree, -reduced, reduced)
    return coefficients, log(worst, 2)


def forward_per_power(r):
    """|expm1(r + k ln 2)| / 2^k, where the error of r + r^2 q(r) weighs most: k = 0, only for r <= 0, or k = -1."""
    below = fabs(exp(r) - 2)
    return min(below, fabs(expm1(r))) if r < 0 else below


def after_square(entries, degree):
    """c of least relative error in r + r^2/2 + r^3 c(r) = expm1(r), |r| <= ln(2)/2 / entries; and log2 of that error,
    with the coefficients rounded to doubles."""
    reach = REDUCED / entries

    def exact(r):
        return mpf(1) / 6 + r / 24 if fabs(r) < mpf(10) ** -25 else (expm1(r) - r - r * r / 2) / r**3

    def weight(r):
        return fabs(r**3 / expm1(r)) if r else mpf(0)

    coefficients, _ = minimax(exact, weight, degree, -reach, reach)
    rounded = [mpf(float(c)) for c in coefficients]
    points = [reach * i / 1000 for i in range(-1000, 1001)]
    worst = max(weight(r) * fabs(exact(r) - mp.polyval(rounded[::-1], r)) for r in points)
    return rounded, log(worst, 2)


def powers(entries):
    """2^(j/entries) for j = 0, 1, ... as doubles, and what is left of each."""
    exact = [mpf(2) ** (mpf(j) / entries) for j in range(entries)]
    return [mpf(float(v)) for v in exact], [v - mpf(float(v)) for v in exact]


def single(value):
    """The float nearest to value, as a double."""
    return struct.unpack("f", struct.pack("f", float(value)))[0]


def constants():
    """name -> list of hexadecimal doubles"""
    coefficients, error = polynomial(7)
    table, table_error = polynomial(3, REDUCED / TABLE_SIZE)
    fast, fast_error = polynomial(4, relative_to=forward_per_power)
    fast_exp, fast_exp_error = polynomial(5, relative_to=exp)
    fast_exp8, fast_exp8_error = polynomial(2, REDUCED / 8, exp)
    fast_exp16, fast_exp16_error = polynomial(1, REDUCED / 16, exp)
    third, third_error = polynomial(3)
    fourth, fourth_error = polynomial(4)
    inverse = [1 / factorial(n) for n in range(2, 23)]
    low = [float(v - mpf(float(v))) for v in inverse]
    ln2_high, ln2_middle, ln2_lowest = ln2_parts()
    four, four_error = after_square(4, 6)
    eight, eight_error = after_square(8, 5)
    roots, roots_low = powers(TABLE_SIZE)
    return {
        "kLog2E": [hexadecimal(1 / log(2))],
        "kLn2<double>": [hexadecimal(log(2))],
        "kLn2<float>": [hexadecimal(single(log(2)))],
        "kLn2Low": [hexadecimal(log(2) - mpf(float(log(2))))],
        "kLn2High": [hexadecimal(ln2_high)],
        "kLn2BelowHigh": [hexadecimal(log(2) - ln2_high)],
        "kLn2Middle": [hexadecimal(ln2_middle)],
        "kLn2Lowest": [hexadecimal(ln2_lowest)],
        "kExpm1": [hexadecimal(c) for c in coefficients],
        "kExpm1LogError": [hexadecimal(mp.ceil(error * 100) / 100)],
        "kTableExpm1": [hexadecimal(c) for c in table],
        "kTableExpm1LogError": [hexadecimal(mp.ceil(table_error * 100) / 100)],
        "kFastExpm1": [hexadecimal(single(c)) for c in fast],
        "kFastExpm1LogError": [hexadecimal(mp.ceil(fast_error * 100) / 100)],
        "kFastExp1": [hexadecimal(single(c)) for c in fast_exp],
        "kFastExp1LogError": [hexadecimal(mp.ceil(fast_exp_error * 100) / 100)],
        "kFastExp8": [hexadecimal(single(c)) for c in fast_exp8],
        "kFastExp8LogError": [hexadecimal(mp.ceil(fast_exp8_error * 100) / 100)],
        "kFastExp16": [hexadecimal(single(c)) for c in fast_exp16],
        "kFastExp16LogError": [hexadecimal(mp.ceil(fast_exp16_error * 100) / 100)],
        "kExp3": [hexadecimal(single(c)) for c in third],
        "kExp4": [hexadecimal(single(c)) for c in fourth],
        "kExp3LogError": [hexadecimal(mp.ceil(third_error * 100) / 100)],
        "kExp4LogError": [hexadecimal(mp.ceil(fourth_error * 100) / 100)],
        "kInverseFactorial": [hexadecimal(v) for v in inverse],
        "kInverseFactorialLow": [hexadecimal(v) for v in low[:12]],
        "kPowersOfTwo": [hexadecimal(v) for v in roots],
        "kPowersOfTwoLow": [hexadecimal(v) for v in roots_low[::2]],
        "kAfterSquareOf4": [hexadecimal(c) for c in four],
        "kAfterSquareOf4LogError": [hexadecimal(mp.ceil(four_error * 100) / 100)],
        "kAfterSquareOf8": [hexadecimal(c) for c in eight],
        "kAfterSquareOf8LogError": [hexadecimal(mp.ceil(eight_error * 100) / 100)],
    }


def declared(path):
    """name -> list of doubles, for every `kName = value;`, `kName<type> = value;` and `kName[] = {values};` in a C++ file"""
    text = re.sub(r"//.*", "", open(path, encoding="utf-8").read())
    number = r"-?0x[0-9a-fA-F.]+p[+-]?\d+"
    found = re.findall(r"(k\w+(?:<\w+>)?)(?:\[\])?\s*=\s*(\{[^}]*\}|" + number + ")", text)
    return {name: [float.fromhex(v) for v in re.findall(number, body)] for name, body in found}


def main():
    made = constants()
    if sys.argv[1:2] != ["--check"]:
        for name, values in made.items():
            print(name, "=", ", ".join(values))
        return 0
    there = declared(sys.argv[2])
    wrong = [name for name, values in made.items() if there.get(name) != [float.fromhex(v) for v in values]]
    for name in wrong:
        print(f"{name}: {sys.argv[2]} has {there.get(name)}, the script makes {made[name]}")
    print(f"{len(made) - len(wrong)} of {len(made)} constants agree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
