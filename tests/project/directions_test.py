"""Reads every #include of the project and holds the directions between its rooms.

    directions_test.py PROJECT
"""
import pathlib
import re
import sys

SUFFIXES = {".h", ".hpp", ".cc", ".c"}

# room -> the other rooms whose headers it may include
MAY_INCLUDE = {
    "include": set(),
    "src/cpu": {"include"},
    "src/cpu/math": {"src/cpu"},
    "src/cpu/careful": {"src/cpu", "src/cpu/math"},
    "src/cpu/float32": {"src/cpu", "src/cpu/careful", "src/cpu/math"},
    "src/cpu/float64": {"src/cpu", "src/cpu/careful", "src/cpu/math"},
    "src/cpu/float16": {"src/cpu", "src/cpu/careful", "src/cpu/math"},
    "src/reference": {"include"},
    "src/proof": {"src", "src/reference", "include"},
    "src": {"src/cpu", "include"},
    "torch": {"include"},
    "python": {"include"},
    "program": set(),
    "figures": {"program"},
    "cli": set(),
    "cli/kernel": {"program", "src", "src/proof", "src/reference", "include"},
    "cli/timing": {"cli/kernel", "program", "src/cpu", "src/reference", "include"},
    "cli/bench": {"cli", "cli/kernel", "cli/timing", "program"},
    "cli/eval": {"cli", "cli/kernel", "program", "src", "src/proof", "include"},
    "cli/textbook": {"cli", "cli/kernel", "cli/timing", "program", "include"},
    "cli/plot": {"cli", "cli/kernel", "cli/textbook", "program"},
    "cli/verify": {"cli", "cli/kernel", "cli/plot", "program", "src/proof", "include"},
    "cli/command": {"cli", "cli/kernel", "program", "src/proof", "include"},
    "lab": set(),
    "lab/files": {"lab", "program"},
    "lab/results": {"program"},
    "lab/verdicts": {"lab/results", "program", "include"},
    "lab/report": {"lab/results", "lab/verdicts", "figures", "program", "include"},
    "lab/data": {"lab/files"},
    "lab/network": {"lab", "program", "include"},
    "lab/checkpoint": {"lab", "lab/files", "lab/network", "program"},
    "lab/training": {"lab", "lab/checkpoint", "lab/data", "lab/network"},
    "lab/measure": {"lab", "lab/data", "lab/network", "lab/training", "lab/results", "program", "include"},
    "lab/run": {"lab", "lab/files", "lab/data", "lab/checkpoint", "lab/training", "lab/measure", "lab/results",
                "figures", "program", "include"},
    "lab/compare": {"lab", "lab/files", "lab/data", "lab/network", "lab/measure", "lab/results", "lab/verdicts",
                    "lab/report", "lab/run", "program", "include"},
    "lab/command": {"lab", "lab/compare", "lab/report", "lab/results", "lab/run", "lab/verdicts", "program", "include"},
    "examples": {"include"},
    "bench": {"src/cpu", "include"},
    "tests": {"include", "src", "src/cpu", "src/cpu/careful", "src/cpu/float32", "src/cpu/float64",
              "src/cpu/float16", "src/reference", "src/proof", "program", "figures", "cli/kernel", "cli/eval",
              "cli/command", "lab/command", "lab/files", "lab/data", "lab/network", "lab/checkpoint", "lab/training",
              "lab/measure", "lab/results", "lab/verdicts", "lab/run", "lab/compare"},
}

# All headers that a room may include of another one.
ALONE = {("src/proof", "src"): "functions.h", ("cli/kernel", "src"): "functions.h", ("cli/eval", "src"): "functions.h",
         ("cli/timing", "src/cpu"): "disabled-targets.h dispatch.h",
         ("bench", "src/cpu"): "disabled-targets.h dispatch.h"}

# Rooms with files that include PyTorch. What lies in any other compiles without it, by whatever it includes.
WITH_PYTORCH = {"include", "torch", "python", "examples", "bench", "tests",
                "lab/data", "lab/network", "lab/checkpoint", "lab/training", "lab/measure", "lab/run", "lab/compare"}
CATCHES_ERRORS_OF_PYTORCH = "lab/command/command_line.cc"


def room(path):
    """The room of a file: the longest folder that is one."""
    return next(folder for folder in map(str, path.parents) if folder in MAY_INCLUDE)


def includes(project, file):
    """Each name that a file includes, after its < or ", with the file of ours that it means, or None."""
    for name in re.findall(r'^\s*#\s*include\s+([<"][^>"]+)[>"]', (project / file).read_text(), re.M):
        places = (project / name[1:], project / "include" / name[1:])
        found = next((place.relative_to(project) for place in places if place.is_file()), None)
        yield name, found


def sources(project):
    for top in sorted({r.split("/")[0] for r in MAY_INCLUDE}):
        yield from (f.relative_to(project) for f in sorted((project / top).rglob("*")) if f.suffix in SUFFIXES)


def faults(project):
    for file in sources(project):
        here = room(file)
        for name, found in includes(project, file):
            if found is None:
                if name[0] == '"':
                    yield f"{file} includes {name[1:]}: write its path from the project's folder"
                continue
            there = room(found)
            if there != here and there not in MAY_INCLUDE[here]:
                yield f"{file} includes {found}: {here} must not know {there}"
            if found.name not in ALONE.get((here, there), found.name).split():
                yield f"{file} includes {found}: of {there} {here} may know {ALONE[here, there]} alone"


def loops():
    """A room that includes itself by way of others."""
    def reaches(start, ahead, seen):
        return start in ahead or any(reaches(start, MAY_INCLUDE[r], seen | {r}) for r in ahead - seen)
    yield from (f"{name} may include itself by way of other rooms" for name in MAY_INCLUDE
                if reaches(name, MAY_INCLUDE[name], {name}))


def unused(project):
    """A direction that no include takes."""
    taken = {(room(file), room(found)) for file in sources(project) for _, found in includes(project, file) if found}
    yield from (f"{here} may include {there}, and no file of it does: take it from the list"
                for here, others in MAY_INCLUDE.items() for there in sorted(others) if (here, there) not in taken)


def torch_faults(project):
    for source in sources(project):
        if room(source) in WITH_PYTORCH or str(source) == CATCHES_ERRORS_OF_PYTORCH:
            continue
        seen, ahead = {source}, [source]
        while ahead:
            file = ahead.pop()
            for name, there in includes(project, file):
                if there is None and name[1:].startswith(("torch/", "c10/", "ATen/")):
                    yield f"{source} includes {name[1:]}, by way of {file}: {room(source)} must do without PyTorch"
                if there and there not in seen:
                    seen.add(there)
                    ahead.append(there)


def main(project):
    found = [*faults(project), *loops(), *unused(project), *torch_faults(project)]
    print("\n".join(found) or "every include keeps the directions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
