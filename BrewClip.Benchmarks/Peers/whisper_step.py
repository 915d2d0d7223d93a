#!/usr/bin/env python3
"""Peer of WhisperReport: one greedy step of Whisper's decoder with cached keys and values, in PyTorch modules.

Usage: whisper_step.py [LAYERS WIDTH HEADS] [STEPS]      (Debian: python3-torch, python3-numpy; base is 6 512 8)
"""
import sys
import time

import torch
from torch import nn

VOCABULARY, POSITIONS, FRAMES = 51865, 448, 1500


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.size = heads, width // heads
        self.query, self.value, self.out = (nn.Linear(width, width) for _ in range(3))
        self.key = nn.Linear(width, width, bias=False)

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, self.size).transpose(1, 2)

    def forward(self, x, keys, values):
        scores = (self.split(self.query(x)) * self.size**-0.5) @ keys.transpose(2, 3)
        mixed = scores.softmax(-1) @ values
        return self.out(mixed.transpose(1, 2).flatten(2))


class Layer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.own, self.heard = Attention(width, heads), Attention(width, heads)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3))
        self.feed = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def remember(self, audio):
        self.past = None
        self.audio = self.heard.split(self.heard.key(audio)), self.heard.split(self.heard.value(audio))

    def forward(self, x):
        normed = self.norms[0](x)
        keys, values = self.own.split(self.own.key(normed)), self.own.split(self.own.value(normed))
        if self.past is not None:
            keys, values = torch.cat((self.past[0], keys), 2), torch.cat((self.past[1], values), 2)
        self.past = keys, values
        x = x + self.own(normed, keys, values)
        x = x + self.heard(self.norms[1](x), *self.audio)
        return x + self.feed(self.norms[2](x))


class Decoder(nn.Module):
    def __init__(self, layers, width, heads):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(VOCABULARY, width), nn.Embedding(POSITIONS, width)
        self.layers = nn.ModuleList(Layer(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)

    def forward(self, tokens, position):
        x = self.tokens(tokens) + self.positions.weight[position]
        for layer in self.layers:
            x = layer(x)
        return self.norm(x) @ self.tokens.weight.t()


def best_step_ms(decoder, rows, width, steps):
    audio = torch.randn(rows, FRAMES, width)
    for layer in decoder.layers:
        layer.remember(audio)
    tokens, best = torch.full((rows, 1), 50258), float("inf")
    for position in range(steps):
        start = time.perf_counter()
        scores = decoder(tokens, position)[:, -1]
        scores.log_softmax(-1)
        tokens = scores.argmax(-1, keepdim=True)
        best = min(best, (time.perf_counter() - start) * 1e3)
    return best


def main():
    numbers = [int(argument) for argument in sys.argv[1:]]
    layers, width, heads = numbers[:3] or (6, 512, 8)
    steps = numbers[3] if len(numbers) > 3 else 24
    with torch.no_grad():
        decoder = Decoder(layers, width, heads).eval()
        for rows in (1, 16):
            print(f"{rows:2} rows: {best_step_ms(decoder, rows, width, steps):7.2f} ms a step, the shortest of {steps}")


main()
