"""How a peer is timed: alone from a shell, or by `BrewClip.Benchmarks -- compare`, which keeps it alive and asks for one run at a time.

With --serve, a peer prints `ready VERSIONS`, then for every line `run N` on its input does its work N times and prints the seconds that one
took. Imports, inputs and one run to warm up are behind it by then. A peer that cannot run prints `missing WHAT TO INSTALL` and ends. When its
input ends it ends too, in the midst of its work if need be: whoever started it is gone.
"""
import importlib
import os
import queue
import sys
import threading
import time

GRACE_SECONDS = 2


def need(module, package, checkout=None):
    """A module, or the end of this peer with a word on what is missing. A checkout is a folder to import it from."""
    if checkout:
        sys.path.insert(0, checkout)
    try:
        return importlib.import_module(module)
    except ImportError as error:
        end_missing(f"{package} ({error})")


def end_missing(what):
    print(f"missing {what}", flush=True)
    sys.exit(0)


def read_requests():
    """Lines of the input, or None at its end. A thread waits for them, so that the end is noticed while this peer is at work."""
    lines = queue.SimpleQueue()

    def read():
        rest = b""
        # Below Python's own buffers: a process that is forked meanwhile, such as a loader's worker, must not inherit their locks.
        while chunk := os.read(0, 65536):
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                lines.put(line.decode())
        lines.put(None)
        time.sleep(GRACE_SECONDS)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return iter(lines.get, None)


def threads():
    return int(os.environ.get("OMP_NUM_THREADS", os.cpu_count()))


def torch():
    """PyTorch with as many threads as this process may use; it counts processors by itself and may count fewer."""
    module = need("torch", "PyTorch (Debian: python3-torch)")
    module.set_num_threads(threads())
    module.set_grad_enabled(False)
    return module


def numpy():
    return need("numpy", "NumPy (Debian: python3-numpy)")


def require_ids(encode, captions, path):
    """Ends this peer where it gives other ids than BrewClip gave: it would not do the same work."""
    with open(path, encoding="utf-8") as file:
        expected = [[int(number) for number in line.split()] for line in file]
    if len(captions) != len(expected):
        sys.exit(f"{len(captions)} captions stand beside {len(expected)} lines of ids in '{path}'.")
    for caption, ids in zip(captions, expected):
        if list(encode(caption)) != ids:
            sys.exit(f"'{caption}' becomes {list(encode(caption))} here and {ids} in BrewClip.")


def arguments():
    return [argument for argument in sys.argv[1:] if argument != "--serve"]


def seconds_of(work, count):
    start = time.perf_counter()
    for _ in range(count):
        work()
    return (time.perf_counter() - start) / count


def measure(versions, work):
    """Serves runs of `work`, or times it by itself where this script was started from a shell."""
    requests = read_requests() if "--serve" in sys.argv else None
    work()
    if requests is None:
        times = sorted(seconds_of(work, 1) for _ in range(9))
        print(f"{versions}, {threads()} threads: median {1000 * times[4]:.3f} ms, least {1000 * times[0]:.3f} ms")
        return
    print(f"ready {versions}", flush=True)
    for line in requests:
        print(repr(seconds_of(work, int(line.split()[1]))), flush=True)
