"""Weights that make every part of the model matter. The library's own initialisation (0.02 everywhere) gives mixers that
hardly change the residual and logits full of near ties."""
import re

import numpy as np
import torch

GAIN = [(r"relative_k_proj", 2.5), (r"sound.*[qk]_proj", 2.0), (r"mixer\.[qk]_proj", 1.3), (r"mixer\.o_proj", 1.6),
        (r"mixer\.out_proj", 0.9), (r"mixer\..*down_proj", 0.45), (r"subsampling\.layers", 1.4),
        (r"sound.*linear2|sound.*o_proj|pointwise_conv2", 1.2), (r"blocks.*(proj|fc2)", 1.2), (r"attn\.qkv", 1.3)]


def draw(name, shape, rng):
    """One tensor in float32, by its published name."""
    normal = lambda deviation, mean=0.0: mean + deviation * rng.standard_normal(shape)
    if name.endswith("embeddings.weight"):
        return normal(1)
    if name.endswith("lm_head.weight"):
        rows = np.exp(0.15 * rng.standard_normal((shape[0], 1)))
        rows[:1000] *= 0.15  # greedy decoding should give ordinary tokens
        return normal(3 / np.sqrt(shape[1])) * rows
    if name.endswith("A_log"):  # some states live longer than a chunk
        return np.log(rng.permutation(np.geomspace(0.4, 12, shape[0])))
    if name.endswith("dt_bias"):  # some steps are below 0.001
        step = rng.permutation(np.geomspace(2e-4, 0.4, shape[0]))
        return np.log(np.expm1(step))
    if name.endswith("mixer.D"):
        return normal(0.4, 1)
    if name.endswith("conv1d.weight"):
        return rng.uniform(-0.6, 0.6, shape)
    if name.endswith("conv1d.bias"):
        return normal(0.2)
    if name.endswith("gate.weight"):
        return normal(1.2 / np.sqrt(shape[1]))
    if name.endswith("e_score_correction_bias"):
        return normal(0.12)
    if name.endswith("running_mean"):
        return normal(0.3)
    if name.endswith("running_var"):
        return rng.uniform(0.5, 1.6, shape)
    if name.endswith("cls_token.token"):
        return normal(1)
    if name.endswith("pos_embed"):
        return normal(0.6)
    if re.search(r"bias_[uv]$", name):
        return normal(1.8)
    if name.endswith("bias"):
        return normal(0.15)
    if len(shape) == 1:  # the norms
        return normal(0.15, 1)
    gain = next((g for pattern, g in GAIN if re.search(pattern, name)), 1.0)
    return normal(gain / np.sqrt(np.prod(shape[1:])))


def keeps_float(name):
    return name.endswith("e_score_correction_bias")


def draw_all(shapes, seed):
    """Every tensor in the order of sorted names from one generator, already rounded to what the file holds."""
    rng = np.random.Generator(np.random.PCG64(seed))
    weights = {}
    for name in sorted(shapes):
        value = torch.from_numpy(np.ascontiguousarray(draw(name, shapes[name], rng))).float()
        weights[name] = value if keeps_float(name) else value.bfloat16().float()
    return weights
