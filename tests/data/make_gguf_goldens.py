#!/usr/bin/env python3
"""Writes small GGUF files and blocks, and records what the public packages make of them.

    pip install gguf==0.19.0 transformers==5.23.0 torch==2.15.0 tokenizers safetensors numpy
    HF_HUB_OFFLINE=1 OMP_NUM_THREADS=1 tests/data/make_gguf_goldens.py [blocks]

What each file holds: gguf/README.md. Everything follows from the seeds below.
"""
import pathlib
import sys

import numpy as np
from gguf.quants import dequantize
from safetensors.numpy import save_file

from gguf_goldens import blocks

OUT = pathlib.Path(__file__).parent / "gguf"


def write_blocks():
    """Two rows of 512 columns of every format: one as weights are, one of scales from 2^-24 to 2^12 of both signs."""
    rng = np.random.default_rng(20)
    tensors = {}
    for kind in blocks.HALVES:
        rows = [blocks.random_blocks(rng, kind, 1, 512, 0.1)]
        wild = blocks.random_blocks(rng, kind, 1, 512, 1.0)
        size = wild.shape[1] // (512 // blocks.GGML_QUANT_SIZES[kind][0])
        for block in wild.reshape(-1, size):
            for at, _ in blocks.HALVES[kind]:
                scale = np.float16(rng.choice([-1, 1]) * 2.0 ** rng.uniform(-24, 12))
                block[at:at + 2] = np.array([scale]).view(np.uint8)
        stored = np.concatenate([rows[0], wild])
        tensors[f"{kind.name}.blocks"] = stored
        tensors[f"{kind.name}.values"] = dequantize(stored, kind).astype(np.float32)
    save_file(tensors, OUT / "blocks.safetensors")


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["blocks"]
    if "blocks" in wanted:
        write_blocks()
