"""Conversations by a seed: every rule of the template in combinations that nobody would think of."""
import random
import unicodedata

WORDS = ["Hi", "What is 2+2?", "Weather in Oslo?", "naïve café — 東京", "🙂", "a\nb", "  spaced  ", "\n\nbroken\n", "tab\there", "x;\n// y",
         "don't", "<b>&amp;</b>", "{{ braces }} {% if %}", "", "line\r\nend", "\u3000wide\u00a0", "see </think> there", "50% \\ back",
         "https://example.org/thinking", "<|im_start", "<image", "\"quoted\" 'single'"]
SWITCHES = [" /think", "/no_think", " /no_think ", "</think> /no_think", "/think\n"]
PLACES = ["<image>", "<video>", "<so_embedding>"]
VALUES = ["Oslo", "", "two\nlines", 3, -7, 0.5, 1.0, 1e20, 1.5e-7, True, False, None, [], {}, ["a", {"b": "é<"}],
          {"x": [1, 2.5, None, True], "ü": "\"\\\n"},
          12345678901234567890, "  kept  ", "</parameter>", [[]], 1e16, 123456789.125]
PROPERTIES = [
    ("city", {"type": "string", "description": " City name \n"}), ("unit", {"type": "string", "enum": ["c", "f", None, 2]}),
    ("count", {"type": "integer", "minimum": 0, "maximum": 1e3, "default": None}),
    ("opts", {"type": "object", "properties": {"x": {"type": "integer"}}, "default": 3, "nullable": True}),
    ("any", {"description": "No type"}), ("empty", {}),
    ("list", {"type": ["string", "null"], "items": {"type": "string"}, "title": "Líst"}),
    ("deep", {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "number"}]}, "examples": [["a"], [1.5]]})]


def text(r, switches=True):
    parts = [r.choice(WORDS) for _ in range(r.choice([1, 1, 2, 3]))]
    if switches and r.random() < 0.15:
        parts.insert(r.randrange(len(parts) + 1), r.choice(SWITCHES))
    return r.choice(["", " "]).join(parts)


def parts(r):
    found = []
    for _ in range(r.randrange(1, 6)):
        kind = r.choice(["text", "text", "image", "image_url", "video", "video_url", "audio", "audio_url"])
        found.append({"type": kind} if kind != "text" else {"type": "text", "text": text(r)})
    if r.random() < 0.2:
        found.append({"type": "text", "text": r.choice(["\n", ""]) + r.choice(PLACES) + text(r)})
    return found


def tool(r, n):
    made = {"name": f"tool_{n}"}
    if r.random() < 0.8:
        made["description"] = r.choice(["Does a thing.", " Trimmed. \n", "Zwei\nZeilen ü", ""])
    if r.random() < 0.9:
        made["parameters"] = {"type": "object"}
        if r.random() < 0.9:
            made["parameters"]["properties"] = dict(r.sample(PROPERTIES, r.randrange(0, 5)))
        if r.random() < 0.5:
            made["parameters"]["required"] = r.choice([[], ["city"], ["city", "unit"]])
        if r.random() < 0.3:
            made["parameters"]["additionalProperties"] = r.choice([False, True, {"type": "string"}])
    if r.random() < 0.3:
        made["strict"] = r.choice([True, False])
    if r.random() < 0.2:
        made["returns"] = {"type": "string", "d": ["ä"]}
    return {"type": "function", "function": made} if r.random() < 0.7 else made


def call(r):
    names = r.sample(["city", "unit", "n", "l", "Größe"], r.randrange(0, 4))
    made = {"name": f"tool_{r.randrange(3)}", "arguments": {name: r.choice(VALUES) for name in names}}
    return {"type": "function", "function": made} if r.random() < 0.7 else made


def assistant(r):
    content = text(r, False)
    if r.random() < 0.3:
        tags = ["<think>\nhidden\n</think>\n", "<think></think>", "before<think>", "stray</think>", "<think>a</think>b</think>"]
        content = r.choice(tags) + content
    message = {"role": "assistant", "content": content}
    if r.random() < 0.4:
        message["reasoning_content"] = r.choice(["I need a plan.", "  two\nlines \n", " \n ", "", "ü"])
    if r.random() < 0.4:
        message["tool_calls"] = [call(r) for _ in range(r.choice([1, 1, 2, 3]))]
        if r.random() < 0.4:
            message["content"] = r.choice([None, ""])
    return message


