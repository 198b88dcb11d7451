#!/usr/bin/env python3
"""Runs the fuzzers of build-sanitize, as many at a time as there are cores, and prints a line for each.

    scripts/fuzz.py SECONDS [NAME...]    each for so long; all of them unless names are given

They begin with the inputs of tests/fuzz/corpus and what earlier runs have added in build-sanitize/corpus. Where one
finds a fault, the exit status is 1, a line tells it, and the input that shows it is kept in out/fuzz.
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD, SOURCE, KEPT = ROOT / "build-sanitize", ROOT / "tests/fuzz", ROOT / "out/fuzz"

# No reader may take more for an input of these few bytes: an image of 50 million pixels takes 150 MB.
LIMITS = ["-timeout=10", "-rss_limit_mb=1024", "-malloc_limit_mb=160", "-max_len=4096"]
DONE = re.compile(r"^#(\d+)\s+DONE\s+cov: (\d+) .*corp: (\d+)/", re.M)
FAULT = re.compile(r"^(?:broken: |.*?ERROR: |.*?(?=runtime error: ))(.*)", re.M)
INPUT = re.compile(r"Test unit written to (\S+)")


def fuzz(name, seconds):
    """What the fuzzer of this name has done, and what it has found, each in words or None."""
    found, temporary, log = BUILD / "corpus" / name, BUILD / "temporary", BUILD / f"{name}.log"
    for folder in (found, temporary, KEPT):
        folder.mkdir(parents=True, exist_ok=True)
    dictionary = SOURCE / f"{name}.dict"
    words = [BUILD / f"bin/fuzz_{name}", f"-max_total_time={seconds}", f"-artifact_prefix={KEPT}/{name}-",
             "-close_fd_mask=1", *LIMITS, *([f"-dict={dictionary}"] if dictionary.exists() else []), found,
             SOURCE / "corpus" / name]
    with open(log, "wb") as output:
        code = subprocess.run(words, stdout=output, stderr=output, cwd=BUILD, stdin=subprocess.DEVNULL, env={
            **os.environ, "TMPDIR": str(temporary), "ASAN_OPTIONS": "quarantine_size_mb=16"}).returncode
    text = log.read_text(errors="replace")
    done, fault, kept = DONE.search(text), FAULT.search(text), INPUT.search(text)
    if code == 0 and done:
        return f"{int(done[1]):>12,} executions {int(done[2]):>7,} edges {int(done[3]):>6,} inputs that differ", None
    reason = fault[1] if fault else f"ended with status {code}"
    return None, reason + (f"; the input: {os.path.relpath(kept[1], ROOT)}" if kept else "") + f"; the whole log: {log}"


def main(seconds, *names):
    known = sorted(path.name.removeprefix("fuzz_") for path in (BUILD / "bin").glob("fuzz_*"))
    if not known or not seconds.isdecimal() or not set(names) <= set(known):
        print(f"fuzz: how many seconds, and which of these: {', '.join(known) or 'none is built'}?", file=sys.stderr)
        return 2
    faults = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for name, (done, found) in zip(names or known, pool.map(lambda name: fuzz(name, seconds), names or known)):
            if found:
                faults += 1
                print(f"fuzz: {name}: {found}", file=sys.stderr, flush=True)
            else:
                print(f"fuzz: {name:<13}{done}", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 1 else main(""))
