"""Tiny random models of every architecture: a GGUF file, and the same weights in transformers."""
import dataclasses
import math

import numpy as np
import torch
from gguf import GGMLQuantizationType as Type
from gguf import GGUFWriter, RopeScalingType
from gguf.quants import dequantize, quantize
from transformers import (Gemma3ForCausalLM, Gemma3TextConfig, LlamaConfig, LlamaForCausalLM, Qwen2Config,
                          Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM)

from . import blocks

WRITTEN = [Type.Q4_0, Type.Q4_1, Type.Q5_0, Type.Q5_1, Type.Q8_0, Type.F16, Type.BF16, Type.F32]
DRAWN = [Type.Q2_K, Type.Q3_K, Type.Q4_K, Type.Q5_K, Type.Q6_K]  # the package cannot write them
LLAMA3_ROPE = {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0,
               "high_freq_factor": 4.0, "original_max_position_embeddings": 32}


@dataclasses.dataclass
class Shape:
    architecture: str
    vocab: int
    dim: int = 64
    layers: int = 2
    ffn: int = 96
    heads: int = 4
    kv_heads: int = 2
    head_dim: int = 16
    window_period: int = 6   # gemma3
    tied: bool = False
    kinds: tuple = tuple(WRITTEN)        # in turn, for rows of `dim`
    narrow_kinds: tuple = tuple(WRITTEN)  # for the others

    @property
    def rotated_base(self):
        return {"llama": 500000.0, "gemma3": 1e6}.get(self.architecture, 1e4)


def drawn_matrix(rng, kind, rows, cols, size):
    """As the file stores it, and its values."""
    if kind in blocks.HALVES and (kind in DRAWN or kind == Type.IQ4_NL):
        stored = blocks.random_blocks(rng, kind, rows, cols, size * 3 / math.sqrt(cols))
    else:
        stored = quantize(rng.normal(0, size * 1.7 / math.sqrt(cols), (rows, cols)).astype(np.float32), kind)
    return stored, dequantize(stored, kind).reshape(rows, cols).astype(np.float32)


