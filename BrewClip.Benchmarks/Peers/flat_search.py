#!/usr/bin/env python3
"""Peer of search: faiss IndexFlatIP over random unit vectors of 768 dimensions. It scans for a single query on one thread.

Usage: flat_search.py COUNT QUERIES [--serve]      (Debian: python3-faiss)
"""
import line_protocol

faiss = line_protocol.need("faiss", "faiss (Debian: python3-faiss)")
numpy = line_protocol.numpy()
DIMENSIONS, TOP = 768, 10

count, batch = (int(number) for number in line_protocol.arguments())
faiss.omp_set_num_threads(line_protocol.threads())
generator = numpy.random.default_rng(1)
index = faiss.IndexFlatIP(DIMENSIONS)
for start in range(0, count, 50_000):
    vectors = generator.random((min(50_000, count - start), DIMENSIONS), dtype=numpy.float32) - 0.5
    faiss.normalize_L2(vectors)
    index.add(vectors)
queries = generator.random((batch, DIMENSIONS), dtype=numpy.float32) - 0.5
line_protocol.measure(f"faiss {faiss.__version__}", lambda: index.search(queries, TOP))
