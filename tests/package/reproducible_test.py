"""The library has the same bytes whoever builds it where, and needs no network for it.

    reproducible_test.py PROJECT BUILD CMAKE_OPTION...    in `make thorough` alone

The options are those of the build in BUILD: compilers and where Highway is. A copy of the sources in another folder is
built without a compiler cache and without a network, and compared with the libraries in BUILD. Of a Release build:
debug information would name the folders.
"""
import os
import pathlib
import re
import shutil
import sys
import tempfile

from builds import defined, run
from faults import without_network
from thorough import THOROUGH

LIBRARIES = ["libelu.so", "libelu.a"]
NEEDED = ["CMakeLists.txt", "cmake", "include", "src"]


def build_type(build):
    return re.search("^CMAKE_BUILD_TYPE:[A-Z]+=(.*)$", (build / "CMakeCache.txt").read_text(), re.M)[1]


def main(project, build, *options):
    if build_type(build) != "Release":
        print("skipped: this is no Release build")
        return
    with tempfile.TemporaryDirectory() as folder:
        source, there = pathlib.Path(folder) / "another place", pathlib.Path(folder) / "another build"
        source.mkdir()
        for name in NEEDED:
            (shutil.copytree if (project / name).is_dir() else shutil.copy)(project / name, source / name)
        settings = ["ELU_TOOLS=OFF", "ELU_TESTS=OFF", "CMAKE_BUILD_TYPE=Release", *options]
        alone = without_network()
        if not alone:
            print("skipped: nobody may take the network away here; built with it")
        env = {**os.environ, "CCACHE_DISABLE": "1"}
        run(*alone, "cmake", "-G", "Ninja", "-S", source, "-B", there, *defined(settings), env=env)
        run(*alone, "cmake", "--build", there, env=env)
        for name in LIBRARIES:
            ours, theirs = (build / "lib" / name).read_bytes(), (there / "lib" / name).read_bytes()
            assert ours == theirs, f"{name}: {len(ours)} bytes in {build}, others in another folder"
            assert str(folder).encode() not in theirs, f"{name} holds the name of its folder"
            print(f"{name}: the same {len(ours)} bytes from two folders")


if __name__ == "__main__":
    if not THOROUGH:
        print("skipped: make thorough builds the library a second time")
        sys.exit(77)
    main(*(pathlib.Path(word).resolve() for word in sys.argv[1:3]), *sys.argv[3:])
