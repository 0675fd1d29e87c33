#!/usr/bin/env python3
"""Writes tekken.json: what the tokenizers library makes of a tokenizer of real size.

    pip install tokenizers==0.23.3
    ../../support/fetch_tekken FOLDER
    make_tekken_goldens.py FOLDER

For both regular expressions: cases written by hand, and for 10,000 strings in 40 scripts with emoji and control characters the
FNV-1a hash of the ids of every 100. script_text() makes them; the test writes it again in C++.
"""
import json
import pathlib
import sys

import tokenizers

from golden_strings import M, block_hashes, splitmix

SCRIPTS = [
    (0xC0, 0x24F), (0x391, 0x3C9), (0x410, 0x44F), (0x531, 0x556), (0x5D0, 0x5EA), (0x620, 0x64A), (0x710, 0x72F), (0x780,
    0x7A5), (0x7CA, 0x7EA), (0x904, 0x94D), (0x985, 0x9CD), (0xA05, 0xA4D), (0xA85, 0xACD), (0xB05, 0xB4D), (0xB85, 0xBCD),
    (0xC05, 0xC4D), (0xC85, 0xCCD), (0xD05, 0xD4D), (0xD85, 0xDCA), (0xE01, 0xE4E), (0xE81, 0xECD), (0xF40, 0xF84), (0x1000,
    0x1039), (0x10D0, 0x10FA), (0xAC00, 0xD7A3), (0x1200, 0x135A), (0x13A0, 0x13F4), (0x1401, 0x166C), (0x1780, 0x17D2),
    (0x1820, 0x1877), (0x3041, 0x3096), (0x30A1, 0x30FA), (0x3105, 0x312D), (0x4E00, 0x9FCC), (0xA000, 0xA48C), (0xA984,
    0xA9C0), (0x1B05, 0x1B44), (0x2D30, 0x2D65), (0x10330, 0x1034A), (0x10400, 0x1044F),
]
BETWEEN = [" ", " ", " ", " ", ", ", "\n", "  ", ". ", "-", "'s ", "(", ") ", "\t", ": ", "\r\n\r\n", "/", "7", " 2026 3.5 ", "🙂", " 👍🏽 ",
           "👩‍💻", "🇩🇪", "\x01", "\x1b", "\x7f"]
CASES = ["f'type'", "x;\n// a", "हिन्दी", "system", "Hello, world!", "I'm here; it's 12345.67 HTTPServer camelCaseXML",
         "  two  spaces\n\n\tTab", "naïve café — 東京 Привет 🙂", "Describe this image in detail.", "<image 1>", "<|im_end|>",
         "{thinking token budget: 512}", "", "\x00", "a" * 500, "🇩🇪👩‍💻" * 20]


def script_text(seed):
    state, text = (seed * 1_000_003 + 17) & M, ""
    state, words = splitmix(state)
    for _ in range(words % 10 + 3):
        state, r = splitmix(state)
        low, high = SCRIPTS[(r >> 8 if r % 4 == 0 else seed) % len(SCRIPTS)]
        for _ in range((r >> 32) % 6 + 1):
            state, c = splitmix(state)
            text += chr(low + c % (high - low + 1))
        text += BETWEEN[(r >> 40) % len(BETWEEN)]
    return text


def main():
    result = {}
    for name in ("split-1", "split-2"):
        document = json.loads((pathlib.Path(sys.argv[1]) / name / "tokenizer.json").read_text())
        document["added_tokens"] = []  # marks in text are text
        tokenizer = tokenizers.Tokenizer.from_str(json.dumps(document))
        encode = lambda text: tokenizer.encode(text).ids
        result[name] = {"cases": [{"text": t, "ids": encode(t)} for t in CASES], "hashes": block_hashes(script_text, encode, 100)}
    out = pathlib.Path(__file__).parent / "tekken.json"
    out.write_text(json.dumps(result, ensure_ascii=True, separators=(",", ":")).replace('{"text"', '\n{"text"').replace('"hashes"', '\n"hashes"') + "\n")
    print(out, out.stat().st_size, "bytes;", tokenizers.__version__)


if __name__ == "__main__":
    main()
