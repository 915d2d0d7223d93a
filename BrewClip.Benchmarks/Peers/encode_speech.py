#!/usr/bin/env python3
"""Peer of encode-speech: utterances to BrewCLIP's vectors, composed of openai/whisper's and openai/CLIP's networks as a user would.

A fixed number of tokens is decoded greedily, then a text of as many tokens is embedded: what is said does not matter to the time.
Usage: encode_speech.py FOLDER UTTERANCES TOKENS PROMPTS AUDIO-LAYERS WIDTH HEADS VOCABULARY TEXT-LAYERS WIDTH HEADS EMBEDDING [--serve]
"""
import os
import wave

import line_protocol

numpy = line_protocol.numpy()
torch = line_protocol.torch()
import log_mel
import networks
import openai_models

SAMPLES, START, END = 480000, 49406, 49407
folder, *numbers = line_protocol.arguments()
(utterances, tokens, prompt_count, audio_layers, audio_width, audio_heads, vocabulary, text_layers, text_width, text_heads,
 embedding) = (int(number) for number in numbers)


def read(index):
    with wave.open(os.path.join(folder, f"{index}.wav")) as file:
        integers = numpy.frombuffer(file.readframes(file.getnframes()), numpy.int16)
    return torch.from_numpy(integers.astype(numpy.float32) / 32768)


sounds = [read(index) for index in range(utterances)]
bank, window = log_mel.filters(80), torch.hann_window(400)
encoder, versions = openai_models.whisper_encoder(80, audio_layers, audio_width, audio_heads)
decoder = openai_models.WhisperDecoder(vocabulary, audio_layers, audio_width, audio_heads)
# With prompts in its sequence the text tower is no longer openai/CLIP's own call.
text = networks.ClipText(text_layers, text_width, text_heads, embedding).eval()
acoustic = networks.AcousticBranch(audio_width, text_width, 8, 4096, embedding).eval()
prompts = torch.randn(prompt_count, text_width)


def transcribe(frames):
    decoder.listen(frames)
    said = [torch.tensor([[vocabulary - 1, vocabulary - 2]]).expand(len(frames), 2)]
    for _ in range(tokens):
        scores = decoder(said[-1])
        scores.log_softmax(-1)
        said.append(scores.argmax(-1, keepdim=True))
    return torch.cat(said[1:], 1)


def encode():
    mel = torch.stack([
        log_mel.log_mel(torch.nn.functional.pad(sound, (0, SAMPLES - len(sound))), bank, window) for sound in sounds])
    frames = encoder(mel)
    said = transcribe(frames)
    ids = torch.zeros(utterances, 77, dtype=torch.long)
    ids[:, 0], ids[:, 1 : 1 + tokens], ids[:, 1 + tokens] = START, said % START, END
    fused = text(ids, prompts) + acoustic(frames, prompts)
    return fused / fused.norm(dim=-1, keepdim=True)


line_protocol.measure(versions, encode)
