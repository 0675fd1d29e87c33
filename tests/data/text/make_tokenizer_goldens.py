#!/usr/bin/env python3
"""Writes tokenizers.json: what the reference libraries make of the starter models' tokenizers.

    pip install tokenizers==0.23.3 gguf numpy transformers jinja2
    make_tokenizer_goldens.py MODELS_DIR

smollm2   vocabulary and merges of the GGUF in a tokenizers BPE with the pre-tokenizers of SmolLM2 (digits one by one, then
          byte level); chat prompts by jinja2 from the template in the GGUF
whisper   tokenizer.json as it is
minilm    tokenizer.json as it is, without its truncation and padding
Each with cases written by hand (text and ids) and, for 4,000 random strings, the FNV-1a hash of the ids of every 100.
bert_fold is one hash over all code points. The strings are made by random_text(), which the test writes again in C++.
"""
import json
import pathlib
import sys

import gguf
import jinja2
import tokenizers

from golden_strings import M, block_hashes, splitmix

GROUPS = [
    (0x61, 0x7A), (0x61, 0x7A), (0x41, 0x5A), (0x30, 0x39), (0x20, 0x20), (0x20, 0x20), (0x09, 0x0D), (0x21, 0x2F), (0x3A, 0x40),
    (0x5B, 0x60), (0x7B, 0x7E), (0x00, 0x1F), (0x80, 0xBF), (0xC0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F),
    (0x5D0, 0x5EA), (0x600, 0x6FF), (0x900, 0x97F), (0xE00, 0xE5B), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20A0, 0x20BF),
    (0x2100, 0x218B), (0x2200, 0x22FF), (0x2460, 0x24FF), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xE000, 0xE0FF),
    (0xF900, 0xFAFF), (0xFB00, 0xFB4F), (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F300, 0x1F6FF), (0x20000, 0x2A6DF),
]
WORDS = ["the", " of", " Meeting", "'s", "n't", " 2026", "3.14", " co-operate", "\n\n", "    ", " naïve", "Straße", " don't",
         "I'LL", "supercalifragilistic", "://", " ...", "ﬁn", "İstanbul", "ΣΑΣ", "日本語", " 안녕", "🙂", "👩‍💻", "[SEP]", "<|im_end|>"]
CASES = [
    "", " ", "  ", "\n", "a", " a", "Hello, world!", "How do I export the meeting notes?", "The invoice is due on Friday.",
    "Café Müller opens at 08:30, doesn't it?", "cafe muller opening hours", "1234567890 12 3", "x = y**2 + 3.14e-10;",
    "tabs\tand\nnew\r\nlines   and   spaces   ", "don't can't I'LL we've they're it's", "naïve façade, “quotes” — dashes…",
    "Привет, мир! Как дела?", "日本語のテキスト、漢字とかな。", "안녕하세요 세계", "שלום עולם", "مرحبا بالعالم", "नमस्ते दुनिया", "สวัสดีชาวโลก",
    "🙂👍🏽👩‍💻🇩🇪", "e\u0301 é", "\u0000\u0001\u007f\u0085\u00a0\u200b\u2028\u3000", "<|im_start|>user<|im_end|>",
    "[CLS] [SEP] [MASK]", "<|endoftext|>", "a" * 300, "word " * 60, "ß ﬁ ǅ İ ŉ", "C++20, C#, .NET; f(x)=∑√π", "http://example.org/a?b=c&d=%20",
    "ABC" * 40, "supercalifragilisticexpialidocious antidisestablishmentarianism", "½ ² Ⅷ ① ٣ ໓", "\U00020000\U0002A6DF\uF900",
]
CHATS = [
    [("user", "Hello")],
    [("system", "Be brief."), ("user", "What is 2+2?")],
    [("user", "One"), ("assistant", "Two"), ("user", "Three\nlines ")],
    [("system", ""), ("user", " spaces ")],
]


