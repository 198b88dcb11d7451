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
    "src/proof": {"src/proof", "src", "src/reference", "include"},  # of src only functions.h, below
    "src": {"src", "src/cpu", "src/reference", "include"},  # the reference in functions.h alone, below
    "torch": {"torch", "include"},
    "python": {"python", "include"},
    "cli": {"cli", "src", "src/proof", "include"},  # of src only functions.h, below
    "lab": {"lab", "include"},
    "examples": {"include"},
    "bench": {"bench", "include"},
    "tests": {"tests", "include", "src", "src/cpu", "src/reference", "src/proof", "lab", "cli"},
}


def room(path):
    parts = path.parts
    return "/".join(parts[:2]) if "/".join(parts[:2]) in MAY_INCLUDE else parts[0]


def resolve(project, file, name):
    """The file of ours that an include names, or None for others."""
    candidates = [file.parent / name, project / "include" / name, project / "src" / name, project / "tests" / name,
                  project / "lab" / name, project / "cli" / name, project / "python" / name]
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
                if there and room(here) in {"cli", "src/proof"} and room(there) == "src" and there.name != "functions.h":
                    yield f"{here} includes {there}: of src {room(here)} may know functions.h alone"
                if there and room(here) == "src" and room(there) == "src/reference" and here.name != "functions.h":
                    yield f"{here} includes {there}: the library must not know its reference"
                if here.name == "elu-inl.h" and name.endswith(("kernels.h", "map-inl.h")):
                    yield f"{here} includes {there}: an op must not know the kernels"


def plain_sources(project):
    """The sources of these libraries, which are to compile without PyTorch."""
    lists = (project / "lab/CMakeLists.txt").read_text()
    listed = [re.search(rf"add_library\({name} STATIC ([^)]*)\)", lists)[1]
              for name in ("elu_lab_plain", "elu_lab_readers")]
    return [project / "lab" / name for names in listed for name in names.split()]


def torch_faults(project):
    for source in plain_sources(project):
        seen, ahead = {source}, [source]
        while ahead:
            file = ahead.pop()
            for name in re.findall(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', file.read_text(), re.M):
                if name.startswith(("torch/", "c10/", "ATen/")):
                    yield f"{source.relative_to(project)} includes {name}, by way of {file.relative_to(project)}"
                there = resolve(project, file, name)
                if there and project / there not in seen:
                    seen.add(project / there)
                    ahead.append(project / there)


def main(project):
    found = list(faults(project)) + list(torch_faults(project))
    print("\n".join(found) or "every include keeps the directions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
