#!/usr/bin/env python3
"""Peer of epoch: PyTorch's DataLoader over pictures that Pillow decodes, resizes and crops, shuffled, in batches of bytes.

Its workers are processes that stay from epoch to epoch, and a batch is put together in the worker, in memory that both share.
Usage: epoch.py IMAGE.jpg PICTURES BATCH WORKERS [--serve]      (Debian: python3-torch, python3-pil, python3-numpy)
"""
import line_protocol

torch = line_protocol.torch()
import image_preprocess
from torch.utils.data import DataLoader, Dataset

numpy = line_protocol.numpy()


class Pictures(Dataset):
    def __init__(self, encoded, count):
        self.encoded, self.count = encoded, count

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        return torch.from_numpy(numpy.array(image_preprocess.resize_and_crop(self.encoded)))


def read_epoch(loader):
    for batch in loader:
        assert batch.dtype == torch.uint8


if __name__ == "__main__":
    path, *numbers = line_protocol.arguments()
    count, batch_size, workers = (int(number) for number in numbers)
    pictures = Pictures(image_preprocess.read(path), count)
    pictures_in_batches = DataLoader(
        pictures, batch_size, shuffle=True, num_workers=workers, drop_last=True, persistent_workers=workers > 0)
    versions = f"PyTorch {torch.__version__} DataLoader, {workers} workers, Pillow {image_preprocess.Image.__version__}"
    line_protocol.measure(versions, lambda: read_epoch(pictures_in_batches))
