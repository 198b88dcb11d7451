"""elu as a guest in projects of others: it works whatever they set, and nothing of it reaches into them.

    guest_test.py PROJECT BUILD CMAKE_OPTION...

Each test writes a small project. The options are those that tell compilers and ccache. Builds without optimisation:
they take a second or two with ccache.
"""
import os
import pathlib
import re
import sys
import tempfile

from builds import CONSUMER_PRINTS, defined, refused, run

HERE = pathlib.Path(__file__).parent


class Parent:
    """A project that brings elu, in `folder`; `lines` of its CMakeLists.txt, with ELU, where elu is."""

    def __init__(self, folder, elu, lines, languages="C CXX"):
        self.folder, self.build = folder, folder / "build"
        folder.mkdir(parents=True)
        text = f"cmake_minimum_required(VERSION 3.22)\nproject(parent VERSION 1 LANGUAGES {languages})\n"
        text += f'set(ELU "{elu}")\nset(CONSUMER "{HERE}/consumer")\n' + "\n".join(lines)
        (folder / "CMakeLists.txt").write_text(text + "\n")

    def configuration(self, options, generator="Ninja"):
        return ["cmake", "-G", generator, "-S", self.folder, "-B", self.build, *defined(options)]

    def configure(self, options):
        return run(*self.configuration(options))

    def refuses(self, why, options, **settings):
        return refused(why, *self.configuration(options), **settings)

    def expect(self, options, generator="Ninja"):
        """Builds the program, which prints what the README says."""
        run(*self.configuration(options, generator))
        run("cmake", "--build", self.build, "--target", "app", "--parallel", "2")
        program = next(p for p in self.build.rglob("app") if p.is_file() and os.access(p, os.X_OK))
        assert run(program) == CONSUMER_PRINTS

    def cached(self):
        return set(re.findall(r"^(\w+):", (self.build / "CMakeCache.txt").read_text(), re.M))


BRING = "add_subdirectory(${ELU} elu)"
LINK = "target_link_libraries(app PRIVATE elu::elu)"
CXX20 = ["add_executable(app ${CONSUMER}/program20.cc)", LINK]
CXX17 = ["add_executable(app ${CONSUMER}/program17.cc)", LINK]
C = ["add_executable(app ${CONSUMER}/program.c)", LINK]


def test_everything_set(work, elu, options):
    """C++17, unity builds, no position-independent code, warnings as errors, a linter that refuses all, own folders."""
    settings = ["set(CMAKE_CXX_STANDARD 17)", "set(CMAKE_CXX_STANDARD_REQUIRED ON)", "set(CMAKE_CXX_EXTENSIONS OFF)",
                "set(CMAKE_UNITY_BUILD ON)", "set(CMAKE_POSITION_INDEPENDENT_CODE OFF)",
                "set(CMAKE_COMPILE_WARNING_AS_ERROR ON)", "set(CMAKE_DEBUG_POSTFIX d)",
                "set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/own)", "set(CMAKE_EXPORT_COMPILE_COMMANDS ON)",
                "set(CMAKE_LINK_LIBRARIES_ONLY_TARGETS ON)", "add_compile_definitions(HWY_IS_DEBUG_BUILD=1)",
                "add_compile_options(-Wall -Wextra -Wshadow -Wundef -Wold-style-cast -Wdouble-promotion -Werror)",
                "add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-std=c++17>)"]
    parent = Parent(work, elu, [*settings, "set(CMAKE_CXX_CLANG_TIDY false)", BRING, "unset(CMAKE_CXX_CLANG_TIDY)",
                                "include(CTest)", *CXX17, "add_custom_target(docs)", "add_custom_target(lint)",
                                "add_custom_target(core-tests)", "add_library(elu INTERFACE)"])
    parent.expect(options)
    assert (parent.build / "own/libelu.so").exists(), "the library is not where the project wants its libraries"
    words = (parent.build / "compile_commands.json").read_text()
    assert "-std=c++17" in next(line for line in words.splitlines() if '"command"' in line and "app.dir" in line)
    assert "Total Tests: 0" in run("ctest", "--test-dir", parent.build, "-N")
    run("cmake", "--install", parent.build, "--prefix", work / "prefix")
    assert not (work / "prefix").exists(), "elu installs what the project did not ask for"


