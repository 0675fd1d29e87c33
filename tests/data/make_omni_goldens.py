#!/usr/bin/env python3
"""Writes two tiny omni checkpoints in three formats each, and records what transformers computes with them in float32.

    pip install transformers==5.23.0 torch==2.15.0 torchvision==0.29.2 tokenizers safetensors librosa soundfile pillow numpy
    OMP_NUM_THREADS=1 tests/data/make_omni_goldens.py [a] [b]

Checkpoints, goldens and their form: omni/README.md. Everything follows from the seeds in omni_goldens/presets.py.
"""
import json
import pathlib
import sys

import numpy as np
import torch
from safetensors.numpy import save_file
from transformers import PreTrainedTokenizerFast
from transformers.utils import logging

from omni_goldens import dialogues, effects, files, formats, random_dialogues, record, reference, weights
from omni_goldens import media  # its processors take a while to import
from omni_goldens.cases import CASES
from omni_goldens.presets import FORMATS, PRESETS

OUT = pathlib.Path(__file__).parent / "omni"
HEAD = "language_model.lm_head.weight"
TRACED = "text"


class Prompt:
    """A case as text, ids and embeddings. The encoders and the embeddings are the same in every format."""

    def __init__(self, name, tokenizer, model, p):
        self.case, self.media, self.name = CASES[name], None, name
        self.text = tokenizer.apply_chat_template(self.case["messages"], tokenize=False, add_generation_prompt=True,
                                                  **self.case.get("arguments", {}))
        expanded = self.text
        if self.has_media():
            self.media = media.Media(model, p, self.case, self.text)
            expanded = self.media.prompt
        self.ids = tokenizer.encode(expanded, add_special_tokens=False)
        self.embedded = record.embed(model, self.ids, self.media.rows if self.media else None)

    def has_media(self):
        return bool({"images", "video", "sounds"} & set(self.case))

    def described(self):
        known = {"messages": self.case["messages"], "arguments": self.case.get("arguments", {}), "prompt": self.text}
        known |= {what: self.case[what] for what in ("images", "video", "sounds") if what in self.case}
        return known | (self.media.facts if self.media else {}) | {"input_ids": self.ids}


def write_media(folder, prompts):
    """The rows of every case with media, and what leads to them for one picture, one film and one sound."""
    tensors = {}
    for name, prompt in prompts.items():
        if not prompt.has_media():
            continue
        for token, rows in prompt.media.rows.items():
            tensors[f"{name}/{'image' if token == media.IMAGE_ID else 'sound'}_rows"] = rows.numpy()
        if name in prompt.media.traces:  # the cases that are named like their kind
            tensors |= {f"trace/{name}/{what}": value.numpy() for what, value in prompt.media.traces[name].items()}
    tensors = {name: np.ascontiguousarray(value, np.float32) for name, value in tensors.items()}
    save_file(tensors, folder / "goldens-media.safetensors")


def write_lines(path, items):
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items)
    path.write_text(f"[\n{lines}\n]\n")


def write_texts(folder, tokenizer, p):
    """Dialogues through the template, which both checkpoints share, and strings through the tokenizer."""
    write_lines(OUT / "dialogues.json", random_dialogues.dialogues(tokenizer, 80, seed=1))
    write_lines(folder / "strings.json", random_dialogues.strings(tokenizer, 400, p["seed"]))


def settle_head(drawn, models, prompts):
    """Runs every case with every format, widening narrow greedy choices until none is left."""
    runs, todo = {}, {(kind, name) for kind in models for name in prompts}
    for turn in range(60):
        for kind, name in sorted(todo):
            runs[kind, name] = record.Run(models[kind], prompts[name].embedded)
        if turn < 2:
            record.balance(drawn[HEAD], runs)
        else:
            widened = record.widen_routing(drawn, models, prompts, runs)
            touched, todo = record.repair(drawn[HEAD], runs)
            print(f"  turn {turn}: {widened} biases and {touched} rows raised, {len(todo)} of {len(runs)} runs to make again",
                  flush=True)
        for model in models.values():
            model.language_model.lm_head.weight.data.copy_(drawn[HEAD])
        if not todo:
            return runs
    raise SystemExit("the greedy choices do not settle; take another seed")