def unpermuted(values, heads):
    """llama's files pair neighbouring rows of a head, transformers the halves."""
    rows, cols = values.shape
    return values.reshape(heads, rows // heads // 2, 2, cols).swapaxes(1, 2).reshape(rows, cols)


def llama3_factors(head_dim):
    """What converters write into rope_freqs for transformers' "llama3" scaling."""
    r = LLAMA3_ROPE
    factors = []
    for i in range(0, head_dim, 2):
        wavelength = 2 * math.pi * r["rope_theta"] ** (i / head_dim)
        turns = r["original_max_position_embeddings"] / wavelength
        if turns > r["high_freq_factor"]:
            factors.append(1.0)
        elif turns < r["low_freq_factor"]:
            factors.append(r["factor"])
        else:
            smooth = (turns - r["low_freq_factor"]) / (r["high_freq_factor"] - r["low_freq_factor"])
            factors.append(1 / ((1 - smooth) / r["factor"] + smooth))
    return np.array(factors, np.float32)


def reference(s):
    """The model of transformers, its weights still to be set."""
    common = dict(vocab_size=s.vocab, hidden_size=s.dim, intermediate_size=s.ffn, num_hidden_layers=s.layers,
                  num_attention_heads=s.heads, num_key_value_heads=s.kv_heads, head_dim=s.head_dim,
                  max_position_embeddings=512, rms_norm_eps=1e-6, tie_word_embeddings=s.tied, bos_token_id=None,
                  eos_token_id=None, pad_token_id=None, attn_implementation="eager")
    plain = {"rope_parameters": {"rope_type": "default", "rope_theta": s.rotated_base}}
    if s.architecture == "llama":
        return LlamaForCausalLM(LlamaConfig(**common, rope_parameters=LLAMA3_ROPE))
    if s.architecture == "qwen2":
        return Qwen2ForCausalLM(Qwen2Config(**common, **plain))
    if s.architecture == "qwen3":
        return Qwen3ForCausalLM(Qwen3Config(**common, **plain))
    kinds = ["full_attention" if (i + 1) % s.window_period == 0 else "sliding_attention" for i in range(s.layers)]
    return Gemma3ForCausalLM(Gemma3TextConfig(
        **common, query_pre_attn_scalar=s.head_dim, sliding_window=9, layer_types=kinds,
        rope_parameters={"full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": s.rotated_base},
                         "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}))


def write_sizes(writer, s):
    writer.add_context_length(512)
    writer.add_embedding_length(s.dim)
    writer.add_block_count(s.layers)
    writer.add_feed_forward_length(s.ffn)
    writer.add_head_count(s.heads)
    writer.add_head_count_kv(s.kv_heads)
    writer.add_key_length(s.head_dim)
    writer.add_value_length(s.head_dim)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(s.rotated_base)
    if s.architecture == "gemma3":
        writer.add_sliding_window(9)
        writer.add_rope_scaling_type(RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(8.0)
        if s.window_period != 6:
            writer.add_sliding_window_pattern(s.window_period)


class Drawer:
    """Draws tensor after tensor into the file and into transformers' state."""

    def __init__(self, writer, s, seed):
        self.writer, self.s, self.rng, self.state = writer, s, np.random.default_rng(seed), {}
        self.turns = [0, 0]

    def kind(self, cols):
        narrow = cols != self.s.dim
        kinds = self.s.narrow_kinds if narrow else self.s.kinds
        self.turns[narrow] += 1
        return kinds[(self.turns[narrow] - 1) % len(kinds)]

    def matrix(self, name, theirs, rows, cols, heads=0):
        kind = self.kind(cols)
        # Gemma multiplies its embedding; at full size every token would be followed by itself.
        small = self.s.architecture == "gemma3" and name == "token_embd.weight"
        stored, values = drawn_matrix(self.rng, kind, rows, cols, 0.15 if small else 1)
        self.writer.add_tensor(name, stored, raw_dtype=kind)
        self.state[theirs] = unpermuted(values, heads) if heads and self.s.architecture == "llama" else values

    def norm(self, name, theirs, count):
        values = self.rng.uniform(0.6, 1.4, count).astype(np.float32)
        self.writer.add_tensor(name, values)
        self.state[theirs] = values - np.float32(1) if self.s.architecture == "gemma3" else values

    def bias(self, name, theirs, count):
        values = self.rng.normal(0, 0.3, count).astype(np.float32)
        self.writer.add_tensor(name, values)
        self.state[theirs] = values

    def layer(self, i):
        s, ours, theirs = self.s, f"blk.{i}.", f"model.layers.{i}."
        q, kv, gemma = s.heads * s.head_dim, s.kv_heads * s.head_dim, s.architecture == "gemma3"
        self.norm(ours + "attn_norm.weight", theirs + "input_layernorm.weight", s.dim)
        for letter, rows, heads in (("q", q, s.heads), ("k", kv, s.kv_heads), ("v", kv, 0)):
            self.matrix(f"{ours}attn_{letter}.weight", f"{theirs}self_attn.{letter}_proj.weight", rows, s.dim, heads)
            if s.architecture == "qwen2":
                self.bias(f"{ours}attn_{letter}.bias", f"{theirs}self_attn.{letter}_proj.bias", rows)
            if s.architecture in ("qwen3", "gemma3") and letter != "v":
                self.norm(f"{ours}attn_{letter}_norm.weight", f"{theirs}self_attn.{letter}_norm.weight", s.head_dim)
        self.matrix(ours + "attn_output.weight", theirs + "self_attn.o_proj.weight", s.dim, q)
        if gemma:
            self.norm(ours + "post_attention_norm.weight", theirs + "post_attention_layernorm.weight", s.dim)
        self.norm(ours + "ffn_norm.weight",
                  theirs + ("pre_feedforward_layernorm.weight" if gemma else "post_attention_layernorm.weight"), s.dim)
        self.matrix(ours + "ffn_gate.weight", theirs + "mlp.gate_proj.weight", s.ffn, s.dim)
        self.matrix(ours + "ffn_up.weight", theirs + "mlp.up_proj.weight", s.ffn, s.dim)
        self.matrix(ours + "ffn_down.weight", theirs + "mlp.down_proj.weight", s.dim, s.ffn)
        if gemma:
            self.norm(ours + "post_ffw_norm.weight", theirs + "post_feedforward_layernorm.weight", s.dim)


def write(path, s, seed, add_tokenizer):
    """Writes the file and answers the model of transformers with the same weights."""
    writer = GGUFWriter(path, s.architecture)
    writer.add_name(path.stem)
    write_sizes(writer, s)
    add_tokenizer(writer)
    draw = Drawer(writer, s, seed)
    draw.matrix("token_embd.weight", "model.embed_tokens.weight", s.vocab, s.dim)
    draw.norm("output_norm.weight", "model.norm.weight", s.dim)
    if not s.tied:
        draw.matrix("output.weight", "lm_head.weight", s.vocab, s.dim)
    if s.architecture == "llama":
        writer.add_tensor("rope_freqs.weight", llama3_factors(s.head_dim))
    for i in range(s.layers):
        draw.layer(i)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    model = reference(s).float().eval()
    state = {name: torch.from_numpy(np.ascontiguousarray(values)) for name, values in draw.state.items()}
    if s.tied:
        state["lm_head.weight"] = state["model.embed_tokens.weight"]
    model.load_state_dict(state, strict=True)
    return model


@torch.no_grad()
def greedy(model, ids, count):
    """`count` tokens and the narrowest gap between the two best, of their range."""
    ids, narrowest = list(ids), 1.0
    for _ in range(count):
        logits = model(torch.tensor([ids])).logits[0, -1]
        best = logits.topk(2)
        spread = float(logits.max() - logits.min())
        narrowest = min(narrowest, float(best.values[0] - best.values[1]) / spread)
        ids.append(int(best.indices[0]))
    return ids[-count:], narrowest


@torch.no_grad()
def logits(model, ids, positions):
    return model(torch.tensor([list(ids)])).logits[0, positions].numpy()
