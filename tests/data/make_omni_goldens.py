#!/usr/bin/env python3
"""Writes two tiny omni checkpoints in three formats each, and records what transformers computes with them in float32.

    pip install transformers==5.23.0 torch==2.15.0 torchvision==0.29.2 tokenizers safetensors librosa soundfile pillow numpy
    OMP_NUM_THREADS=1 tests/data/make_omni_goldens.py [a] [b]

Checkpoints, goldens and their form: omni/README.md. Everything follows from the seeds in omni_goldens/presets.py.
"""
import json
import pathlib
import sys

import torch
from safetensors.numpy import save_file
from transformers import PreTrainedTokenizerFast
from transformers.utils import logging

from omni_goldens import dialogues, effects, files, formats, record, reference, weights
from omni_goldens.cases import CASES
from omni_goldens.presets import FORMATS, PRESETS

OUT = pathlib.Path(__file__).parent / "omni"
HEAD = "language_model.lm_head.weight"
TRACED = "text"


class Prompt:
    def __init__(self, name, tokenizer):
        self.case = CASES[name]
        self.text = tokenizer.apply_chat_template(self.case["messages"], tokenize=False, add_generation_prompt=True,
                                                  **self.case.get("arguments", {}))
        self.ids = tokenizer.encode(self.text, add_special_tokens=False)

    def described(self):
        return {"messages": self.case["messages"], "arguments": self.case.get("arguments", {}), "prompt": self.text,
                "input_ids": self.ids}


def settle_head(drawn, models, prompts):
    """Runs every case with every format, widening narrow greedy choices until none is left."""
    runs, todo = {}, {(kind, name) for kind in models for name in prompts}
    for turn in range(40):
        for kind, name in sorted(todo):
            runs[kind, name] = record.Run(models[kind], record.embed(models[kind], prompts[name].ids))
        if turn < 3:
            record.balance(drawn[HEAD], runs)
            touched = len(drawn[HEAD])
        else:
            touched, todo = record.repair(drawn[HEAD], runs)
        for model in models.values():
            model.language_model.lm_head.weight.data.copy_(drawn[HEAD])
        print(f"  turn {turn}: {touched} rows changed, {len(todo)} runs to make again", flush=True)
        if not touched and not todo:
            return runs
        if not todo and turn < 38:  # the rows moved a little: look at all runs once more
            todo = set(runs)
    raise SystemExit("the greedy choices do not settle; take another seed")


def make(p):
    folder = OUT / p["name"]
    print(f"checkpoint {p['name']}")
    drawn = weights.draw_all(files.published_shapes(p), p["seed"])
    meant = {kind: files.write_checkpoint(folder / kind, p, drawn, kind) for kind in FORMATS}
    models = {kind: files.load_model(p, meant[kind]) for kind in FORMATS}
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder / "bf16")
    print(f"  template: {dialogues.check_examples(tokenizer)} examples exact")
    prompts = {name: Prompt(name, tokenizer) for name in CASES}
    runs = settle_head(drawn, models, prompts)
    described = {name: prompt.described() | {"results": {}} for name, prompt in prompts.items()}
    for kind in FORMATS:
        meant = files.write_checkpoint(folder / kind, p, drawn, kind)
        model, tensors = files.load_model(p, meant), {}
        cases = {name: record.embed(model, prompt.ids) for name, prompt in prompts.items()}
        share, part = effects.weakest(model, list(cases.values()))
        print(f"  {kind}: without {part} logits move by {share:.1%} (the least)")
        assert share > effects.LEAST, "take another seed"
        for name, embedded in cases.items():
            run = record.Run(model, embedded)
            assert run.tokens == runs[kind, name].tokens and min(run.gaps) > record.GAP, (kind, name, min(run.gaps))
            tensors |= record.tensors_of(name, run, embedded)
            traced = () if name != TRACED else record.FULL_TRACE if kind == "bf16" else record.SHORT_TRACE
            logits, residual, trace = record.second_opinion(p, meant, embedded, run, model, traced)
            tensors |= trace
            described[name]["results"][kind] = run.summary()
            print(f"  {kind:5} {name:10} {embedded.shape[1]:4} + {len(run.tokens)} tokens ({len(set(run.tokens))} different), gap {min(run.gaps):.4f}, router distance "
                  f"{run.distance[0]:.1e}, logits to {abs(run.logits).max():.1f}; double precision differs by {logits:.1e} (logits), "
                  f"{residual:.1e} (residual)", flush=True)
            assert run.distance[0] > record.ROUTER, "take another seed"
            assert logits < 2e-4 and residual < 2e-4
        save_file(tensors, folder / f"goldens-{kind}.safetensors")
    (folder / "cases.json").write_text(json.dumps(described, ensure_ascii=False, indent=None, separators=(",", ":")) + "\n")


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
