#!/usr/bin/env python3
"""Peer of TrainingStep: one step of BrewCLIP's training over cached features, in PyTorch modules.

Prompts go through a frozen CLIP text tower of B/32's size and, with 200 cached frames of Whisper base, through one acoustic layer; the inner
and the outer loss, clipping and AdamW follow.
Usage: training_step.py [BATCH] [--serve]      (Debian: python3-torch)
"""
import math

import line_protocol

torch = line_protocol.torch()
torch.set_grad_enabled(True)
from torch import nn
from torch.nn import functional as F

WIDTH, HEADS, LAYERS, VOCABULARY, POSITIONS, PROMPTS = 512, 8, 12, 49408, 77, 4
FRAMES, AUDIO_WIDTH, FEED_FORWARD, TOKENS = 200, 512, 4096, 16


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(2))
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.expand, self.contract = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], HEADS, WIDTH // HEADS).transpose(1, 2)

    def forward(self, x, mask):
        normed = self.norms[0](x)
        query, key, value = (self.split(layer(normed)) for layer in (self.query, self.key, self.value))
        scores = query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + mask
        x = x + self.out((scores.softmax(-1) @ value).transpose(1, 2).flatten(2))
        inner = self.expand(self.norms[1](x))
        return x + self.contract(inner * torch.sigmoid(1.702 * inner))


class TextTower(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm, self.projection = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, WIDTH, bias=False)

    def forward(self, tokens, prompts):
        words = self.tokens(tokens)
        x = torch.cat((words[:, :1], prompts.expand(len(tokens), -1, -1), words[:, 1:]), 1)
        length = x.shape[1]
        x = x + self.positions.weight[:length]
        mask = torch.full((length, length), -math.inf).triu(1)
        for block in self.blocks:
            x = block(x, mask)
        return self.projection(self.norm(x[:, -1]))


class Trained(nn.Module):
    def __init__(self):
        super().__init__()
        self.prompts = nn.Parameter(0.02 * torch.randn(PROMPTS, WIDTH))
        self.first = nn.Parameter(torch.randn(WIDTH))
        self.frame_projection = nn.Linear(AUDIO_WIDTH, WIDTH)
        self.layer = nn.TransformerEncoderLayer(WIDTH, HEADS, FEED_FORWARD, 0.1, "gelu", batch_first=True)
        self.norm, self.projection = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, WIDTH)

    def forward(self, frames):
        rows = len(frames)
        first = self.first.expand(rows, 1, -1)
        x = torch.cat((first, self.prompts.expand(rows, -1, -1), self.frame_projection(frames)), 1)
        return self.projection(self.norm(self.layer(x)[:, 0]))


def contrastive(a, b, ids):
    logits = F.normalize(a, dim=-1) @ F.normalize(b, dim=-1).t() / 0.07
    duplicates = (ids[:, None] == ids[None]) & ~torch.eye(len(ids), dtype=torch.bool)
    logits = logits.masked_fill(duplicates, -math.inf)
    own = torch.arange(len(ids))
    return (F.cross_entropy(logits, own) + F.cross_entropy(logits.t(), own)) / 2


class Step:
    def __init__(self, batch):
        torch.manual_seed(1)
        self.text, self.trained = TextTower().requires_grad_(False), Trained().train()
        self.optimizer = torch.optim.AdamW(self.trained.parameters(), 1e-4, weight_decay=1e-6)
        self.frames, self.images = torch.randn(batch, FRAMES, AUDIO_WIDTH), torch.randn(batch, WIDTH)
        self.tokens, self.ids = torch.randint(VOCABULARY, (batch, TOKENS)), torch.arange(batch)

    def __call__(self):
        self.optimizer.zero_grad(set_to_none=True)
        text, acoustic = self.text(self.tokens, self.trained.prompts), self.trained(self.frames)
        loss = contrastive(text + acoustic, self.images, self.ids) + 0.1 * contrastive(acoustic, text, self.ids)
        loss.backward()
        nn.utils.clip_grad_norm_(self.trained.parameters(), 4)
        self.optimizer.step()
        return loss.item()


if __name__ == "__main__":
    numbers = line_protocol.arguments()
    line_protocol.measure(f"PyTorch {torch.__version__}, its own modules", Step(int(numbers[0]) if numbers else 64))
