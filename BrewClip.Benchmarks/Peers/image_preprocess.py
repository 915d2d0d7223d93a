#!/usr/bin/env python3
"""Peer of image: one JPEG in memory to CLIP's normalised 3x224x224 array with Pillow and NumPy.

Usage: image_preprocess.py IMAGE.jpg [--serve]      (Debian: python3-pil, python3-numpy)
"""
import io

import line_protocol

numpy = line_protocol.numpy()
Image = line_protocol.need("PIL.Image", "Pillow (Debian: python3-pil)")

SIZE = 224
MEAN = numpy.array([0.48145466, 0.4578275, 0.40821073], dtype=numpy.float32).reshape(3, 1, 1)
DEVIATION = numpy.array([0.26862954, 0.26130258, 0.27577711], dtype=numpy.float32).reshape(3, 1, 1)


def resize_and_crop(encoded):
    image = Image.open(io.BytesIO(encoded)).convert("RGB")
    width, height = image.size
    short = min(width, height)
    width, height = SIZE * width // short, SIZE * height // short
    left, top = round((width - SIZE) / 2), round((height - SIZE) / 2)
    return image.resize((width, height), Image.BICUBIC).crop((left, top, left + SIZE, top + SIZE))


def preprocess(encoded):
    planes = numpy.asarray(resize_and_crop(encoded)).transpose(2, 0, 1).astype(numpy.float32)
    planes /= 255
    planes -= MEAN
    planes /= DEVIATION
    return planes


def read(path):
    with open(path, "rb") as file:
        return file.read()


if __name__ == "__main__":
    jpeg = read(line_protocol.arguments()[0])
    line_protocol.measure(f"Pillow {Image.__version__}", lambda: preprocess(jpeg))
