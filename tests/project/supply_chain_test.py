"""All that set-up installs or fetches is bounded, what it downloads is checked, and docs/reliability.md lists it.

    supply_chain_test.py PROJECT
"""
import importlib.metadata
import pathlib
import re
import sys

# What fetches, and where it may stand: another place is another source, which the table lacks.
FETCHING = {
    r"\bpip install\b": {"scripts/torch.sh", "scripts/python.sh", "scripts/peers.sh", "python/CMakeLists.txt"},
    r"\bapt-get (?:install|download|source)\b": {"scripts/packages.sh", "scripts/sysroot.sh", "scripts/highway.sh"},
    r"\bnpm (?:pack|install|ci)\b": {"scripts/cifar10.sh"},
    r"\bFetchContent_Declare\b|\bExternalProject_Add\b|\bfile\(DOWNLOAD\b": {"cmake/Fetch.cmake"},
    r"\belu_fetch\((?!folder name)": {"cmake/CLI11.cmake", "cmake/Highway.cmake"},
    r"\b(?:curl|wget|git clone|urlopen|urlretrieve)\b": set(),
}
SHA256 = r"\b[0-9a-f]{64}\b"
REQUIREMENT = r"^([A-Za-z][\w.-]*)(\[[\w,]+\])?(?:[<>=!~].*)?$"


def array(text, name):
    """The words of a shell array, wherever it is set or added to."""
    words = " ".join(re.findall(rf"\b{name}\+?=\(([^)]*)\)", text)).replace('"', " ").split()
    return [word for word in words if "$" not in word]


def requirements(project):
    """What pip is asked for, by file."""
    torch, peers = (project / "scripts/torch.sh").read_text(), (project / "scripts/peers.sh").read_text()
    settings = (project / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:requires|dependencies|bfloat16|test) = \[(.*?)\]$", settings, re.M | re.S)
    version = re.search("^version=(.*)$", torch, re.M)[1]
    constraints = (project / "scripts/constraints.txt").read_text().splitlines()
    return {
        "scripts/torch.sh": [f"torch=={version}", *array(torch, "others")],
        "pyproject.toml": re.findall('"([^"]+)"', " ".join(lists)),
        "scripts/peers.sh": [word for word in array(peers, "peers") if not word.endswith(":")],
        "scripts/constraints.txt": [line for line in constraints if not line.startswith("#")],
    }


def debian_packages(project):
    for script in ["packages.sh", "sysroot.sh"]:
        yield from array((project / "scripts" / script).read_text(), "packages")


def sources(project):
    for pattern in ["Makefile", "CMakeLists.txt", "*/CMakeLists.txt", "cmake/*", "scripts/*.sh", "scripts/*/*.sh",
                    "scripts/*/*.py", ".ci/run",
                    "scripts/*.py"]:
        yield from project.glob(pattern)


def name_of(requirement):
    return re.match(REQUIREMENT, requirement)[1].lower().replace("_", "-")


def unbounded(project):
    for file, asked in requirements(project).items():
        if not asked:
            yield f"{file}: no requirement found"
        yield from (f"{file}: {one} has no upper bound" for one in asked if "<" not in one and "==" not in one)


def unknown_fetches(project):
    for pattern, known in FETCHING.items():
        found = {str(file.relative_to(project)) for file in sources(project) if re.search(pattern, file.read_text())}
        if found != known:
            yield f"{pattern} stands in {sorted(found)}, not in {sorted(known)}"
    for file, checksums in {"scripts/cifar10.sh": 1, "scripts/cifar10_records.py": 6, "cmake/CLI11.cmake": 1,
                            "cmake/Highway.cmake": 1}.items():
        if len(re.findall(SHA256, (project / file).read_text())) != checksums:
            yield f"{file} has not the {checksums} SHA-256 of what it fetches or makes"


def unlisted(project):
    section = (project / "docs/reliability.md").read_text().split("\n## Supply chain\n")[1].split("\n## ")[0]
    listed = set(re.findall(r"`([^`\n]+)`", section))
    asked = {one for many in requirements(project).values() for one in many}
    yield from (f"docs/reliability.md lacks {one}" for one in sorted({*asked, *debian_packages(project)} - listed))
    extra = {one for one in listed if re.search("[<=]", one)} - asked
    yield from (f"docs/reliability.md lists {one}, which nothing asks for" for one in sorted(extra))


def installed_unbounded(project):
    """In the environments that are there."""
    known = {name_of(one) for many in requirements(project).values() for one in many} | {"elu", "pip"}
    folders = [".venv", ".peers", "build-python/venv", "build-python-*/venv"]
    for site in [site for folder in folders for site in project.glob(f"{folder}/lib/python3*/site-packages")]:
        names = {found.metadata["Name"] for found in importlib.metadata.distributions(path=[str(site)])}
        print(f"{len(names)} packages in {site.relative_to(project)}")
        for name in sorted(names):
            plain = name.lower().replace("_", "-")
            if plain not in known and not plain.startswith(("nvidia-", "cuda-", "triton")):  # PyTorch for CUDA names their versions
                yield f"{site.relative_to(project)} has {name}, which nothing bounds"


def main(project):
    checks = [unbounded, unknown_fetches, unlisted, installed_unbounded]
    faults = [fault for check in checks for fault in check(project)]
    print("\n".join(faults) or "all that is installed or fetched is bounded, checked and listed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
