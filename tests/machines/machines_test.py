"""Other machines compute the bits of this one, or elu refuses to be built for them in one line.

    machines_test.py PROJECT BUILD FOLDER

The core is cross-compiled by Debian's compilers into FOLDER, with the Highway that cmake/Highway.cmake fetches, and run
under qemu-user: s390x (big-endian), ppc64le and riscv64. Results are compared with those of the library in BUILD:
accurate f32, f16 and bf16 with its best target, everything with its plain one. With ELU_THOROUGH=1 also with Debian's
Highway, also aarch64, 32-bit Arm and x86, and what is refused.
"""
import concurrent.futures
import pathlib
import sys
import time

from builds import defined, fingerprints, of_targets, refused, run
from thorough import THOROUGH

HERE = pathlib.Path(__file__).parent
QEMU = {"armhf": "qemu-arm", "i686": "qemu-i386"}
LIBRARIES = {"ppc64le": "powerpc64le-linux-gnu", "armhf": "arm-linux-gnueabihf"}
SSE2 = "-msse2 -mfpmath=sse"
MACHINES = [("s390x", ""), ("ppc64le", ""), ("riscv64", "")]
MACHINES_IF_THOROUGH = [("s390x", "-march=z15 -mzvector"), ("ppc64le", "-mcpu=power9"),
                        ("aarch64", ""), ("aarch64", "-march=armv8.2-a+sve"), ("i686", SSE2),
                        ("armhf", "")]
REFUSED = [("i686", "", "elu's kernels need float and double without excess precision")]


def configuration(project, build, highway, machine, flags):
    settings = [f"CMAKE_TOOLCHAIN_FILE={project}/cmake/cross.cmake", f"ELU_MACHINE={machine}",
                f"CMAKE_CXX_FLAGS={flags}", f"CMAKE_C_FLAGS={flags}", "CMAKE_BUILD_TYPE=Release",
                "CMAKE_CXX_COMPILER_LAUNCHER=ccache", f"FETCHCONTENT_SOURCE_DIR_HIGHWAY={highway}"]
    return ["cmake", "-G", "Ninja", "-S", HERE, "-B", build, *defined(settings)]


def folder_of(folder, highway, machine, flags):
    return folder / "-".join([machine, highway.parent.name, *flags.replace("=", " ").replace("-", " ").split()])


def promised(rows):
    """What elu.h promises to the bit on every machine."""
    return {(function, number_type, bits) for function, number_type, accuracy, _, bits in rows
            if accuracy == "accurate" and number_type != "f64"}


def test_results(project, folder, right, highway, machine, flags):
    start = time.monotonic()
    build = folder_of(folder, highway, machine, flags)
    run(*configuration(project, build, highway, machine, flags))
    run("cmake", "--build", build)
    emulator = [QEMU.get(machine, f"qemu-{machine}"), "-L", f"/usr/{LIBRARIES.get(machine, f'{machine}-linux-gnu')}"]
    name = f"{machine} {flags} with Highway of {highway.parent.name}"
    got = fingerprints(*emulator, build / "fingerprints")
    assert promised(got) == promised(right), f"{name}: {sorted(promised(got) ^ promised(right))}"
    plain = of_targets(got, {"SCALAR"})
    assert plain <= right, f"{name}: {sorted(plain - right)}"
    run(*emulator, build / "c_api")
    targets = ", ".join(sorted({row[3] for row in got}))
    assert targets == "SCALAR" or machine in ("aarch64", "i686"), f"{name} runs {targets}, which nobody has proved"
    print(f"{name}: the same bits on {targets}, {time.monotonic() - start:.0f} s", flush=True)


def main(project, right_build, folder):
    project, folder = pathlib.Path(project).resolve(), pathlib.Path(folder).resolve()
    right = fingerprints(pathlib.Path(right_build) / "tests/fingerprints")
    highways, machines = [project / "build-machines/highway"], MACHINES
    if THOROUGH:
        highways, machines = [*highways, project / "build-mingw/highway"], MACHINES + MACHINES_IF_THOROUGH
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(test_results, project, folder, right, highway, *machine)
                     for machine in machines for highway in highways]:
            done.result()
    for machine, flags, line in REFUSED if THOROUGH else []:
        for highway in highways:
            refused(line, *configuration(project, folder_of(folder, highway, machine, flags), highway, machine, flags))


if __name__ == "__main__":
    main(*sys.argv[1:])
