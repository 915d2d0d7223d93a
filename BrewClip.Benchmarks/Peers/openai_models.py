"""Networks from checkouts of openai/whisper and openai/CLIP where they are pointed to, and of PyTorch's modules otherwise."""
import importlib
import os
import sys
import types

import networks
import torch

MODULES = f"PyTorch {torch.__version__}"


def whisper_model():
    """The module whisper.model of the checkout, without what only the rest of the package needs; None where there is no checkout."""
    checkout = os.environ.get("BREWCLIP_WHISPER_CHECKOUT")
    if not checkout or not os.path.exists(os.path.join(checkout, "whisper", "model.py")):
        return None
    package = types.ModuleType("whisper")
    package.__path__ = [os.path.join(checkout, "whisper")]
    sys.modules["whisper"] = package
    for name, members in (("decoding", ("decode", "detect_language")), ("transcribe", ("transcribe",))):
        stub = types.ModuleType(f"whisper.{name}")
        for member in members:
            setattr(stub, member, None)
        sys.modules[stub.__name__] = stub
    return importlib.import_module("whisper.model")


def whisper_encoder(bins, layers, width, heads, positions=1500):
    model = whisper_model()
    if model is None:
        return networks.WhisperEncoder(bins, layers, width, heads, positions).eval(), f"{MODULES}, its own modules"
    return model.AudioEncoder(bins, positions, width, heads, layers).eval(), f"openai/whisper on {MODULES}"


class WhisperDecoder:
    """One interface to a decoder with a cache: tokens in, the scores after the last of them out."""

    def __init__(self, vocabulary, layers, width, heads):
        model = whisper_model()
        self.openai = model is not None
        self.versions = f"openai/whisper on {MODULES}" if self.openai else f"{MODULES}, its own modules"
        if self.openai:
            dimensions = model.ModelDimensions(80, 1500, width, heads, layers, vocabulary, 448, width, heads, layers)
            self.whisper = model.Whisper(dimensions).eval()
        else:
            self.decoder = networks.WhisperDecoder(vocabulary, layers, width, heads).eval()

    def listen(self, audio):
        """Begins with other audio. openai's cache computes its keys and values at the first step."""
        self.audio = audio
        if not self.openai:
            self.decoder.listen(audio)
            return
        for hook in getattr(self, "hooks", []):
            hook.remove()
        self.cache, self.hooks = self.whisper.install_kv_cache_hooks()

    def rewind(self):
        """Forgets all tokens but the first, and keeps the audio's keys and values."""
        if not self.openai:
            self.decoder.rewind()
            return
        for module, kept in self.cache.items():
            if kept.shape[1] <= 448:
                self.cache[module] = kept[:, :1]

    def __call__(self, tokens):
        if self.openai:
            return self.whisper.decoder(tokens, self.audio, kv_cache=self.cache)[:, -1]
        return self.decoder(tokens)[:, -1]


def clip_model():
    """The module clip.model of the checkout; None where there is none."""
    checkout = os.environ.get("BREWCLIP_CLIP_CHECKOUT")
    if not checkout or not os.path.exists(os.path.join(checkout, "clip", "model.py")):
        return None
    package = types.ModuleType("clip")
    package.__path__ = [os.path.join(checkout, "clip")]
    sys.modules["clip"] = package
    return importlib.import_module("clip.model")


def clip_vision(layers, width, heads, embedding, patch):
    model = clip_model()
    if model is None:
        return networks.ClipVision(layers, width, heads, embedding, patch).eval(), f"{MODULES}, its own modules"
    return model.VisionTransformer(224, patch, width, layers, heads, embedding).eval(), f"openai/CLIP on {MODULES}"


def clip_text(layers, width, heads, embedding):
    model = clip_model()
    if model is None:
        return networks.ClipText(layers, width, heads, embedding).eval(), f"{MODULES}, its own modules"
    # The image tower is as small as can be: it is not asked.
    clip = model.CLIP(embedding, 224, 1, 64, 32, 77, 49408, width, heads, layers).eval()
    return clip.encode_text, f"openai/CLIP on {MODULES}"
