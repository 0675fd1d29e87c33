#!/usr/bin/env python3
"""Records what transformers computes with the dequantised weights of SmolLM2-135M-Instruct Q4_1, in float32.

    pip install torch transformers tokenizers gguf numpy
    tests/data/make_smollm2_goldens.py PATH/SmolLM2-135M-Instruct.Q4_1.gguf

The file must have SHA-256 b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53. Weights: gguf.dequantize of
each tensor; rows of q and k from GGUF's interleaved rope order back to the halves that transformers rotates. Attention:
eager. Greedy search has no seed. Written with torch 2, transformers 5.23.

smollm2/greedy.json   20 prompts: messages, input_ids, up to 64 greedy token_ids (ending with <|im_end|>), and for each
                      the distance between the best and the second logit
smollm2/logits.bin    for each prompt of logits.json: 49,152 logits of the last position, uint16 between min and max
smollm2/layers.bin    prompt 0, last position: embedding and the output of each of the 30 blocks, float32 [31, 576]
"""
import hashlib
import json
import pathlib
import sys

import gguf
import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM

SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
OUT = pathlib.Path(__file__).parent / "smollm2"
NEW_TOKENS = 64

STORY = (
    "The ferry left the harbour at half past six. On deck a woman counted crates of apples, "
    "thirty-two of them, and wrote the number on the back of her hand. Behind her the lighthouse keeper "
    "argued with the captain about the price of coal. "
)
PROMPTS = [
    "What is the capital of France?",
    "Write a short poem about the sea.",
    "Explain photosynthesis to a child.",
    "List five fruits that grow on trees.",
    "How do I boil an egg?",
    "Why is the sky blue?",
    "Write a Python function that adds two numbers.",
    "Summarise the story of Romeo and Juliet.",
    "What are the benefits of sleep?",
    "Translate 'good morning' into Spanish and explain each word.",
    "Describe a rainy day in a small town.",
    "What does a transistor do?",
    "Give me three tips for learning a new language.",
    "Who wrote Don Quixote, and in which century?",
    "Compare cats and dogs as pets.",
    "What is 17 times 23? Show the steps.",
    "Name the planets of the solar system in order.",
    "Write an email that asks for a day off.",
    "Here is a text: " + STORY * 3 + "What did the woman count?",
    "Café, naïve, Ünïcode, 日本語, and emoji \U0001F680\U0001F389: what do these words have in common?",
]
LOGIT_PROMPTS = [0, 19]
LONG_IDS = 600  # a third one, of plain text


def field(reader, key):
    return reader.fields[key].contents()


def tokenizer_of(reader):
    tokens = field(reader, "tokenizer.ggml.tokens")
    merges = [tuple(m.split(" ")) for m in field(reader, "tokenizer.ggml.merges")]
    types = field(reader, "tokenizer.ggml.token_type")
    tokenizer = Tokenizer(models.BPE({t: i for i, t in enumerate(tokens)}, merges))
    # tokenizer.ggml.pre = smollm: digits one by one, then GPT-2's expression
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([t for t, kind in zip(tokens, types) if kind == gguf.TokenType.CONTROL])
    return tokenizer


