#!/usr/bin/env python3
"""Peer of whisper-step: one greedy step of Whisper's decoder with cached keys and values.

openai/whisper's own module where BREWCLIP_WHISPER_CHECKOUT names a checkout, PyTorch's modules otherwise; weights are random.
Usage: whisper_step.py LAYERS WIDTH HEADS ROWS STEPS [--serve]      (Debian: python3-torch; base is 6 512 8)
"""
import line_protocol

torch = line_protocol.torch()
import openai_models

layers, width, heads, rows, steps = (int(number) for number in line_protocol.arguments())
decoder = openai_models.WhisperDecoder(51865, layers, width, heads)
decoder.listen(torch.randn(rows, 1500, width))
tokens, taken = torch.full((rows, 1), 51864), 0


def step():
    global taken
    if taken == steps:
        decoder.rewind()
        taken = 1
    decoder(tokens).argmax(-1, keepdim=True)
    taken += 1


line_protocol.measure(decoder.versions, step)
