"""Random valid blocks of every format that ggml packs numbers into."""
import numpy as np
from gguf import GGMLQuantizationType as Type
from gguf.constants import GGML_QUANT_SIZES

# Where a block has its halves, and how large each is for weights of about +-1.
HALVES = {
    Type.Q4_0: [(0, 1 / 8)],
    Type.Q4_1: [(0, 2 / 15), (2, -1)],
    Type.Q5_0: [(0, 1 / 16)],
    Type.Q5_1: [(0, 2 / 31), (2, -1)],
    Type.Q8_0: [(0, 1 / 127)],
    Type.IQ4_NL: [(0, 1 / 127)],
    Type.Q2_K: [(80, 2 / 45), (82, 1 / 15)],
    Type.Q3_K: [(108, 1 / 128)],
    Type.Q4_K: [(0, 2 / 945), (2, 1 / 63)],
    Type.Q5_K: [(0, 2 / 1953), (2, 1 / 63)],
    Type.Q6_K: [(208, 1 / 4096)],
}


def random_blocks(rng, kind, rows, cols, spread):
    """[rows, bytes of a row]; every bit pattern of the quants and of the small scales may come."""
    elements, size = GGML_QUANT_SIZES[kind]
    assert cols % elements == 0, (kind, cols)
    blocks = rng.integers(0, 256, (rows, cols // elements, size), dtype=np.uint8)
    for at, unit in HALVES[kind]:
        halves = (unit * spread * rng.uniform(0.5, 1, blocks.shape[:2])).astype(np.float16)
        blocks[:, :, at:at + 2] = halves[..., None].view(np.uint8)
    return blocks.reshape(rows, -1)