def model_of(reader):
    key = lambda name: field(reader, "llama." + name)
    heads, kv_heads, layers = key("attention.head_count"), key("attention.head_count_kv"), key("block_count")
    tensors = {t.name: t for t in reader.tensors}

    def read(name):
        t = tensors[name]
        return torch.from_numpy(gguf.dequantize(t.data, t.tensor_type).reshape(list(reversed(t.shape.tolist()))).copy())

    def halves(w, n):  # row 2i + j of a head becomes row j * head_dim / 2 + i
        return w.reshape(n, w.shape[0] // n // 2, 2, w.shape[1]).transpose(1, 2).reshape(w.shape)

    state = {"model.embed_tokens.weight": read("token_embd.weight"), "model.norm.weight": read("output_norm.weight")}
    names = {"attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm", "attn_v": "self_attn.v_proj",
             "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj"}
    for i in range(layers):
        for ours, theirs in names.items():
            state[f"model.layers.{i}.{theirs}.weight"] = read(f"blk.{i}.{ours}.weight")
        state[f"model.layers.{i}.self_attn.q_proj.weight"] = halves(read(f"blk.{i}.attn_q.weight"), heads)
        state[f"model.layers.{i}.self_attn.k_proj.weight"] = halves(read(f"blk.{i}.attn_k.weight"), kv_heads)
    state["lm_head.weight"] = state["model.embed_tokens.weight"]
    config = LlamaConfig(
        vocab_size=len(field(reader, "tokenizer.ggml.tokens")), hidden_size=key("embedding_length"),
        intermediate_size=key("feed_forward_length"), num_hidden_layers=layers, num_attention_heads=heads,
        num_key_value_heads=kv_heads, max_position_embeddings=key("context_length"),
        rms_norm_eps=float(key("attention.layer_norm_rms_epsilon")), rope_theta=float(key("rope.freq_base")),
        tie_word_embeddings=True, attn_implementation="eager")
    config.rope_parameters = {"rope_type": "default", "rope_theta": float(key("rope.freq_base"))}
    model = LlamaForCausalLM(config).float().eval()
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and all("inv_freq" in m for m in missing), (missing, unexpected)
    return model


def chat(prompt):
    return ("<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n"
            f"<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n")


@torch.no_grad()
def main():
    path = pathlib.Path(sys.argv[1])
    assert hashlib.sha256(path.read_bytes()).hexdigest() == SHA256, "another file"
    reader = gguf.GGUFReader(path)
    tokenizer, model = tokenizer_of(reader), model_of(reader)
    end = field(reader, "tokenizer.ggml.eos_token_id")
    OUT.mkdir(exist_ok=True)

    greedy = []
    for prompt in PROMPTS:
        ids = tokenizer.encode(chat(prompt), add_special_tokens=False).ids
        tokens, gaps, cache, step = [], [], None, torch.tensor([ids])
        while len(tokens) < NEW_TOKENS and (not tokens or tokens[-1] != end):
            out = model(step, past_key_values=cache, use_cache=True)
            cache = out.past_key_values
            best = out.logits[0, -1].topk(2)
            tokens.append(int(best.indices[0]))
            gaps.append(round(float(best.values[0] - best.values[1]), 4))
            step = torch.tensor([tokens[-1:]])
        greedy.append({"prompt": prompt, "input_ids": ids, "token_ids": tokens, "gaps": gaps})
        print(f"{len(ids):4d} + {len(tokens):2d}  smallest gap {min(gaps):.4f}  {tokenizer.decode(tokens)[:70]!r}")
    (OUT / "greedy.json").write_text(json.dumps(greedy, ensure_ascii=True) + "\n")

    cases = [greedy[i]["input_ids"] for i in LOGIT_PROMPTS]
    cases.append((tokenizer.encode(STORY * 20, add_special_tokens=False).ids)[:LONG_IDS])
    table, packed = [], b""
    for ids in cases:
        out = model(torch.tensor([ids]), output_hidden_states=not table)
        logits = out.logits[0, -1].numpy().astype(np.float64)
        low, high = logits.min(), logits.max()
        packed += np.round((logits - low) / (high - low) * 65535).astype("<u2").tobytes()
        if not table:
            # The last entry of hidden_states is after the final norm; the last block's own output is taken by a hook.
            blocks = []
            hook = [b.register_forward_hook(lambda m, i, o: blocks.append((o[0] if isinstance(o, tuple) else o)[0, -1].numpy()))
                    for b in model.model.layers]
            model(torch.tensor([ids]))
            for h in hook:
                h.remove()
            rows = [out.hidden_states[0][0, -1].numpy()] + blocks
            (OUT / "layers.bin").write_bytes(np.stack(rows).astype("<f4").tobytes())
        table.append({"input_ids": ids, "min": low, "max": high})
    (OUT / "logits.json").write_text(json.dumps(table) + "\n")
    (OUT / "logits.bin").write_bytes(packed)


if __name__ == "__main__":
    main()