def test_names_of_theirs(work, elu, options):
    """Modules and headers of the project that are named as elu's are, and an old Highway in its include folders."""
    lines = ["list(APPEND CMAKE_MODULE_PATH ${CMAKE_SOURCE_DIR}/cmake)", "include_directories(${CMAKE_SOURCE_DIR})"]
    parent = Parent(work, elu, [*lines, BRING, *CXX20])
    for file in elu.glob("cmake/*.cmake"):
        (work / "cmake").mkdir(exist_ok=True)
        (work / "cmake" / file.name).write_text(f'message(FATAL_ERROR "took {file.name} of the project")\n')
    for header in ["hwy/highway.h", *(str(path.relative_to(elu)) for path in elu.glob("src/**/*.h"))]:
        (work / header).parent.mkdir(parents=True, exist_ok=True)
        (work / header).write_text(f"#error took {header} of the project\n")
    parent.expect(options)


def test_nothing_reaches_the_cache(work, elu, options):
    with_elu = Parent(work / "with", elu, [BRING, *CXX20])
    with_elu.configure(options)
    without = Parent(work / "without", elu, ["add_executable(app ${CONSUMER}/program20.cc)"])
    without.configure(options)
    foreign = {name for name in with_elu.cached() - without.cached() if not re.match("(?i)elu|hwy_DIR$", name)}
    assert not foreign, f"elu sets {foreign} for all"
    targets = run("cmake", "--build", with_elu.build, "--target", "help")
    foreign = {name for name in re.findall(r"^([\w-]+): phony", targets, re.M) if "elu_" not in name}
    known = set(re.findall(r"^([\w-]+): phony", run("cmake", "--build", without.build, "--target", "help"), re.M))
    assert foreign <= known | {"libelu"}, f"elu has the targets {foreign - known}"


def test_no_standard(work, elu, options):
    Parent(work, elu, [BRING, *CXX20]).expect(options)


def test_c_alone(work, elu, options):
    Parent(work, elu, [BRING, *C], languages="C").expect(options)


def test_cxx_alone(work, elu, options):
    Parent(work, elu, [BRING, *CXX20], languages="CXX").expect(options)


def test_static_alone(work, elu, options):
    """BUILD_SHARED_LIBS=OFF, and a program without any shared library."""
    parent = Parent(work, elu, [BRING, *C, "target_link_options(app PRIVATE -static)"])
    parent.expect([*options, "BUILD_SHARED_LIBS=OFF"])
    assert not list(parent.build.rglob("libelu.so*"))


def test_machine_without_shared_libraries(work, elu, options):
    machine = "set_property(GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS FALSE)"
    alone = 'if(TARGET elu_shared)\n  message(FATAL_ERROR "two kinds")\nendif()'
    for name, kind in {"unset": [], "on": ["BUILD_SHARED_LIBS=ON"]}.items():
        Parent(work / name, elu, [machine, BRING, *C, alone]).configure([*options, *kind])


def test_shared_alone(work, elu, options):
    parent = Parent(work, elu, [BRING, *C, 'if(TARGET elu::elu_static)\n  message(FATAL_ERROR "two kinds")\nendif()'])
    parent.expect([*options, "BUILD_SHARED_LIBS=ON"])
    assert not list(parent.build.rglob("libelu.a"))


