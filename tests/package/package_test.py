"""Projects that use elu: installed, through CMake and through pkg-config; as a folder; through FetchContent.

    package_test.py PROJECT BUILD CMAKE_OPTION...
    package_test.py --torch PROJECT BUILD CMAKE_OPTION...    the installed drop-in
    package_test.py --cross PROJECT BUILD CMAKE_OPTION...    installed, for another machine: builds, runs nothing

The options are those of the build in BUILD that the others need: compilers and where Highway or PyTorch are. Each
project's programs, C99, C++17 and C++20, with the shared and the static library, must print f(-2), ..., f(2).
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

from builds import CONSUMER_PRINTS, defined, run

HERE = pathlib.Path(__file__).parent
PROGRAMS = ["c", "c_static", "cxx17", "cxx20", "cxx20_static"]


def install(build, prefix, *components):
    for component in components:
        run("cmake", "--install", build, "--prefix", prefix, "--component", component)


def configure(source, build, *options):
    run("cmake", "-G", "Ninja", "-S", source, "-B", build, "-D", "CMAKE_BUILD_TYPE=Release", *options)


def flags(build):
    """What the compilation of the consumer's own files was given, without what CMake and the consumer ask for."""
    own = {"-O3", "-DNDEBUG", "-c", "-std=c99", "-std=c++17", "-std=c++20", "-Wall", "-Wextra", "-Wpedantic",
           "-Wconversion", "-Werror"}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        words = shlex.split(entry["command"])
        if pathlib.Path(entry["file"]).parent == HERE / "consumer":
            compiler = next(i for i, word in enumerate(words) if not pathlib.Path(word).name.startswith("ccache"))
            words = words[compiler + 1:words.index("-o")] + words[words.index("-o") + 2:]
            yield from (w for w in words if w not in own and w != entry["file"])


def build_and_run(build):
    run("cmake", "--build", build, "--target", *PROGRAMS)
    for program in PROGRAMS:
        found = next(path for path in build.rglob(program) if path.is_file() and os.access(path, os.X_OK))
        assert run(found) == CONSUMER_PRINTS, f"{program} prints something else than {CONSUMER_PRINTS}"


def test_installed(project, work, options, prefix):
    build = work / "find_package"
    configure(HERE / "consumer", build, "-D", "HOW=find_package", "-D", f"CMAKE_PREFIX_PATH={prefix}", *options)
    build_and_run(build)
    leaked = set(flags(build)) - {"-isystem", str(prefix / "include")}
    assert not leaked, f"elu gives its consumers {leaked}"


def test_folder(project, work, options, prefix):
    build = work / "folder"
    configure(HERE / "consumer", build, "-D", "HOW=add_subdirectory", "-D", f"ELU={project}", *options)
    build_and_run(build)
    leaked = set(flags(build)) - {f"-I{project}/include"}
    assert not leaked, f"elu gives its consumers {leaked}"
    installed = run("cmake", "--install", build, "--prefix", work / "consumer")
    assert not (work / "consumer").exists(), f"a consumer installs elu, which it did not ask for: {installed}"


def test_fetched(project, work, options, prefix):
    configure(HERE / "consumer", work / "fetched", "-D", "HOW=FetchContent", "-D", f"ELU={project}", *options)


def test_core_alone(project, work, options, prefix):
    """The preset where nothing but a compiler, Highway and the fetched CLI11 is there: the library and elu, and why there
    is no more."""
    build, absent = work / "alone", ["CMAKE_DISABLE_FIND_PACKAGE_GTest=ON", "ELU_MPFR=OFF"]
    said = run("cmake", "--preset", "core", "-B", build, *defined(absent), *options, cwd=project)
    assert "The program elu cannot verify; missing: MPFR" in said, said
    assert "The tests are left out; missing: GoogleTest, MPFR" in said, said
    run("cmake", "--build", build, "--target", "elu")
    elu = build / "bin/elu"
    assert run(elu, "eval", "-2", "-1", "0", "1", "2") == CONSUMER_PRINTS
    refused = subprocess.run([elu, "verify"], capture_output=True, text=True)
    assert (refused.returncode, refused.stdout) == (1, ""), refused
    assert refused.stderr == "elu: verify needs MPFR, which this elu was built without\n", refused.stderr


