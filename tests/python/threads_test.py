"""Threads: the same bits whatever their number, the interpreter's lock released, no threads left, no copies made."""
import os
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from arrays import DTYPES, NAMES, inputs_of, parameters_of, same

import elu

LARGE = 2**19 + 2**18 + 77  # three threads' worth and a remainder


@pytest.fixture(autouse=True)
def restore_threads():
    before = elu.get_num_threads()
    yield
    elu.set_num_threads(before)


def threads_now():
    return len(os.listdir("/proc/self/task"))


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_bits_do_not_depend_on_threads(name, dtype):
    arrays = inputs_of(name, dtype, (LARGE,))
    results = []
    for threads in (1, 2, 3):
        elu.set_num_threads(threads)
        assert elu.get_num_threads() == threads
        results.append(getattr(elu, name)(*arrays, **parameters_of(name)))
    assert same(results[0], results[1]) and same(results[0], results[2])


def test_default_number():
    code = "import elu, os; assert elu.get_num_threads() == len(os.sched_getaffinity(0))"
    subprocess.run([sys.executable, "-c", code], check=True)


def sampled_during_call(x, sample):
    """What `sample` gave again and again while another thread was inside forward."""
    times = []

    def compute():
        start = time.perf_counter()
        elu.forward(x, out=x)
        times.extend([start, time.perf_counter()])

    thread = threading.Thread(target=compute)
    samples = []
    thread.start()
    while thread.is_alive():
        samples.append((time.perf_counter(), sample()))
    thread.join()
    start, end = times
    margin = (end - start) / 10  # the call is neither just beginning nor just ending
    return [value for moment, value in samples if start + margin < moment < end - margin]


def test_lock_is_released():
    elu.set_num_threads(1)
    x = np.full(2**24, -1.0)
    # Held, it would leave no sample ever; a busy machine may leave none once.
    assert any(len(sampled_during_call(x, lambda: None)) > 10 for _ in range(20))


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_number_of_threads(threads):
    elu.set_num_threads(threads)
    idle, most, x = threads_now(), 0, np.full(2**24, -1.0)
    for _ in range(20):  # on a busy machine the first may do all the work before the last has started
        most = max(most, *sampled_during_call(x, threads_now))
        if most == idle + threads:
            break
    assert most == idle + threads  # the one that calls, and threads - 1 others
    assert threads_now() == idle


def test_small_arrays_start_none():
    elu.set_num_threads(4)
    x = np.zeros(2**19 - 1, np.float32)
    idle = threads_now()
    assert max(sampled_during_call(x, threads_now), default=0) <= idle + 1


def test_calls_from_many_threads():
    x = np.linspace(-5, 5, LARGE, dtype=np.float32)
    expected, results = elu.forward(x), [None] * 8

    def compute(i):
        results[i] = elu.forward(x)

    workers = [threading.Thread(target=compute, args=(i,)) for i in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert all(same(result, expected) for result in results)


def test_fork():
    elu.set_num_threads(3)
    x = np.linspace(-5, 5, LARGE, dtype=np.float32)
    expected = elu.forward(x)
    child = os.fork()
    if child == 0:
        os._exit(0 if same(elu.forward(x), expected) else 1)
    assert os.waitpid(child, 0)[1] == 0


MEMORY = """
import resource, sys
import numpy as np, elu

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

x, out = np.full((4096, 8192), -1.0, np.float32), np.full((4096, 8192), 7, np.float32)  # 128 MiB each
elu.forward(x[:8], out=out[:8])
elu.forward(x[:8, ::2], out=out[:8, ::2])
grown = []
for take in (lambda a: a, lambda a: a.T, lambda a: a[::2], lambda a: a[:, ::2], lambda a: a[::-1]):
    before = peak()
    elu.forward(take(x), out=take(out))
    elu.forward(take(out), out=take(out))
    grown.append(peak() - before)
before = peak()
result = elu.forward(x.T)
grown.append(peak() - before - result.nbytes // 1024)
print(*grown)
"""


def test_no_copies():
    grown = subprocess.run([sys.executable, "-c", MEMORY], check=True, capture_output=True, text=True).stdout.split()
    assert len(grown) == 6 and all(int(kib) < 2048 for kib in grown), grown