def test_installed(work, elu, options):
    kinds = {"static": "OFF", "shared": "ON"}
    for kind, shared in kinds.items():
        build, prefix = work / kind, work / f"prefix_{kind}"
        run("cmake", "-G", "Ninja", "-S", elu, "-B", build,
            *defined([f"BUILD_SHARED_LIBS={shared}", "ELU_TOOLS=OFF", "ELU_TESTS=OFF", *options]))
        run("cmake", "--build", build)
        run("cmake", "--install", build, "--prefix", prefix)
        find = "find_package(elu 0.1 CONFIG REQUIRED)"
        Parent(work / f"uses_{kind}", elu, [find, *C], languages="C").expect([*options, f"CMAKE_PREFIX_PATH={prefix}"])
    static = "find_package(elu 0.1 CONFIG REQUIRED COMPONENTS static)"
    linked = [C[0], "target_link_options(app PRIVATE -static)", "target_link_libraries(app PRIVATE elu::elu_static)"]
    Parent(work / "component", elu, [static, *linked]).expect([*options, f"CMAKE_PREFIX_PATH={work}/prefix_static"])
    Parent(work / "refused", elu, [static]).refuses("this elu was built without its component static",
                                                    [*options, f"CMAKE_PREFIX_PATH={work}/prefix_shared"])
    for kind in kinds:  # two builds, as packagers make them, in one prefix
        run("cmake", "--install", work / kind, "--prefix", work / "prefix")
    Parent(work / "both", elu, [static, *linked]).expect([*options, f"CMAKE_PREFIX_PATH={work}/prefix"])


def test_absolute_folders(work, elu, options):
    """Some packagers name the folders of libraries and headers in full."""
    folders = {"LIBDIR": f"{work}/out/lib", "INCLUDEDIR": f"{work}/dev/include"}
    run("cmake", "-G", "Ninja", "-S", elu, "-B", work / "build",
        *defined(["ELU_TOOLS=OFF", "ELU_TESTS=OFF", f"CMAKE_INSTALL_PREFIX={work}/out",
                  *(f"CMAKE_INSTALL_{name}={folder}" for name, folder in folders.items()), *options]))
    said = dict(re.findall(r"^(\w+)=(.*)$", (work / "build/elu.pc").read_text(), re.M))
    assert (said["libdir"], said["includedir"]) == tuple(folders.values()), said
    prefix = said["prefix"].replace("${pcfiledir}", folders["LIBDIR"] + "/pkgconfig")
    assert os.path.normpath(prefix) == f"{work}/out", said


def without_highway(options):
    given = ("hwy_DIR=", "FETCHCONTENT_SOURCE_DIR_HIGHWAY=")
    return [o for o in options if not o.startswith(given)] + ["CMAKE_DISABLE_FIND_PACKAGE_hwy=ON"]


def their_highway(folder, options):
    """As third_party/highway is: a target hwy, and headers, which are those that this test is given."""
    folder.mkdir(parents=True)
    given = [o.split("=", 1)[1] for o in options if o.startswith("FETCHCONTENT_SOURCE_DIR_HIGHWAY=/")]
    (folder / "hwy").symlink_to(pathlib.Path(*given or ["/usr/include"]) / "hwy")
    (folder / "CMakeLists.txt").write_text("add_library(hwy INTERFACE)\nadd_library(hwy::hwy ALIAS hwy)\n"
                                           "target_include_directories(hwy INTERFACE "
                                           "$<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}>)\n")
    return folder


def test_their_highway(work, elu, options):
    theirs, options = their_highway(work / "highway", options), without_highway(options)
    for name, lines in {
            "before": [f"add_subdirectory({theirs} highway)", BRING],
            "fetched": ["include(FetchContent)", f"FetchContent_Declare(highway SOURCE_DIR {theirs})",
                        "FetchContent_MakeAvailable(highway)", BRING],
            "fetched_as_hwy": ["include(FetchContent)", f"FetchContent_Declare(hwy SOURCE_DIR {theirs})",
                               "FetchContent_MakeAvailable(hwy)", BRING]}.items():
        parent = Parent(work / name, elu, [*lines, *CXX20])
        said = parent.configure(options)
        assert "fetching" not in said, said
    parent.expect(options)
    after = Parent(work / "after", elu, [BRING, f"add_subdirectory({theirs} highway)", *CXX20])
    after.configure([*options, f"FETCHCONTENT_SOURCE_DIR_HIGHWAY={theirs}"])


