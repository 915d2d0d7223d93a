#!/usr/bin/env python3
"""Peer of log-mel: thirty seconds of samples to Whisper's log-mel spectrogram in PyTorch.

Usage: log_mel.py SAMPLES.npy BINS [--serve]      (Debian: python3-torch, python3-numpy)
"""
import math

import line_protocol

numpy = line_protocol.numpy()
torch = line_protocol.torch()
RATE, SIZE, HOP = 16000, 400, 160


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
    power = spectrum[..., :-1].abs() ** 2
    log = (bank @ power).clamp(min=1e-10).log10()
    largest = log.amax((-2, -1), keepdim=True)
    return (torch.maximum(log, largest - 8) + 4) / 4


if __name__ == "__main__":
    path, bins = line_protocol.arguments()
    sound, mel_bank, hann = torch.from_numpy(numpy.load(path)), filters(int(bins)), torch.hann_window(SIZE)
    line_protocol.measure(f"PyTorch {torch.__version__}", lambda: log_mel(sound, mel_bank, hann))
