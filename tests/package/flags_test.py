"""Flags of a surrounding project change no bit, or configuring stops in one line.

    flags_test.py PROJECT BUILD CMAKE_OPTION...

Every build gives the shared and the static library from the same objects. Both must compute the results of the library
in BUILD, which was built without any such flag, on every instruction set. CMAKE_OPTION... are what the builds need to
find Highway. -ffast-math by both compilers, and -O0; with ELU_THOROUGH=1 the whole list, and `elu verify` on a part of
all inputs.
"""
import concurrent.futures
import os
import pathlib
import shutil
import sys
import tempfile

from builds import defined, fingerprints, of_targets, refused, run
from thorough import THOROUGH

HERE = pathlib.Path(__file__).parent
KINDS = ["elu", "elu_static"]
QUICK = [("g++", "-ffast-math"), ("clang++", "-ffast-math"), ("g++", "-O0")]
FLAGS = """
    -ffast-math
    -Ofast
    -funsafe-math-optimizations
    -ffinite-math-only
    -fno-signed-zeros
    -freciprocal-math
    -fassociative-math -fno-signed-zeros -fno-trapping-math
    -frounding-math
    -ffp-contract=fast -mfma
    -fexcess-precision=fast
    -O0
    -Os
    -O3 -march=native
    -march=x86-64-v2
    -march=x86-64-v3
    -flto
    -flto -Ofast
    -mno-avx512f
    -fsanitize=float-divide-by-zero -fno-sanitize-recover=all
    -funsigned-char -fno-strict-aliasing -fwrapv
    -O2 -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-all -fstack-clash-protection -fcf-protection
    """
ONLY = {"g++": ["-fsingle-precision-constant"],
        "clang++": ["-fdenormal-fp-math=positive-zero", "-ffp-model=fast", "-ffp-model=strict", "-ftrapping-math"]}
REFUSED = [("g++", "-mfpmath=387", "elu's kernels need float and double without excess precision")]


def configuration(project, build, compiler, flags, options):
    """By every way that flags can take. Release's -O3 would come after another -O."""
    c = {"g++": "gcc", "clang++": "clang"}[compiler]
    settings = [f"CMAKE_C_COMPILER={c}", f"CMAKE_CXX_COMPILER={compiler}", f"ELU={project}",
                f"FLAGS={flags.replace(' ', ';')}", f"CMAKE_BUILD_TYPE={'' if '-O' in flags else 'Release'}",
                f"ELU_TOOLS={'ON' if THOROUGH else 'OFF'}", *(o for o in options if "COMPILER=" not in o)]
    return ["cmake", "-G", "Ninja", "-S", HERE / "flags", "-B", build, *defined(settings)]


def with_flags(flags):
    return {**os.environ, "CFLAGS": flags, "CXXFLAGS": flags, "LDFLAGS": flags}


def test_results(project, build, compiler, flags, options, right):
    run(*configuration(project, build, compiler, flags, options), env=with_flags(flags))
    run("cmake", "--build", build)
    print(run(build / "headers"), end="")
    for kind in KINDS:
        print(run(build / f"named_inputs_{kind}"), end="")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        results = list(pool.map(lambda kind: fingerprints(build / f"fingerprints_{kind}"), KINDS))
    for kind, got in zip(KINDS, results):
        targets = {row[3] for row in got}  # with -march the worse ones are left out
        differ = sorted(got ^ of_targets(right, targets))
        assert got and not differ, f"{compiler} {flags}, {kind}: other results than without: {differ}"
    if THOROUGH:
        run(build / "elu/bin/elu", "verify", "--target", "all", "--stride", "100003")


def main(project, right_build, *options):
    right = fingerprints(pathlib.Path(right_build) / "tests/fingerprints")
    cases = QUICK
    if THOROUGH:
        everywhere = [line.strip() for line in FLAGS.strip().splitlines()]
        cases = [(compiler, flags) for compiler, own in ONLY.items() for flags in everywhere + own]
    for compiler, flags in cases:
        if not shutil.which(compiler):
            print(f"skipped: {compiler} is not there")
            continue
        with tempfile.TemporaryDirectory() as build:
            test_results(project, pathlib.Path(build), compiler, flags, options, right)
        print(f"{compiler} {flags}: the same results", flush=True)
    for compiler, flags, line in REFUSED:
        with tempfile.TemporaryDirectory() as build:
            refused(line, *configuration(project, build, compiler, flags, options), env=with_flags(flags))


if __name__ == "__main__":
    main(*sys.argv[1:])
