#!/usr/bin/env python3
"""Peer of search-saved: one query over a faiss IndexFlatIP that was saved, with what is known of each image in a list beside it.

`query` asks an index that stays open; `open` reads index and list before it asks, which is what faiss needs to do: it maps no flat index.
Usage: saved_search.py FOLDER COUNT query|open [--serve]      (Debian: python3-faiss, python3-numpy)
"""
import json
import os

import line_protocol

faiss = line_protocol.need("faiss", "faiss (Debian: python3-faiss)")
numpy = line_protocol.numpy()
DIMENSIONS, TOP = 768, 10

folder, count, how = line_protocol.arguments()
index_path, list_path = os.path.join(folder, "images.faiss"), os.path.join(folder, "images.json")
faiss.omp_set_num_threads(line_protocol.threads())
generator = numpy.random.default_rng(1)


def write():
    index = faiss.IndexFlatIP(DIMENSIONS)
    for start in range(0, int(count), 50_000):
        vectors = generator.random((min(50_000, int(count) - start), DIMENSIONS), dtype=numpy.float32) - 0.5
        faiss.normalize_L2(vectors)
        index.add(vectors)
    faiss.write_index(index, index_path)
    known = [
        {"path": f"photographs/{i // 1000:03}/picture {i:06}.jpg", "size": 100_000 + i, "modified": "1970-01-01T00:00:00Z", "sha256": f"{i:064x}"}
        for i in range(int(count))]
    with open(list_path, "w", encoding="utf-8") as file:
        json.dump(known, file)


def read():
    with open(list_path, encoding="utf-8") as file:
        return faiss.read_index(index_path), json.load(file)


def search(index, known):
    vector = query.copy()
    faiss.normalize_L2(vector)
    scores, rows = index.search(vector, TOP)
    return [(known[row], score) for row, score in zip(rows[0], scores[0])]


write()
query = generator.random((1, DIMENSIONS), dtype=numpy.float32) - 0.5
held = read() if how == "query" else None
line_protocol.measure(f"faiss {faiss.__version__}", lambda: search(*(held or read())))
