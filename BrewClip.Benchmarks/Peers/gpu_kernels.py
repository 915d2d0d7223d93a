#!/usr/bin/env python3
"""Peer of `-- gpu`: PyTorch's own way to do what each kernel does, on the same CUDA device, in the same type.

Reads lines `TYPE FUNCTION SIZES...` and answers milliseconds, or a sentence where it cannot.
Usage: gpu_kernels.py --serve      (pip: torch with CUDA)
"""
import math
import sys
import time

import line_protocol

torch = line_protocol.need("torch", "PyTorch with CUDA (pip: torch)")
import networks
import torch.nn.functional as functional

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def wait():
    if DEVICE.type == "cuda":
        torch.cuda.synchronize()


def seconds(work, count):
    wait()
    start = time.perf_counter()
    for _ in range(count):
        work()
    wait()
    return (time.perf_counter() - start) / count


def milliseconds(work):
    seconds(work, 3)
    count = max(1, min(10_000, math.ceil(0.03 / seconds(work, 1))))
    return 1000 * sorted(seconds(work, count) for _ in range(9))[4]


def randn(*shape, dtype):
    return torch.randn(*shape, device=DEVICE, dtype=dtype)


def place(network, dtype):
    return network.to(DEVICE, dtype).eval()


def log_mel(dtype, batch, samples, bins):
    sound, window, filters = torch.rand(batch, samples, device=DEVICE), torch.hann_window(400, device=DEVICE), torch.rand(bins, 201, device=DEVICE)

    def run():
        power = torch.stft(sound, 400, 160, window=window, return_complex=True)[..., :-1].abs() ** 2
        log = (filters @ power).clamp(min=1e-10).log10()
        return (torch.maximum(log, log.amax((1, 2), keepdim=True) - 8) + 4) / 4

    return run


def attention(dtype, batch, heads, positions, how):
    query, key, value = (randn(batch, heads, positions, 64, dtype=dtype) for _ in range(3))
    if how == "fused":
        return lambda: functional.scaled_dot_product_attention(query, key, value)
    return lambda: (query / 8 @ key.transpose(2, 3)).softmax(-1) @ value


def elementwise(dtype, function, rows, width):
    x, weight, bias = randn(rows, width, dtype=dtype), torch.ones(width, device=DEVICE, dtype=dtype), torch.zeros(width, device=DEVICE, dtype=dtype)
    return {
        "LayerNorm": lambda: functional.layer_norm(x, (width,), weight, bias),
        "Gelu": lambda: functional.gelu(x),
        "QuickGelu": lambda: x * torch.sigmoid(1.702 * x),
    }[function]


def feed_forward(dtype, rows, width, inner):
    x, layer = randn(rows, width, dtype=dtype), place(networks.feed_forward(width, inner, torch.nn.GELU), dtype)
    return lambda: layer(x)