def test_library_alone(project, work, options, prefix):
    """The preset where CLI11 is not there either: the library, and why there is no more."""
    own = [o for o in options if o != "-D" and not o.startswith("FETCHCONTENT_SOURCE_DIR_CLI11")]
    offline = ["CMAKE_DISABLE_FIND_PACKAGE_CLI11=ON", "CMAKE_DISABLE_FIND_PACKAGE_GTest=ON"]
    said = run("cmake", "--preset", "core", "-B", work / "library", *defined(own + offline),
               cwd=project, env={**os.environ, "https_proxy": "http://127.0.0.1:9"})
    assert re.search(r"elu: there is no CLI11 \(libcli11-dev of Debian.*\); .* cannot be fetched: ", said), said
    assert "The program elu is left out; missing: CLI11" in said, said
    targets = run("cmake", "--build", work / "library", "--target", "help")
    assert "elu_shared:" in targets and "elu_proof:" not in targets, targets


def test_unknown_component(project, work, options, prefix):
    source = work / "unknown"
    source.mkdir()
    (source / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.22)\nproject(unknown LANGUAGES CXX)\n"
                                           "find_package(elu COMPONENTS cuda)\n"
                                           "if(NOT elu_FOUND)\n  message(STATUS \"no: ${elu_NOT_FOUND_MESSAGE}\")\n"
                                           "endif()\n")
    said = run("cmake", "-S", source, "-B", source / "build", "-D", f"CMAKE_PREFIX_PATH={prefix}", *options)
    assert "-- no: " in said, said


def test_pkg_config(project, work, options, prefix):
    if not shutil.which("pkg-config"):
        print("skipped: pkg-config is not there")
        return
    where = next(prefix.rglob("elu.pc"))
    words = run("pkg-config", "--cflags", "--libs", "elu", env={**os.environ, "PKG_CONFIG_PATH": where.parent}).split()
    compiler = next(o.split("=", 1)[1] for o in options if o.startswith("CMAKE_C_COMPILER="))
    program = work / "by_pkg_config"
    run(compiler, HERE / "consumer/program.c", *words, "-o", program)
    library = next(prefix.rglob("libelu.so"))
    assert run(program, env={"LD_LIBRARY_PATH": str(library.parent)}) == CONSUMER_PRINTS
    moved = work / "moved"
    shutil.move(prefix, moved)
    words = run("pkg-config", "--cflags", "elu",
                env={**os.environ, "PKG_CONFIG_PATH": moved / where.relative_to(prefix).parent}).split()
    assert pathlib.Path(words[0].removeprefix("-I")).resolve() == moved / "include", f"{words} after a move"


def test_torch(project, work, options, prefix):
    configure(HERE / "torch_consumer", work / "torch", "-D", f"CMAKE_PREFIX_PATH={prefix}", *options)
    run("cmake", "--build", work / "torch")
    print(run(work / "torch/consumer").strip())


def test_cross(project, work, options, prefix):
    where = next(prefix.rglob("elu-config.cmake")).parent
    configure(HERE / "consumer", work / "cross", "-D", "HOW=find_package", "-D", f"elu_DIR={where}", *options)
    run("cmake", "--build", work / "cross", "--target", *PROGRAMS)


def main(words):
    components = ["elu_runtime", "elu_development"]
    tests = [test_installed, test_folder, test_fetched, test_core_alone, test_library_alone,
             test_unknown_component, test_pkg_config]  # the last moves the prefix
    if words[0].startswith("--"):
        tests = [{"--torch": test_torch, "--cross": test_cross}[words[0]]]
        components += ["elu_torch"] if words[0] == "--torch" else []
        words = words[1:]
    project, build, *options = words
    options = defined(options)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder).resolve()
        install(build, work / "prefix", *components)
        for test in tests:
            test(pathlib.Path(project).resolve(), work, options, work / "prefix")
    print(f"{len(tests)} passed")


if __name__ == "__main__":
    main(sys.argv[1:])
