"""The program elu starts within 20 ms: the shortest of several runs, since a busy machine only adds to it.

    start_test.py ELU
"""
import subprocess
import sys
import time

RUNS, LIMIT = 30, 0.020


def seconds(arguments):
    start = time.perf_counter()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    slow = False
    for command in [["--version"], ["info"], ["eval", "1"]]:
        shortest = min(seconds([sys.argv[1], *command]) for _ in range(RUNS))
        print(f"elu {' '.join(command)}: {1000 * shortest:.1f} ms")
        slow = slow or shortest > LIMIT
    sys.exit(1 if slow else 0)
