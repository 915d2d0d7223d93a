#!/usr/bin/env python3
"""Peer of safetensors: a file's tensors into memory of their own, by the safetensors module, or else torch.load of the same tensors.

Usage: safetensors_load.py MODEL.safetensors MODEL.pt [--serve]      (pip: safetensors; else the second path is written and loaded)
"""
import json
import os
import struct

import line_protocol

torch = line_protocol.torch()
safetensors_path, torch_path = line_protocol.arguments()


def read_float32(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    values = torch.frombuffer(data, dtype=torch.float32)
    header.pop("__metadata__", None)
    spans = {name: (entry["data_offsets"], entry["shape"]) for name, entry in header.items()}
    return {name: values[start // 4 : end // 4].view(shape).clone() for name, ((start, end), shape) in spans.items()}


try:
    import safetensors
    from safetensors.torch import load_file

    # Tensors of load_file look into the mapped file until they are copied.
    line_protocol.measure(
        f"safetensors {safetensors.__version__}", lambda: [tensor.clone() for tensor in load_file(safetensors_path).values()])
except ImportError:
    torch.save(read_float32(safetensors_path), torch_path)
    line_protocol.measure(
        f"torch.load {torch.__version__} of a .pt file (the safetensors module is missing)", lambda: torch.load(torch_path))
    os.remove(torch_path)