def make(p):
    folder = OUT / p["name"]
    print(f"checkpoint {p['name']}")
    drawn = weights.draw_all(files.published_shapes(p), p["seed"])
    meant = {kind: files.write_checkpoint(folder / kind, p, drawn, kind) for kind in FORMATS}
    models = {kind: files.load_model(p, meant[kind]) for kind in FORMATS}
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder / "bf16")
    print(f"  template: {dialogues.check_examples(tokenizer)} examples exact")
    write_texts(folder, tokenizer, p)
    files.write_library_config(folder / "config-transformers.json", p)
    prompts = {name: Prompt(name, tokenizer, models["bf16"], p) for name in CASES}
    tower = effects.weakest_tower(models["bf16"], lambda kind: Prompt(kind, tokenizer, models["bf16"], p).embedded)
    print(f"  encoders: without {tower[0][1]} the last logits move by {tower[0][0]:.1%}, the least of {len(tower)}", flush=True)
    assert tower[0][0] > effects.LEAST, tower
    for prompt in prompts.values():
        if prompt.has_media() and (own := media.library_logits(models["bf16"], p, prompt.case, prompt.ids)) is not None:
            with torch.no_grad():
                ours = models["bf16"].language_model(inputs_embeds=prompt.embedded, use_cache=False).logits[0].numpy()
            print(f"  {prompt.name}: rows written by hand and the library's own way differ by {np.abs(own - ours).max():.1e}")
            assert np.abs(own - ours).max() < 1e-3
    write_media(folder, prompts)
    runs = settle_head(drawn, models, prompts)
    described = {name: prompt.described() | {"results": {}} for name, prompt in prompts.items()}
    for kind in FORMATS:
        meant = files.write_checkpoint(folder / kind, p, drawn, kind)
        model, tensors = files.load_model(p, meant), {}
        share, part = effects.weakest(model, [prompt.embedded for prompt in prompts.values() if not prompt.has_media()])
        print(f"  {kind}: without {part} logits move by {share:.1%} (the least)")
        assert share > effects.LEAST, "take another seed"
        for name, prompt in prompts.items():
            embedded = prompt.embedded
            run = record.Run(model, embedded)
            assert run.tokens == runs[kind, name].tokens and min(run.gaps) > record.GAP, (kind, name, min(run.gaps))
            tensors |= record.tensors_of(name, run, embedded, brief=kind != "bf16" and prompt.has_media())
            traced = () if name != TRACED else record.FULL_TRACE if kind == "bf16" else record.SHORT_TRACE
            logits, residual, trace = record.second_opinion(p, meant, embedded, run, model, traced)
            tensors |= trace
            described[name]["results"][kind] = run.summary()
            print(f"  {kind:5} {name:12} {embedded.shape[1]:4} + {len(run.tokens)} tokens ({len(set(run.tokens))} different), "
                  f"gap {min(run.gaps):.4f}, router distance {run.distance[0]:.1e}, logits to {abs(run.logits).max():.1f}; "
                  f"double precision differs by {logits:.1e} (logits), {residual:.1e} (residual)", flush=True)
            assert run.distance[0] > record.ROUTER, "take another seed"
            assert logits < 2e-4 and residual < 2e-4
        save_file(tensors, folder / f"goldens-{kind}.safetensors")
    (folder / "cases.json").write_text(json.dumps(described, ensure_ascii=False, separators=(",", ":")) + "\n")


def main():
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    torch.set_num_threads(1)
    formats.check_tables()
    print(f"appendix of the description: {reference.check_appendix()} numbers, every digit")
    for name in sys.argv[1:] or sorted(PRESETS):
        make(PRESETS[name])


if __name__ == "__main__":
    main()
