"""Other machines compute the bits of this one, or elu refuses to be built for them in one line.

    machines_test.py PROJECT BUILD FOLDER

The core is cross-compiled by Debian's compilers into FOLDER, with the Highway that cmake/Highway.cmake fetches, and run
under qemu-user: s390x (big-endian), ppc64le and riscv64. Results are compared with those of the library in BUILD:
accurate f32, f16 and bf16 with its best target, everything with its plain one. With ELU_THOROUGH=1 also with Debian's
Highway, also aarch64, 32-bit Arm and x86, and what is refused.
"""
import concurrent.futures
import pathlib
import subprocess
import sys
import time

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


def run(*command):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    assert result.returncode == 0, f"{command} failed:\n{result.stdout}{result.stderr}"
    return result.stdout


def configure(project, folder, highway, machine, flags):
    build = folder / "-".join([machine, highway.parent.name, *flags.replace("=", " ").replace("-", " ").split()])
    return build, subprocess.run(
        ["cmake", "-G", "Ninja", "-S", HERE, "-B", build, f"-DELU_MACHINE={machine}", "-DCMAKE_BUILD_TYPE=Release",
         f"-DCMAKE_TOOLCHAIN_FILE={project}/cmake/cross.cmake", f"-DCMAKE_CXX_FLAGS={flags}", f"-DCMAKE_C_FLAGS={flags}",
         "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache", f"-DFETCHCONTENT_SOURCE_DIR_HIGHWAY={highway}"],
        capture_output=True, text=True)


def rows(fingerprints):
    """Function, type, accuracy, target, hash of each line. The plain target has another name with each compiler."""
    return [line.replace("EMU128", "SCALAR").split() for line in fingerprints.splitlines()]


def promised(rows):
    """What elu.h promises to the bit on every machine."""
    return {(function, number_type, bits) for function, number_type, accuracy, _, bits in rows
            if accuracy == "accurate" and number_type != "f64"}


def plain(rows):
    return {tuple(row) for row in rows if row[3] == "SCALAR"}


def test_results(project, folder, right, highway, machine, flags):
    start = time.monotonic()
    build, result = configure(project, folder, highway, machine, flags)
    assert result.returncode == 0, result.stdout + result.stderr
    run("cmake", "--build", build)
    emulator = [QEMU.get(machine, f"qemu-{machine}"), "-L", f"/usr/{LIBRARIES.get(machine, f'{machine}-linux-gnu')}"]
    got = rows(run(*emulator, build / "fingerprints"))
    name = f"{machine} {flags} with Highway of {highway.parent.name}"
    assert promised(got) == promised(right), f"{name}: {sorted(promised(got) ^ promised(right))}"
    assert plain(got) <= plain(right), f"{name}: {sorted(plain(got) - plain(right))}"
    run(*emulator, build / "c_api")
    targets = ", ".join(sorted({row[3] for row in got}))
    assert targets == "SCALAR" or machine in ("aarch64", "i686"), f"{name} runs {targets}, which nobody has proved"
    print(f"{name}: the same bits on {targets}, {time.monotonic() - start:.0f} s", flush=True)


def test_refused(project, folder, highway, machine, flags, line):
    _, result = configure(project, folder, highway, machine, flags)
    assert result.returncode != 0 and line in " ".join(result.stderr.split()), result.stdout + result.stderr


def main(project, right_build, folder):
    project, folder = pathlib.Path(project).resolve(), pathlib.Path(folder).resolve()
    right = rows(run(pathlib.Path(right_build) / "tests/fingerprints"))
    highways, machines = [project / "build-machines/highway"], MACHINES
    if THOROUGH:
        highways, machines = [*highways, project / "build-mingw/highway"], MACHINES + MACHINES_IF_THOROUGH
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(test_results, project, folder, right, highway, *machine)
                     for machine in machines for highway in highways]:
            done.result()
    for refused in REFUSED if THOROUGH else []:
        for highway in highways:
            test_refused(project, folder, highway, *refused)


if __name__ == "__main__":
    main(*sys.argv[1:])
