#!/usr/bin/env python3
"""Peer of resample: a WAV file's samples to 16 kHz through torchaudio, its kernel made once.

Usage: resample.py SOUND.wav [--serve]      (Debian: python3-torchaudio)
"""
import wave

import line_protocol

numpy = line_protocol.numpy()
torch = line_protocol.torch()
transforms = line_protocol.need("torchaudio.transforms", "torchaudio (Debian: python3-torchaudio)")
import torchaudio

with wave.open(line_protocol.arguments()[0]) as file:
    rate = file.getframerate()
    integers = numpy.frombuffer(file.readframes(file.getnframes()), numpy.int16)
samples = torch.from_numpy(integers.astype(numpy.float32) / 32768)
resample = transforms.Resample(rate, 16000)
line_protocol.measure(f"torchaudio {torchaudio.__version__}", lambda: resample(samples))
