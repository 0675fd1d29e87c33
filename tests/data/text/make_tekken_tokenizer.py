#!/usr/bin/env python3
"""Writes tokenizer.json as Nemotron 3 Nano has it, of the vocabulary Tekken 240718: make_tekken_tokenizer.py TEKKEN_JSON FOLDER

1,000 special slots, then the first 130,072 ranks; a merge for every way to make a token of two others, in the order of
the token's rank. FOLDER/split-1 has the regular expression of Llama 3, FOLDER/split-2 the one of Tekken. Needs nothing but
Python, for tests/support/fetch_tekken runs it.
"""
import base64
import json
import pathlib
import sys

SLOTS, RANKS = 1000, 130_072
NAMES = {
    0: "<unk>", 1: "<s>", 2: "</s>", 3: "[INST]", 4: "[/INST]", 5: "[AVAILABLE_TOOLS]", 6: "[/AVAILABLE_TOOLS]", 7: "[TOOL_RESULTS]",
    8: "[/TOOL_RESULTS]", 9: "[TOOL_CALLS]", 10: "<|im_start|>", 11: "<|im_end|>", 12: "<think>", 13: "</think>", 14: "<tool_call>",
    15: "</tool_call>", 16: "<tool_response>", 17: "</tool_response>", 18: "<image>", 19: "<img>", 20: "</img>", 21: "<quad>",
    22: "</quad>", 23: "<ref>", 24: "</ref>", 25: "<box>", 26: "</box>", 27: "<so_embedding>", 28: "<so_start>", 29: "<so_end>",
}
SPLITS = {
    "split-1": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    "split-2": r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
               r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
               r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
}


def byte_alphabet():
    """The printable stand-ins of GPT-2 for the 256 bytes."""
    plain = [b for b in range(256) if 33 <= b <= 126 or 161 <= b <= 172 or 174 <= b <= 255]
    rest = [b for b in range(256) if b not in plain]
    return {b: chr(b) for b in plain} | {b: chr(256 + i) for i, b in enumerate(rest)}


def main():
    tokens = [base64.b64decode(each["token_bytes"]) for each in json.loads(pathlib.Path(sys.argv[1]).read_text())["vocab"][:RANKS]]
    letters = byte_alphabet()
    written = ["".join(letters[b] for b in token) for token in tokens]
    known = set(tokens)
    merges = [[written[rank][:at], written[rank][at:]] for rank, token in enumerate(tokens)
              for at in range(1, len(token)) if token[:at] in known and token[at:] in known]
    slots = [NAMES.get(i, f"<SPECIAL_{i}>") for i in range(SLOTS)]
    vocabulary = {text: i for i, text in enumerate(slots + written)}
    assert len(vocabulary) == SLOTS + RANKS and len(merges) == 269_443, (len(vocabulary), len(merges))
    for name, pattern in SPLITS.items():
        folder = pathlib.Path(sys.argv[2]) / name
        folder.mkdir(parents=True, exist_ok=True)
        document = {
            "version": "1.0", "truncation": None, "padding": None,
            "added_tokens": [{"id": i, "content": text, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                              "special": True} for i, text in enumerate(slots)],
            "normalizer": None,
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False},
                {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}]},
            "post_processor": None,
            "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
            "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
                      "fuse_unk": False, "byte_fallback": False, "ignore_merges": False, "vocab": vocabulary, "merges": merges},
        }
        new = folder / "tokenizer.json.new"
        new.write_text(json.dumps(document, ensure_ascii=False))
        new.rename(folder / "tokenizer.json")
        print(folder / "tokenizer.json", (folder / "tokenizer.json").stat().st_size, "bytes,", len(vocabulary), "tokens,", len(merges), "merges")


if __name__ == "__main__":
    main()
