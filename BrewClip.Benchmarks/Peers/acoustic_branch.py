#!/usr/bin/env python3
"""Peer of acoustic: Whisper's frames through the acoustic branch, made of PyTorch's TransformerEncoderLayer.

Usage: acoustic_branch.py FRAMES.npy WIDTH HEADS INNER EMBEDDING PROMPTS [--serve]      (Debian: python3-torch, python3-numpy)
"""
import line_protocol

numpy = line_protocol.numpy()
torch = line_protocol.torch()
import networks

path, *numbers = line_protocol.arguments()
width, heads, inner, embedding, prompts = (int(number) for number in numbers)
frames = torch.from_numpy(numpy.load(path))
branch = networks.AcousticBranch(frames.shape[2], width, heads, inner, embedding).eval()
vectors = torch.randn(prompts, width)
line_protocol.measure(f"PyTorch {torch.__version__}, its own modules", lambda: branch(frames, vectors))
