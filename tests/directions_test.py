"""Reads every #include of the project and holds the directions between its rooms.

    directions_test.py PROJECT
"""
import pathlib
import re
import sys

SUFFIXES = {".h", ".hpp", ".cc", ".c"}

# room -> the rooms whose headers it may include
MAY_INCLUDE = {
    "include": {"include"},
    "src/cpu": {"src/cpu", "include"},
    "src/reference": {"src/reference", "include"},
    "src": {"src", "src/cpu", "include"},
    "torch": {"torch", "include"},
    "cli": {"cli", "src", "include"},  # of src only functions.h, below
    "lab": {"lab", "include"},
    "examples": {"include"},
    "bench": {"include"},
    "tests": {"tests", "include", "src", "src/cpu", "src/reference", "lab", "cli"},
}


def room(path):
    parts = path.parts
    return "/".join(parts[:2]) if parts[:2] in {("src", "cpu"), ("src", "reference")} else parts[0]


def resolve(project, file, name):
    """The file of ours that an include names, or None for others."""
    candidates = [file.parent / name, project / "include" / name, project / "src" / name, project / "tests" / name,
                  project / "lab" / name, project / "cli" / name]
    found = next((c for c in candidates if c.is_file()), None)
    return found.resolve().relative_to(project) if found else None


def faults(project):
    for top in sorted({r.split("/")[0] for r in MAY_INCLUDE}):
        for file in sorted((project / top).rglob("*")):
            if file.suffix not in SUFFIXES:
                continue
            here = file.relative_to(project)
            for name in re.findall(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', file.read_text(), re.M):
                there = resolve(project, file, name)
                if there and room(there) not in MAY_INCLUDE[room(here)]:
                    yield f"{here} includes {there}: {room(here)} must not know {room(there)}"
                if there and room(here) == "cli" and room(there) == "src" and there.name != "functions.h":
                    yield f"{here} includes {there}: of src the program may know functions.h alone"
                if here.parts[:2] == ("src", "cpu") and here.name.endswith("-inl.h") and name.endswith("kernels.h"):
                    yield f"{here} includes {there}: an op must not know the kernels"


def main(project):
    found = list(faults(project))
    print("\n".join(found) or "every include keeps the directions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