def prompt_concatenation(dtype, batch, frames, width, prompts):
    x, first, vectors = randn(batch, frames, width, dtype=dtype), randn(1, 1, width, dtype=dtype), randn(prompts, width, dtype=dtype)
    valid = torch.full((batch, 1), frames // 2, device=DEVICE)

    def run():
        mask = torch.arange(1 + prompts + frames, device=DEVICE)[None] < valid + 1 + prompts
        return torch.cat((first.expand(batch, -1, -1), vectors.expand(batch, -1, -1), x), 1), mask[:, None, None]

    return run


def contrastive(a, b, ids, scale):
    logits = scale.exp() * functional.normalize(a, dim=-1) @ functional.normalize(b, dim=-1).t()
    same = (ids[:, None] == ids) & ~torch.eye(len(ids), dtype=torch.bool, device=DEVICE)
    logits = logits.masked_fill(same, float("-inf"))
    target = torch.arange(len(ids), device=DEVICE)
    return (functional.cross_entropy(logits, target) + functional.cross_entropy(logits.t(), target)) / 2


def loss(dtype, batch, width):
    embeddings = [randn(batch, width, dtype=dtype) for _ in range(4)]
    ids, scale = torch.arange(batch, device=DEVICE), torch.tensor(math.log(1 / 0.07), device=DEVICE, dtype=dtype)

    def run():
        fused, image, acoustic, text = (embedding.detach().requires_grad_() for embedding in embeddings)
        (contrastive(fused, image, ids, scale) + 0.1 * contrastive(acoustic, text, ids, scale)).backward()

    return run


def similarity(dtype, queries, count, width, block):
    embeddings = torch.empty(count, width, device=DEVICE, dtype=dtype)
    for part in embeddings.split(block):
        part.copy_(torch.randn(part.shape, device=DEVICE))
    asked = randn(queries, width, dtype=dtype)

    def run():
        tops = [(asked @ part.t()).topk(min(10, len(part))) for part in embeddings.split(block)]
        scores = torch.cat([top.values for top in tops], 1)
        positions = torch.cat([top.indices + start for start, top in zip(range(0, count, block), tops)], 1)
        return positions.gather(1, scores.topk(10).indices)

    return run


def decoder_step(dtype, vocabulary, layers, width, heads, positions, batch):
    decoder = place(networks.WhisperDecoder(vocabulary, layers, width, heads), dtype)
    decoder.listen(randn(batch, positions, width, dtype=dtype))
    tokens = torch.full((batch, 1), vocabulary - 1, device=DEVICE)
    decoder(tokens.expand(batch, 16))
    kept = [layer.past for layer in decoder.layers]

    def run():
        if decoder.layers[0].past[0].shape[2] == 32:
            for layer, past in zip(decoder.layers, kept):
                layer.past = past
        return decoder(tokens)[:, -1].argmax(-1)

    return run


def whisper_encoder(dtype, bins, layers, width, heads, positions, batch):
    encoder, mel = place(networks.WhisperEncoder(bins, layers, width, heads, positions), dtype), randn(batch, bins, 2 * positions, dtype=dtype)
    return lambda: encoder(mel)


def clip_image(dtype, layers, width, heads, embedding, patch, size, batch):
    tower, pixels = place(networks.ClipVision(layers, width, heads, embedding, patch, size), dtype), randn(batch, 3, size, size, dtype=dtype)
    return lambda: tower(pixels)


def full_texts(vocabulary, length, batch):
    tokens = torch.randint(0, vocabulary - 2, (batch, length), device=DEVICE)
    tokens[:, 0], tokens[:, -1] = vocabulary - 2, vocabulary - 1
    return tokens


def clip_text(dtype, layers, width, heads, embedding, vocabulary, length, batch):
    tower, tokens = place(networks.ClipText(layers, width, heads, embedding, vocabulary, length), dtype), full_texts(vocabulary, length, batch)
    return lambda: tower(tokens)


class PromptedVision(networks.ClipVision):
    def forward(self, pixels, prompts):
        x = self.patches(pixels).flatten(2).transpose(1, 2)
        x = torch.cat((self.first.expand(x.shape[0], 1, -1), x), 1) + self.positions
        x = self.before(torch.cat((x, prompts.to(x.dtype).expand(x.shape[0], -1, -1)), 1))
        for layer in self.layers:
            x = layer(x)
        return self.projection(self.after(x[:, 0]))


def training_step(dtype, vision_layers, vision_width, vision_heads, patch, size, layers, width, heads, vocabulary, length, embedding, audio, frames,
                  prompts, batch):
    vision = place(PromptedVision(vision_layers, vision_width, vision_heads, embedding, patch, size), dtype).requires_grad_(False)
    text = place(networks.ClipText(layers, width, heads, embedding, vocabulary, length), dtype).requires_grad_(False)
    acoustic = networks.AcousticBranch(audio, width, 8, 4096, embedding).to(DEVICE)
    acoustic.layer.eval()
    vectors = torch.nn.Parameter(torch.randn(prompts, width, device=DEVICE) * 0.02)
    to_vision = torch.nn.Linear(width, vision_width).to(DEVICE)
    learning = [vectors, *to_vision.parameters(), *acoustic.parameters()]
    optimizer = torch.optim.Adam(learning, 1e-4, weight_decay=1e-6)
    pixels, heard = randn(batch, 3, size, size, dtype=dtype), torch.randn(batch, frames, audio, device=DEVICE)
    tokens, ids, scale = full_texts(vocabulary, length, batch), torch.arange(batch, device=DEVICE), torch.tensor(math.log(1 / 0.07), device=DEVICE)

    def run():
        optimizer.zero_grad()
        said = text(tokens, vectors.to(dtype)).float()
        sounded = acoustic(heard, vectors)
        seen = vision(pixels, to_vision(vectors)).float()
        (contrastive(said + sounded, seen, ids, scale) + 0.1 * contrastive(sounded, said, ids, scale)).backward()
        torch.nn.utils.clip_grad_norm_(learning, 4)
        optimizer.step()

    return run


LEARNING = {"loss", "training_step"}
FUNCTIONS = {function.__name__: function for function in (
    log_mel, attention, elementwise, feed_forward, prompt_concatenation, loss, similarity, decoder_step, whisper_encoder, clip_image, clip_text,
    training_step)}


def answer(line):
    kind, name, *sizes = line.split()
    torch.set_grad_enabled(name in LEARNING)
    work = FUNCTIONS[name](getattr(torch, kind), *(int(size) if size.isdigit() else size for size in sizes))
    return milliseconds(work)


if __name__ == "__main__":
    if DEVICE.type != "cuda" and "--cpu" not in sys.argv:
        line_protocol.end_missing("a CUDA device for PyTorch")
    device = torch.cuda.get_device_name() if DEVICE.type == "cuda" else "CPU"
    print(f"ready PyTorch {torch.__version__} on {device}", flush=True)
    for line in line_protocol.read_requests():
        try:
            print(repr(answer(line)), flush=True)
        except Exception as error:  # noqa: BLE001 one kernel that fails must not end the others
            print(f"{type(error).__name__}: {str(error).splitlines()[0]}", flush=True)
        if DEVICE.type == "cuda":
            torch.cuda.empty_cache()
