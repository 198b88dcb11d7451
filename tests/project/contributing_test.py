"""CONTRIBUTING.md names every place that a new function touches, and none that is not there.

    contributing_test.py PROJECT

A file that names all functions of elu.h, or all but one, is such a place: whoever adds a function adds it there. (One
may be missing, since two functions can share a kernel.)
"""
import pathlib
import re
import sys

from contract import functions

ROOMS = ("include", "src", "torch", "python", "cli", "lab", "bench", "tests")
SUFFIXES = {".h", ".hpp", ".c", ".cc", ".py", ".pyi", ".csv"}
AT_LEAST = 9  # functions: fewer mean that they are no longer recognised
AT_MOST = 24  # places


def named(function):
    """Matches a function's name as C, C++, Python and flags write it, and no longer name that holds it."""
    camel = "".join(word.capitalize() for word in function.split("_"))
    ways = "|".join([function, function.replace("_", "-"), function.replace("_", " "), camel])
    return re.compile(rf"(?<![A-Za-z])(?:elu_)?(?:{ways})(?![A-Za-z]|_(?!f32|f64|f16|bf16))")


def places(project):
    names = [named(function) for function in functions(project / "include" / "elu" / "elu.h")]
    assert len(names) >= AT_LEAST, names
    for room in ROOMS:
        for file in sorted((project / room).rglob("*")):
            if file.suffix in SUFFIXES and sum(not name.search(file.read_text()) for name in names) <= 1:
                yield str(file.relative_to(project))


def listed(project):
    """The paths that the section's list names, from the project's root; one without a folder lies in that before it."""
    section = (project / "CONTRIBUTING.md").read_text().split("\n## Adding a function\n")[1].split("\n## ")[0]
    section, folder = section.split("\n1. ")[1], ""
    for path in re.findall(r"`([\w./-]+\.\w+)`", section):
        folder = path.rpartition("/")[0] or folder
        yield f"{folder}/{path.rpartition('/')[2]}"


def main(project):
    told = set(listed(project))
    faults = [f"there is no {path}, which CONTRIBUTING.md names" for path in told if not (project / path).is_file()]
    faults += [f"{place} names the functions, and CONTRIBUTING.md does not name it" for place in places(project)
               if place not in told]
    if len(told) > AT_MOST:
        faults.append(f"a new function touches {len(told)} places, more than {AT_MOST}: let one of them read the table")
    print("\n".join(sorted(faults)) or f"CONTRIBUTING.md names {len(told)} places that a new function touches")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