def random_text(seed):
    state, text = seed * 1_000_003, ""
    state, length = splitmix(state)
    for _ in range(length % 24 + 1):
        state, r = splitmix(state)
        if r % 4 == 0:
            text += WORDS[(r >> 8) % len(WORDS)]
            continue
        low, high = GROUPS[(r >> 8) % len(GROUPS)]
        for _ in range((r >> 32) % 5 + 1):
            state, c = splitmix(state)
            text += chr(low + c % (high - low + 1))
    return text


def hashes(encode, blocks=40):
    return block_hashes(random_text, encode, blocks)


def fold_hash():
    """What BERT's normaliser and splitter make of every code point between x and y, in one number."""
    normalizer, splitter = tokenizers.normalizers.BertNormalizer(lowercase=True), tokenizers.pre_tokenizers.BertPreTokenizer()
    h = 0xCBF29CE484222325
    for cp in range(0x110000):
        if 0xD800 <= cp <= 0xDFFF:
            continue
        folded = normalizer.normalize_str("x" + chr(cp) + "y")
        for byte in "".join(word + "|" for word, _ in splitter.pre_tokenize_str(folded)).encode():
            h = ((h ^ byte) * 0x100000001B3) & M
    return f"{h:016x}"


def smollm2(models):
    reader = gguf.GGUFReader(models / "smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf")
    field = lambda name: reader.fields["tokenizer." + name].contents()
    tokens, kinds, merges = field("ggml.tokens"), field("ggml.token_type"), field("ggml.merges")
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(
        vocab={t: i for i, t in enumerate(tokens)}, merges=[tuple(m.split(" ")) for m in merges]))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Sequence([
        tokenizers.pre_tokenizers.Digits(individual_digits=True),
        tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)])
    specials = tokenizers.Tokenizer.from_str(tokenizer.to_str())
    specials.add_special_tokens([tokenizers.AddedToken(t, normalized=False, special=True) for t, k in zip(tokens, kinds) if k == 3])
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(field("chat_template"))
    chats = []
    for chat in CHATS:
        messages = [{"role": r, "content": c} for r, c in chat]
        prompt = template.render(messages=messages, add_generation_prompt=True)
        chats.append({"messages": chat, "ids": specials.encode(prompt).ids})
    return tokenizer, {"chats": chats, "control": [
        {"text": t, "ids": specials.encode(t).ids} for t in CASES + ["a<|im_start|>b<|im_end|><|im_end|>\n"]]}


def references(models):
    """The three tokenizers, reading control tokens in text as text."""
    whisper = json.loads((models / "whisper-base/tokenizer.json").read_text())
    whisper["added_tokens"], whisper["post_processor"] = [], None
    minilm = json.loads((models / "all-minilm-l6-v2/tokenizer.json").read_text())
    minilm["truncation"] = minilm["padding"] = None
    minilm["added_tokens"] = []
    return {"smollm2": smollm2(models)[0], "whisper": tokenizers.Tokenizer.from_str(json.dumps(whisper)),
            "minilm": tokenizers.Tokenizer.from_str(json.dumps(minilm))}


def main():
    models = pathlib.Path(sys.argv[1])
    whisper = tokenizers.Tokenizer.from_file(str(models / "whisper-base/tokenizer.json"))
    _, extra = smollm2(models)
    result = {}
    for name, tokenizer in references(models).items():
        encode = lambda text: tokenizer.encode(text).ids
        result[name] = {"cases": [{"text": t, "ids": encode(t)} for t in CASES], "hashes": hashes(encode)}
    result["smollm2"].update(extra)
    result["whisper"]["control"] = [{"text": t, "ids": whisper.encode(t, add_special_tokens=False).ids}
                                    for t in ["<|startoftranscript|><|en|><|transcribe|> Hello<|endoftext|>"]]
    result["bert_fold"] = fold_hash()
    out = pathlib.Path(__file__).parent / "tokenizers.json"
    out.write_text(json.dumps(result, ensure_ascii=True, separators=(",", ":")).replace('{"text"', '\n{"text"').replace('"hashes"', '\n"hashes"') + "\n")
    print(out, out.stat().st_size, "bytes;", tokenizers.__version__)


if __name__ == "__main__":
    main()
