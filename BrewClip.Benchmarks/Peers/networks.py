"""Whisper's, CLIP's and BrewCLIP's networks of PyTorch's own modules, composed as their authors compose them. Weights are random."""
import torch
import torch.nn.functional as functional
from torch import nn


class Attention(nn.Module):
    """Multi-head attention with separate projections; keys without bias where Whisper has none."""

    def __init__(self, width, heads, key_bias):
        super().__init__()
        self.heads, self.size = heads, width // heads
        self.query, self.value, self.out = (nn.Linear(width, width) for _ in range(3))
        self.key = nn.Linear(width, width, bias=key_bias)

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, self.size).transpose(1, 2)

    def forward(self, x, keys, values, mask=None):
        queries = self.split(self.query(x))
        if hasattr(functional, "scaled_dot_product_attention"):
            mixed = functional.scaled_dot_product_attention(queries, keys, values, mask)
        else:
            scores = (queries * self.size**-0.5) @ keys.transpose(2, 3)
            mixed = (scores if mask is None else scores + mask).softmax(-1) @ values
        return self.out(mixed.transpose(1, 2).flatten(2))

    def own(self, x, mask=None):
        return self(x, self.split(self.key(x)), self.split(self.value(x)), mask)


class QuickGelu(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(1.702 * x)


def feed_forward(width, inner, activation):
    return nn.Sequential(nn.Linear(width, inner), activation(), nn.Linear(inner, width))


class EncoderLayer(nn.Module):
    """Pre-norm, as in Whisper and CLIP."""

    def __init__(self, width, heads, activation=nn.GELU, key_bias=True):
        super().__init__()
        self.attention = Attention(width, heads, key_bias)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
        self.feed = feed_forward(width, 4 * width, activation)

    def forward(self, x, mask=None):
        x = x + self.attention.own(self.norms[0](x), mask)
        return x + self.feed(self.norms[1](x))


class WhisperEncoder(nn.Module):
    def __init__(self, bins, layers, width, heads, positions=1500):
        super().__init__()
        self.convolutions = nn.ModuleList([nn.Conv1d(bins, width, 3, padding=1), nn.Conv1d(width, width, 3, stride=2, padding=1)])
        self.positions = nn.Parameter(torch.randn(positions, width))
        self.layers = nn.ModuleList(EncoderLayer(width, heads, key_bias=False) for _ in range(layers))
        self.norm = nn.LayerNorm(width)

    def forward(self, mel):
        for convolution in self.convolutions:
            mel = functional.gelu(convolution(mel))
        x = mel.transpose(1, 2) + self.positions
        for layer in self.layers:
            x = layer(x)
        return self.norm(x)


class DecoderLayer(nn.Module):
    """Keys and values of the tokens so far are joined to at every step; those of the audio are computed once."""

    def __init__(self, width, heads):
        super().__init__()
        self.own, self.heard = Attention(width, heads, False), Attention(width, heads, False)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3))
        self.feed = feed_forward(width, 4 * width, nn.GELU)
        self.past = self.audio = None

    def listen(self, audio):
        self.past = None
        self.audio = self.heard.split(self.heard.key(audio)), self.heard.split(self.heard.value(audio))

    def forward(self, x, mask):
        normed = self.norms[0](x)
        keys, values = self.own.split(self.own.key(normed)), self.own.split(self.own.value(normed))
        if self.past is not None:
            keys, values = torch.cat((self.past[0], keys), 2), torch.cat((self.past[1], values), 2)
        self.past = keys, values
        x = x + self.own(normed, keys, values, mask)
        x = x + self.heard(self.norms[1](x), *self.audio)
        return x + self.feed(self.norms[2](x))


class WhisperDecoder(nn.Module):
    def __init__(self, vocabulary, layers, width, heads, positions=448):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(vocabulary, width), nn.Parameter(torch.randn(positions, width))
        self.layers = nn.ModuleList(DecoderLayer(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.register_buffer("mask", torch.full((positions, positions), float("-inf")).triu_(1))

    def listen(self, audio):
        for layer in self.layers:
            layer.listen(audio)

    def rewind(self):
        for layer in self.layers:
            layer.past = tuple(part[:, :, :1] for part in layer.past)

    def forward(self, tokens):
        past = self.layers[0].past
        start = 0 if past is None else past[0].shape[2]
        count = tokens.shape[1]
        x = self.tokens(tokens) + self.positions[start : start + count]
        mask = self.mask[start : start + count, : start + count] if count > 1 else None
        for layer in self.layers:
            x = layer(x, mask)
        return self.norm(x) @ self.tokens.weight.t()


class ClipVision(nn.Module):
    def __init__(self, layers, width, heads, embedding, patch, size=224):
        super().__init__()
        self.patches = nn.Conv2d(3, width, patch, patch, bias=False)
        self.first = nn.Parameter(torch.randn(width))
        self.positions = nn.Parameter(torch.randn((size // patch) ** 2 + 1, width))
        self.before, self.after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.layers = nn.ModuleList(EncoderLayer(width, heads, QuickGelu) for _ in range(layers))
        self.projection = nn.Linear(width, embedding, bias=False)

    def forward(self, pixels):
        x = self.patches(pixels).flatten(2).transpose(1, 2)
        x = torch.cat((self.first.expand(x.shape[0], 1, -1), x), 1) + self.positions
        x = self.before(x)
        for layer in self.layers:
            x = layer(x)
        return self.projection(self.after(x[:, 0]))


class ClipText(nn.Module):
    """All positions are computed, as openai/CLIP does; prompts stand after the start token."""

    def __init__(self, layers, width, heads, embedding, vocabulary=49408, length=77):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Parameter(torch.randn(length, width))
        self.layers = nn.ModuleList(EncoderLayer(width, heads, QuickGelu) for _ in range(layers))
        self.norm, self.projection = nn.LayerNorm(width), nn.Linear(width, embedding, bias=False)
        self.register_buffer("mask", torch.full((length, length), float("-inf")).triu_(1))

    def forward(self, tokens, prompts=None):
        ends = tokens.argmax(-1)
        x = self.tokens(tokens)
        if prompts is not None:
            moved = prompts.expand(x.shape[0], -1, -1)
            x = torch.cat((x[:, :1], moved, x[:, 1 : x.shape[1] - prompts.shape[0]]), 1)
            ends = (ends + prompts.shape[0]).clamp(max=x.shape[1] - 1)
        x = x + self.positions[: x.shape[1]]
        for layer in self.layers:
            x = layer(x, self.mask[: x.shape[1], : x.shape[1]])
        return self.projection(self.norm(x)[torch.arange(x.shape[0]), ends])


class AcousticBranch(nn.Module):
    """PyTorch's own post-norm encoder layer over class embedding, prompts and frames."""

    def __init__(self, audio, width, heads, inner, embedding):
        super().__init__()
        self.frames = nn.Linear(audio, width)
        self.first = nn.Parameter(torch.randn(1, 1, width))
        self.layer = nn.TransformerEncoderLayer(width, heads, inner, 0.1, "gelu", batch_first=True)
        self.norm, self.projection = nn.LayerNorm(width), nn.Linear(width, embedding)

    def forward(self, frames, prompts):
        count = frames.shape[0]
        x = torch.cat((self.first.expand(count, -1, -1), prompts.expand(count, -1, -1), self.frames(frames)), 1)
        return self.projection(self.norm(self.layer(x)[:, 0]))
