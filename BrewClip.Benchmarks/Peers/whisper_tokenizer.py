#!/usr/bin/env python3
"""Peer of tokenize/whisper: captions to Whisper's ids through tiktoken, as openai/whisper does, or else through Hugging Face's tokenizers.

The vocabulary is BrewClip's, in the hub's layout; the ids must be BrewClip's too.
Usage: whisper_tokenizer.py CAPTIONS.txt FOLDER IDS.txt [--serve]      (pip: tiktoken, or else tokenizers)
"""
import importlib.metadata
import json
import os

import line_protocol

# GPT-2's pattern, as openai/whisper gives it to tiktoken.
PATTERN = r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""


def bytes_of_characters():
    """The byte that each character of a vocabulary file stands for: printable ones themselves, the rest those from U+0100 on."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [value for value in range(256) if value not in printable]
    return {chr(value): value for value in printable} | {chr(256 + i): value for i, value in enumerate(others)}


def read_ranks(path):
    with open(path, encoding="utf-8") as file:
        tokens = json.load(file)
    value_of = bytes_of_characters()
    return {bytes(value_of[character] for character in token): rank for token, rank in tokens.items() if token}


def tokenizer(folder):
    """What turns a text into ids, and its version."""
    try:
        import tiktoken

        encoding = tiktoken.Encoding(
            "whisper", pat_str=PATTERN, mergeable_ranks=read_ranks(os.path.join(folder, "vocab.json")), special_tokens={})
        return encoding.encode, f"tiktoken {importlib.metadata.version('tiktoken')}"
    except ImportError:
        pass
    try:
        import tokenizers

        fast = tokenizers.Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        return lambda text: fast.encode(text, add_special_tokens=False).ids, f"tokenizers {tokenizers.__version__} (tiktoken is missing)"
    except ImportError:
        line_protocol.end_missing("tiktoken, which openai/whisper uses, and tokenizers (pip: either)")


captions_path, folder, ids_path = line_protocol.arguments()
encode, versions = tokenizer(folder)
with open(captions_path, encoding="utf-8") as file:
    captions = file.read().splitlines()
line_protocol.require_ids(encode, captions, ids_path)
line_protocol.measure(versions, lambda: [encode(caption) for caption in captions])
