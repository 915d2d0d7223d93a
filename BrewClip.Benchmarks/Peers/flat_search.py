#!/usr/bin/env python3
"""Peer of FlatSearchBenchmark: faiss IndexFlatIP over random unit vectors of 768 dimensions.

Usage: flat_search.py [COUNT] [REPEATS]      (Debian: python3-faiss)
"""
import sys
import time

import faiss
import numpy as np

DIMENSIONS, QUERIES, TOP = 768, 64, 10


def times_ms(work, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    vectors = np.random.default_rng(1).random((count, DIMENSIONS), dtype=np.float32) - 0.5
    faiss.normalize_L2(vectors)
    index = faiss.IndexFlatIP(DIMENSIONS)
    index.add(vectors)
    queries = np.ascontiguousarray(vectors[:QUERIES] + 0.1)
    print(f"faiss {faiss.__version__}, {faiss.omp_get_max_threads()} threads, {count} x {DIMENSIONS} float32:")
    single = times_ms(lambda: index.search(queries[:1], TOP), repeats)
    print(f"  one query      median {single[repeats // 2]:.2f} ms, best {single[0]:.2f} ms")
    batch = times_ms(lambda: index.search(queries, TOP), max(1, repeats // 4))
    print(f"  query of {QUERIES}    median {batch[len(batch) // 2] / QUERIES:.2f} ms, best {batch[0] / QUERIES:.2f} ms")


if __name__ == "__main__":
    main()
