"""No kernel takes more than 3 % more instructions than tests/instructions/table.csv says.

    instructions_test.py LIBRARY COUNT_CALLS BUILT_BY [--update]

The rows of AVX2 come from callgrind: what a call through the C ABI takes at two sizes gives what an element takes and
what remains for the call. Those of AVX3 come from the disassembly (loops.py). --update writes the table anew: make it
when a kernel has changed on purpose. The figures are those of one compiler and its options, which the table names:
with others nothing is compared. Exit status 77 for what cannot be compared here.
"""
import csv
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from loops import count_loops

TABLE = pathlib.Path(__file__).with_name("table.csv")
COLUMNS = ["target", "kernel", "parameters", "per_element", "per_call"]
UPDATE = "cmake --build build --target update-instructions"
GROWTH = 1.03
SKIPPED = 77


class Skip(Exception):
    pass


def totals(count_calls):
    """{(parameters, function, dtype, accuracy): {elements: instructions}}, by callgrind."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "callgrind.out"
        run = subprocess.run(["valgrind", "--tool=callgrind", "--collect-atstart=no", "--combine-dumps=yes",
                              f"--callgrind-out-file={out}", count_calls], capture_output=True, text=True)
        if run.returncode == SKIPPED:
            raise Skip("this machine has no AVX2")
        if run.returncode != 0:
            raise RuntimeError(f"valgrind failed: {run.stderr}")
        found = re.findall(r"^desc: Trigger: Client Request: (\d+) (.*)\n(?:.*\n)*?totals: (\d+)$", out.read_text(),
                           re.M)
    calls = {}
    for elements, kernel, instructions in found:
        calls.setdefault(tuple(kernel.split(",")), {})[int(elements)] = int(instructions)
    return calls


def count(library, count_calls):
    """{(target, kernel, parameters): (instructions an element, a call or None)}"""
    rows = {}
    for (parameters, *kernel), by_size in totals(count_calls).items():
        (few, at_few), (many, at_many) = sorted(by_size.items())
        per_element = (at_many - at_few) / (many - few)
        rows["AVX2", " ".join(kernel), parameters] = (per_element, at_few - few * per_element)
    loops = count_loops(library)
    if not loops:
        raise RuntimeError(f"no loop with AVX-512 was found in {library}")
    rows |= {("AVX3", kernel, ""): (per_element, None) for kernel, per_element in loops.items()}
    return rows


def read_table():
    """What the table's figures were built by, and its rows."""
    built_by, *lines = TABLE.read_text().splitlines()
    rows = {}
    for row in csv.DictReader(lines):
        per_call = float(row["per_call"]) if row["per_call"] else None
        rows[row["target"], row["kernel"], row["parameters"]] = (float(row["per_element"]), per_call)
    return built_by.removeprefix("# "), rows


def write_table(built_by, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key, (per_element, per_call) in rows.items():
        writer.writerow([*key, f"{per_element:.3f}", "" if per_call is None else f"{per_call:.0f}"])
    TABLE.write_text(f"# {built_by}\n{text.getvalue()}")


def faults(rows, known):
    for key in known.keys() - rows.keys():
        yield f"{' '.join(key)}: is in the table, but no longer there"
    for key, now in rows.items():
        if key not in known:
            yield f"{' '.join(key)}: is not in the table"
            continue
        for what, count_now, before in zip(("an element", "a call"), now, known[key]):
            if before is not None and count_now > GROWTH * before + 0.5e-3:  # the table has three decimals
                yield f"{' '.join(key)}: {count_now:.3f} instructions {what}, {before:.3f} in the table"


def test(library, count_calls, built_by, *options):
    if not shutil.which("valgrind") or not pathlib.Path(count_calls).is_file():
        raise Skip("valgrind was not there when this was built")
    update = options == ("--update",)
    known_by, known = (built_by, {}) if update else read_table()
    if known_by != built_by:
        raise Skip(f"the table was counted with {known_by}, this is {built_by}")
    rows = count(library, count_calls)
    if update:
        write_table(built_by, rows)
        print(f"{TABLE}: {len(rows)} rows")
        return 0
    found = sorted(faults(rows, known))
    print("\n".join(found) or f"{len(rows)} kernels take no more instructions than the table says")
    if found:
        print(f"If that is meant to be, accept the new figures: {UPDATE}")
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(test(*sys.argv[1:]))
    except Skip as reason:
        print(f"skipped: {reason}")
        sys.exit(SKIPPED)
