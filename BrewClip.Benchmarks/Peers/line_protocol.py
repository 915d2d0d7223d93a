"""How a peer is timed: alone from a shell, or by `BrewClip.Benchmarks -- compare`, which keeps it alive and asks for one run at a time.

With --serve, a peer prints `ready VERSIONS`, then for every line `run N` on its input does its work N times and prints the seconds that one
took. Imports, inputs and one run to warm up are behind it by then. A peer that cannot run prints `missing WHAT TO INSTALL` and ends.
"""
import importlib
import os
import sys
import time


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


def threads():
    return int(os.environ.get("OMP_NUM_THREADS", os.cpu_count()))


def torch():
    """PyTorch with as many threads as this process may use; it counts processors by itself and may count fewer."""
    module = need("torch", "PyTorch (Debian: python3-torch)")
    module.set_num_threads(threads())
    module.set_grad_enabled(False)
    return module


def arguments():
    return [argument for argument in sys.argv[1:] if argument != "--serve"]


def seconds_of(work, count):
    start = time.perf_counter()
    for _ in range(count):
        work()
    return (time.perf_counter() - start) / count


def measure(versions, work):
    """Serves runs of `work`, or times it by itself where this script was started from a shell."""
    work()
    if "--serve" not in sys.argv:
        times = sorted(seconds_of(work, 1) for _ in range(9))
        print(f"{versions}, {threads()} threads: median {1000 * times[4]:.3f} ms, least {1000 * times[0]:.3f} ms")
        return
    print(f"ready {versions}", flush=True)
    for line in sys.stdin:
        print(repr(seconds_of(work, int(line.split()[1]))), flush=True)
