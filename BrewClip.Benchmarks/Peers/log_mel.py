#!/usr/bin/env python3
"""Peer of LogMelBenchmark: thirty seconds of samples to Whisper's log-mel spectrogram in PyTorch.

Usage: log_mel.py [THREADS] [REPEATS]      (Debian: python3-torch)
Prints one line of JSON with the median and the least milliseconds for 80 and for 128 bins.
"""
import json
import math
import sys
import time

import torch

RATE, SIZE, HOP, SAMPLES = 16000, 400, 160, 480000


def hertz_of(mel):
    return mel * 200 / 3 if mel < 15 else 1000 * 6.4 ** ((mel - 15) / 27)


def filters(bins):
    top = 15 + 27 * math.log(RATE / 2 / 1000) / math.log(6.4)
    edges = torch.tensor([hertz_of(top * i / (bins + 1)) for i in range(bins + 2)], dtype=torch.float64)
    left, centre, right = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    hertz = torch.arange(SIZE // 2 + 1, dtype=torch.float64)[None] * RATE / SIZE
    triangles = torch.minimum((hertz - left) / (centre - left), (right - hertz) / (right - centre)).clamp(min=0)
    return (triangles * 2 / (right - left)).float()


def log_mel(samples, bank, window):
    spectrum = torch.stft(samples, SIZE, HOP, window=window, return_complex=True)
    power = spectrum[:, :-1].abs() ** 2
    log = (bank @ power).clamp(min=1e-10).log10()
    return (torch.maximum(log, log.max() - 8) + 4) / 4


def measure(bins, repeats):
    torch.manual_seed(1)
    samples, bank, window = torch.rand(SAMPLES) - 0.5, filters(bins), torch.hann_window(SIZE)
    times = []
    for _ in range(repeats + 5):
        start = time.perf_counter()
        log_mel(samples, bank, window)
        times.append(1000 * (time.perf_counter() - start))
    times = sorted(times[5:])
    return {"median_ms": round(times[len(times) // 2], 3), "least_ms": round(times[0], 3)}


if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    print(json.dumps({"threads": torch.get_num_threads(), "bins_80": measure(80, repeats), "bins_128": measure(128, repeats)}))
