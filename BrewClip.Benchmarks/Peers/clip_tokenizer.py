#!/usr/bin/env python3
"""Peer of tokenize/clip: captions to the 77 ids of CLIP's text encoder through openai/CLIP's own tokenizer.

It remembers every word that it has met, as it does where it is used; what is timed is met before. The vocabulary is BrewClip's, and the ids
must be too.
Usage: clip_tokenizer.py CAPTIONS.txt MERGES.txt.gz IDS.txt [--serve]      (BREWCLIP_CLIP_CHECKOUT: a checkout of openai/CLIP; Debian: python3-regex; pip: ftfy)
"""
import importlib.util
import os

import line_protocol

checkout = os.environ.get("BREWCLIP_CLIP_CHECKOUT")
if not checkout:
    line_protocol.end_missing("a checkout of openai/CLIP: name it with --clip-checkout or BREWCLIP_CLIP_CHECKOUT")
line_protocol.need("ftfy", "ftfy (pip: ftfy)")
line_protocol.need("regex", "regex (Debian: python3-regex)")

# By file: the package around it would import torchvision.
path = os.path.join(checkout, "clip", "simple_tokenizer.py")
if not os.path.exists(path):
    line_protocol.end_missing(f"'{path}': this is no checkout of openai/CLIP")
specification = importlib.util.spec_from_file_location("simple_tokenizer", path)
module = importlib.util.module_from_spec(specification)
specification.loader.exec_module(module)
captions_path, merges_path, ids_path = line_protocol.arguments()
tokenizer = module.SimpleTokenizer(merges_path)
START, END, LENGTH = tokenizer.encoder["<|startoftext|>"], tokenizer.encoder["<|endoftext|>"], 77

with open(captions_path, encoding="utf-8") as file:
    captions = file.read().splitlines()


def encode():
    for caption in captions:
        ids = [START, *tokenizer.encode(caption)[: LENGTH - 2], END]
        ids.extend([0] * (LENGTH - len(ids)))


line_protocol.require_ids(tokenizer.encode, captions, ids_path)
line_protocol.measure("openai/CLIP's tokenizer", encode)
