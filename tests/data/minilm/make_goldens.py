#!/usr/bin/env python3
"""Writes texts.json and vectors.bin: sentence vectors of all-MiniLM-L6-v2 by transformers' BertModel in float32.

    pip install torch transformers==5.23.0 tokenizers==0.23.3 safetensors
    make_goldens.py MODELS_DIR        # all-minilm-l6-v2, model.safetensors sha256 53aa5117...28d9db

All texts go through the model as one padded batch with its attention mask, so that a packed computation is compared with
the padded one; ids are cut at 256. vectors.bin holds 384 little-endian floats a text, of unit length.
"""
import json
import pathlib
import sys

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

PASSAGE = ("The reader process receives an open file descriptor and a pipe; it may not open anything by itself. When a page has "
           "no text layer, or one that makes no sense, the page is rendered at 300 dots per inch and read by the recogniser. "
           "Words keep their boxes, so that a quotation can be shown at its place. A file that makes the reader crash costs one "
           "error for this file, and the job goes on with the next one. Limits on time, memory and pixels hold for each page.")
TEXTS = [
    "How do I export the meeting notes?", "Saving the minutes of a call to a file",
    "The invoice is due on Friday.", "A cat sleeps on the warm keyboard.",
    "Café Müller opens at 08:30, doesn't it?", "cafe muller opening hours",
    "", "a", "日本語のテキスト 🙂", PASSAGE, PASSAGE[::-1], " ".join([PASSAGE] * 5),
]


def main():
    folder = pathlib.Path(sys.argv[1]) / "all-minilm-l6-v2"
    config = BertConfig.from_json_file(folder / "config.json")
    model = BertModel(config, add_pooling_layer=False)
    state = {k: v for k, v in load_file(folder / "model.safetensors").items() if not k.startswith("pooler.")}
    missing = model.load_state_dict(state, strict=False).missing_keys
    assert not [k for k in missing if "position_ids" not in k and "token_type_ids" not in k], missing
    model.eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    ids = [e.ids for e in tokenizer.encode_batch(TEXTS)]
    longest = max(map(len, ids))
    batch = torch.tensor([i + [0] * (longest - len(i)) for i in ids])
    mask = torch.tensor([[1] * len(i) + [0] * (longest - len(i)) for i in ids])
    with torch.no_grad():
        hidden = model(input_ids=batch, attention_mask=mask).last_hidden_state
    mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    vectors = torch.nn.functional.normalize(mean, dim=1).numpy().astype("<f4")
    here = pathlib.Path(__file__).parent
    (here / "texts.json").write_text(json.dumps({"texts": TEXTS, "tokens": [len(i) for i in ids]}, indent=1) + "\n")
    vectors.tofile(here / "vectors.bin")
    print(vectors[:2, :4], float(vectors[0] @ vectors[1]), float(vectors[2] @ vectors[3]), float(vectors[4] @ vectors[5]))


if __name__ == "__main__":
    main()
