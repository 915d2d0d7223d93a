#!/usr/bin/env python3
"""Peer of whisper-encoder: log-mel frames through Whisper's encoder.

openai/whisper's own module where BREWCLIP_WHISPER_CHECKOUT names a checkout, PyTorch's modules otherwise; weights are random.
Usage: whisper_encoder.py MEL.npy LAYERS WIDTH HEADS [--serve]      (Debian: python3-torch, python3-numpy; base is 6 512 8)
"""
import line_protocol

numpy = line_protocol.numpy()
torch = line_protocol.torch()
import openai_models

path, *numbers = line_protocol.arguments()
layers, width, heads = (int(number) for number in numbers)
mel = torch.from_numpy(numpy.load(path))
encoder, versions = openai_models.whisper_encoder(mel.shape[1], layers, width, heads)
line_protocol.measure(versions, lambda: encoder(mel))