def test_no_highway(work, elu, options):
    """Neither here nor on the network: one line that says what to do."""
    parent, needed = Parent(work / "parent", elu, [BRING]), "elu needs Highway 1.0.3 or later (libhwy-dev of Debian"
    options = without_highway(options)
    parent.refuses(needed, options, env={**os.environ, "https_proxy": "http://127.0.0.1:9"})
    said = parent.refuses(needed, [*options, "FETCHCONTENT_FULLY_DISCONNECTED=ON"])
    assert "elu: fetching" not in said, said
    parent.refuses(f"there is no hwy/highway.h in {work}", [*options, f"FETCHCONTENT_SOURCE_DIR_HIGHWAY={work}"])


def test_old_highway(work, elu, options):
    """Of a project that has it already."""
    old = work / "old/hwy/highway.h"
    old.parent.mkdir(parents=True)
    old.write_text("#define HWY_MAJOR 1\n#define HWY_MINOR 0\n#define HWY_PATCH 2\n")
    theirs = f"add_library(hwy INTERFACE)\ntarget_include_directories(hwy INTERFACE $<BUILD_INTERFACE:{work}/old>)"
    Parent(work / "parent", elu, [theirs, BRING]).refuses("this project has 1.0.2", without_highway(options))


def test_their_cli11(work, elu, options):
    theirs = "add_library(CLI11 INTERFACE)\nadd_library(CLI11::CLI11 ALIAS CLI11)"
    parent = Parent(work, elu, [theirs, "set(ELU_TOOLS ON)", BRING])
    said = parent.configure([*options, "CMAKE_DISABLE_FIND_PACKAGE_CLI11=ON"])
    assert "fetching" not in said and "elu_cli11" not in said, said


def test_two_bring_elu(work, elu, options):
    for name in "ab":
        (work / name).mkdir(parents=True)
        (work / name / "CMakeLists.txt").write_text(f'add_subdirectory("{elu}" elu)\n')
    fetched = ["include(FetchContent)", "FetchContent_Declare(elu SOURCE_DIR ${ELU})",
               "FetchContent_MakeAvailable(elu)"]
    parent = Parent(work / "parent", elu, ["add_subdirectory(../a a)", "add_subdirectory(../b b)", *fetched, *CXX20])
    parent.expect(options)


def test_own_export(work, elu, options):
    """A library of theirs that links elu, installed and found: elu is installed beside it."""
    lines = ["set(ELU_INSTALL ON)", "add_executable(elu ${CONSUMER}/program.c)", BRING,
             "target_link_libraries(elu PRIVATE elu::elu)", "set_target_properties(elu PROPERTIES OUTPUT_NAME program)",
             "add_library(theirs STATIC ${CONSUMER}/program.c)",
             "target_link_libraries(theirs PUBLIC elu::elu)", "install(TARGETS theirs EXPORT theirs)",
             "install(EXPORT theirs NAMESPACE theirs:: DESTINATION lib/cmake/theirs FILE theirs-config.cmake)"]
    parent = Parent(work / "theirs", elu, lines)
    parent.configure(options)
    run("cmake", "--build", parent.build)
    run("cmake", "--install", parent.build, "--prefix", work / "prefix")
    assert not (work / "prefix/bin").exists(), "elu installs a program of the project's, which has its name"
    user = Parent(work / "user", elu, ["find_package(elu REQUIRED)", "find_package(theirs REQUIRED)", *CXX20,
                                       "target_link_libraries(app PRIVATE theirs::theirs)"])
    user.expect([*options, f"CMAKE_PREFIX_PATH={work}/prefix"])


def test_other_generators(work, elu, options):
    """In folders with spaces."""
    for generator in ["Unix Makefiles", "Ninja Multi-Config"]:
        link = work / generator / "elu's own"
        link.parent.mkdir(parents=True)
        link.symlink_to(elu)
        Parent(work / generator / "a project", link, [BRING, *CXX20]).expect(options, generator=generator)


def main(project, build, *options):
    options = [option for option in options if option]
    for name, test in [(name, test) for name, test in globals().items() if name.startswith("test_")]:
        with tempfile.TemporaryDirectory() as folder:
            test(pathlib.Path(folder).resolve() / "work", pathlib.Path(project).resolve(), options)
        print(f"{name} passed", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