def dialogue(r):
    messages = []
    if r.random() < 0.6:
        messages.append({"role": "system", "content": text(r)})
    messages.append({"role": "user", "content": text(r) if r.random() < 0.7 else parts(r)})
    for _ in range(r.randrange(0, 7)):
        if messages[-1]["role"] in ("assistant", "tool") and r.random() < 0.5:
            messages.append({"role": "tool", "content": text(r, False)})
            continue
        kind = r.choice(["user", "assistant", "assistant", "system", "developer"]) if r.random() < 0.2 else (
            "assistant" if messages[-1]["role"] in ("user", "tool") else "user")
        if kind == "assistant":
            messages.append(assistant(r))
        elif kind == "developer":
            messages.append({"role": kind, "content": text(r)})
        else:
            messages.append({"role": kind, "content": text(r) if kind == "system" or r.random() < 0.7 else parts(r)})
    arguments = {"add_generation_prompt": r.random() < 0.85}
    if r.random() < 0.4:
        arguments["enable_thinking"] = r.choice([True, False])
    if r.random() < 0.3:
        arguments["truncate_history_thinking"] = r.choice([True, False])
    if r.random() < 0.3:
        arguments["reasoning_budget"] = r.choice([0, 512, 16384])
    if r.random() < 0.4:
        arguments["tools"] = [tool(r, n) for n in range(r.randrange(1, 4))]
    return messages, arguments


def dialogues(tokenizer, count, seed):
    r, found = random.Random(seed), []
    for _ in range(count):
        messages, arguments = dialogue(r)
        found.append({"messages": messages, "arguments": arguments,
                      "text": tokenizer.apply_chat_template(messages, tokenize=False, **arguments)})
    return found


SCRIPTS = [(0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x530, 0x58F), (0x590, 0x5FF),
           (0x600, 0x6FF), (0x900, 0x97F), (0x980, 0x9FF), (0xA00, 0xA7F), (0xA80, 0xAFF), (0xB80, 0xBFF), (0xC00, 0xC7F),
           (0xC80, 0xCFF), (0xD00, 0xD7F), (0xD80, 0xDFF), (0xE00, 0xE7F), (0xE80, 0xEFF), (0xF00, 0xFFF), (0x1000, 0x109F),
           (0x10A0, 0x10FF), (0x1100, 0x11FF), (0x1200, 0x137F), (0x13A0, 0x13FF), (0x1780, 0x17FF), (0x1800, 0x18AF),
           (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x218F), (0x2190, 0x2BFF), (0x3000, 0x303F), (0x3040, 0x30FF),
           (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFB00, 0xFDFF), (0xFE00, 0xFFEF), (0x10000, 0x1FFFF), (0x0, 0x1F)]
JOINTS = [" ", "  ", "\n", "\r\n", "\t", "'s", "'LL", "'", "123", "4", "/", "//", "\u00a0", "\u3000", "!", "...", "\n\n", " \n ",
          "Abc", "ABC", "aBC", "é", "e\u0301", "The", " keeper", " of the", " image"]


def strings(tokenizer, count, seed):
    """Texts in many scripts with ids and the code points at which the pieces of the regex begin; none holds a special token, nor a
    code point without a character, since versions of Unicode differ in these."""
    split = tokenizer.backend_tokenizer.pre_tokenizer.pre_tokenize_str
    r, found = random.Random(seed), []
    while len(found) < count:
        made = ""
        for _ in range(r.randrange(1, 7)):
            first, last = r.choice(SCRIPTS)
            made += "".join(chr(r.randint(first, last)) for _ in range(r.randrange(0, 5))) + r.choice(JOINTS)
        if made and all(unicodedata.category(c) not in ("Cs", "Cn") for c in made):
            found.append({"text": made, "ids": tokenizer.encode(made, add_special_tokens=False),
                          "starts": sorted({span[0] for _, span in split(made)})})
    return found
