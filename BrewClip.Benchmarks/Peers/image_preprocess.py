#!/usr/bin/env python3
"""Peer of ImagePreprocessingBenchmark: one JPEG to CLIP's normalised 3x224x224 array with Pillow and NumPy.

Usage: image_preprocess.py IMAGE.jpg [REPEATS]      (Debian: python3-pil, python3-numpy)
"""
import io
import sys
import time

import numpy as np
from PIL import Image

SIZE = 224
MEAN = np.array([0.48145466, 0.4578275, 0.40821073], dtype=np.float32).reshape(3, 1, 1)
DEVIATION = np.array([0.26862954, 0.26130258, 0.27577711], dtype=np.float32).reshape(3, 1, 1)


def decode(encoded):
    return Image.open(io.BytesIO(encoded)).convert("RGB")


def resize_and_crop(image):
    width, height = image.size
    short = min(width, height)
    width, height = SIZE * width // short, SIZE * height // short
    left, top = round((width - SIZE) / 2), round((height - SIZE) / 2)
    return image.resize((width, height), Image.BICUBIC).crop((left, top, left + SIZE, top + SIZE))


def normalize(image):
    planes = np.asarray(image).transpose(2, 0, 1).astype(np.float32)
    planes /= 255
    planes -= MEAN
    planes /= DEVIATION
    return planes


def median_ms(work, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[repeats // 2] * 1000


def main():
    with open(sys.argv[1], "rb") as file:
        encoded = file.read()
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    image = decode(encoded)
    print(f"Pillow {Image.__version__}, {image.size[0]}x{image.size[1]}, median of {repeats}:")
    print(f"  decode and process {median_ms(lambda: normalize(resize_and_crop(decode(encoded))), repeats):.3f} ms")
    print(f"  decode             {median_ms(lambda: decode(encoded), repeats):.3f} ms")
    print(f"  process            {median_ms(lambda: normalize(resize_and_crop(image)), repeats):.3f} ms")


if __name__ == "__main__":
    main()
