#!/usr/bin/env python3
"""Peer of clip-image and clip-text: CLIP's towers.

openai/CLIP's own modules where BREWCLIP_CLIP_CHECKOUT names a checkout, PyTorch's modules otherwise; weights are random.
Usage: clip_towers.py image PIXELS.npy LAYERS WIDTH HEADS EMBEDDING PATCH [--serve]
       clip_towers.py text TOKENS.npy LAYERS WIDTH HEADS EMBEDDING [--serve]      (Debian: python3-torch, python3-numpy)
"""
import line_protocol

numpy = line_protocol.numpy()
torch = line_protocol.torch()
import openai_models

kind, path, *numbers = line_protocol.arguments()
values = torch.from_numpy(numpy.load(path))
make = openai_models.clip_vision if kind == "image" else openai_models.clip_text
tower, versions = make(*(int(number) for number in numbers))
line_protocol.measure(versions, lambda: tower(values))
