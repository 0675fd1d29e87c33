#!/usr/bin/env python3
"""Writes small GGUF files and blocks, and records what the public packages make of them.

    pip install gguf==0.19.0 transformers==5.23.0 torch==2.15.0 tokenizers sentencepiece==0.2.3 safetensors numpy
    HF_HUB_OFFLINE=1 OMP_NUM_THREADS=1 tests/data/make_gguf_goldens.py [blocks] [models] [texts] [tools]
    ... tests/data/make_gguf_goldens.py matrix FOLDER   every architecture in every format, too much to keep

What each file holds: gguf/README.md. Everything follows from the seeds below.
"""
import json
import pathlib
import sys

import numpy as np
from gguf import GGMLQuantizationType as Type
from gguf.quants import dequantize
from safetensors.numpy import save_file

from gguf_goldens import blocks, inst, models, templates, tools, vocabularies

OUT = pathlib.Path(__file__).parent / "gguf"
PROMPT, NEW = 40, 24
POSITIONS = [0, 11, 39]


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


def write_models(folder, shapes):
    """Of every (name, shape, tokenizer) a file, logits and greedy tokens; seeds until every choice is a clear one."""
    cases, tensors = [], {}
    for name, shape, tokenizer in shapes:
        for seed in range(100, 200):
            path = folder / f"{name}.gguf"
            model = models.write(path, shape, seed, tokenizer.add)
            ids = np.random.default_rng(seed).integers(0, shape.vocab, PROMPT).tolist()
            tokens, gap = models.greedy(model, ids, NEW)
            if gap > 2e-3 and len(set(tokens)) > 4:
                break
        print(name, path.stat().st_size, "seed", seed, "gap", round(gap, 4), flush=True)
        cases.append({"file": path.name, "seed": seed, "input_ids": ids, "positions": POSITIONS, "token_ids": tokens,
                      "narrowest_gap": gap})
        tensors[name] = models.logits(model, ids, POSITIONS)
    (folder / "models.json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
    save_file(tensors, folder / "logits.safetensors")


def tokenizers():
    return {"llama": vocabularies.BytePairs("llama-bpe", 330), "qwen2": vocabularies.BytePairs("qwen2", 330),
            "llama2": vocabularies.Pieces(False, 420), "gemma3": vocabularies.Pieces(True, 440)}


def committed(known):
    """Two files an architecture: all formats that the package writes in turn, and all that it only reads."""
    of = {"llama": "llama", "qwen2": "qwen2", "qwen3": "qwen2", "gemma3": "gemma3"}
    for architecture, name in of.items():
        # What generating needs; the model of qwen3 is of the kind that reasons where it is asked to.
        known[name].template = templates.TEMPLATES[
            {"llama": "Llama 3.1", "qwen2": "Qwen 2.5", "qwen3": "Qwen 3", "gemma3": "Gemma"}[architecture]][1]
        gemma = architecture == "gemma3"
        yield architecture, models.Shape(
            architecture, known[name].size, dim=32, layers=7 if gemma else 2, heads=4, kv_heads=1 if gemma else 2,
            head_dim=16 if architecture == "qwen3" else 8, ffn=32 if gemma else 96,
            tied=architecture != "llama"), known[name]
        yield architecture + "-k", models.Shape(
            architecture, 64, dim=256, layers=2, ffn=32, heads=4, kv_heads=2, head_dim=8, window_period=2,
            tied=architecture != "llama", kinds=tuple(models.DRAWN),
            narrow_kinds=(Type.IQ4_NL, Type.Q4_0, Type.Q8_0)), vocabularies.Letters()
    # Llama 2's tokenizer, for its prompts.
    yield "llama2", models.Shape("llama", known["llama2"].size, dim=32, ffn=32, heads=2, kv_heads=2, layers=1,
                                 tied=True), known["llama2"]


def matrix():
    for architecture in ("llama", "qwen2", "qwen3", "gemma3"):
        for kind in models.WRITTEN + [Type.IQ4_NL] + models.DRAWN:
            dim = 256 if kind in models.DRAWN else 64
            yield f"{architecture}-{kind.name}", models.Shape(
                architecture, 64, dim=dim, layers=7 if architecture == "gemma3" else 2, ffn=dim, heads=8, kv_heads=4,
                head_dim=dim // 8, kinds=(kind,), narrow_kinds=(kind,)), vocabularies.Letters()


def write_strings(known):
    texts = vocabularies.strings(160, 5)
    lines = [json.dumps({"text": text} | {name: t.encode(text) for name, t in known.items()}) for text in texts]
    (OUT / "strings.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")


def write_dialogues(path, known, of=templates.TEMPLATES):
    lines = map(json.dumps, templates.cases(known, of))
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["matrix"]:
        folder = pathlib.Path(sys.argv[2])
        folder.mkdir(parents=True, exist_ok=True)
        write_models(folder, matrix())
        sys.exit()
    wanted = sys.argv[1:] or ["blocks", "models", "texts", "tools"]
    if "blocks" in wanted:
        write_blocks()
    if "models" in wanted:
        write_models(OUT, committed(tokenizers()))
    if "texts" in wanted:
        trained = tokenizers()
        write_strings(trained)
        write_dialogues(OUT / "dialogues.json", trained)
    if "tools" in wanted:
        lines = map(json.dumps, inst.cases(tokenizers()["llama2"]))
        (OUT / "inst.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
        (OUT / "tools.json").write_text("[\n" + ",\n".join(map(json.dumps, tools.cases(OUT.parent))) + "\n]\n")
