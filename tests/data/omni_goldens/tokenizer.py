"""A byte-level BPE in the published form: ids 0-999 special tokens, 1000-1255 the bytes, then a few hundred merges."""
import json

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

from .dialogues import TOOLS_TEXT

REGEX = {
    "llama3": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    "tekken": r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
              r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
              r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
}
SPECIAL = ["<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]", "[TOOL_RESULTS]",
           "[/TOOL_RESULTS]", "[TOOL_CALLS]", "<|im_start|>", "<|im_end|>", "<think>", "</think>", "<tool_call>",
           "</tool_call>", "<tool_response>", "</tool_response>", "<image>", "<img>", "</img>", "<quad>", "</quad>", "<ref>",
           "</ref>", "<box>", "</box>", "<so_embedding>", "<so_start>", "<so_end>"]
SPECIAL += [f"<SPECIAL_{n}>" for n in range(len(SPECIAL), 1000)]

CORPUS = """system user assistant system user assistant user assistant user assistant user assistant tool system user
The ferry left the harbour before dawn, and the woman at the rail counted the lights on the other side of the water. There
were nine of them, then eight, then none at all. She had written the number on the back of her hand, as she did with all the
numbers that mattered. "What time is it?" asked the boy. It was later than he thought. They had been there since the evening,
waiting for a letter that would not come, and neither of them wanted to be the one who said so.
What is in this image? What do you see in the picture? Describe this image in detail. What is said in the recording? Describe
the video and the sound. Which of these images is the largest, and which is the oldest? Compare them and answer in one sentence.
Please transcribe this audio. I'm sure that it's fine; we're not late, they've gone, you'll see, I'd go, don't.
Frame 1 sampled at 0.00 seconds and frame 2 sampled at 0.50 seconds: Frame 3 sampled at 1.00 seconds and frame 4 sampled
at 1.50 seconds: Frame 5 sampled at 2.00 seconds and frame 6 sampled at 2.50 seconds:
<function=weather> <parameter=city> </parameter> </function>
"""


def byte_alphabet():
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table, other = {}, 0
    for byte in range(256):
        if byte in printable:
            table[byte] = chr(byte)
        else:
            table[byte] = chr(256 + other)
            other += 1
    return table


def write_tokenizer(folder, preset):
    split = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(REGEX[preset["regex"]]), "isolated"),
                                     pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = split
    alphabet = byte_alphabet()
    trained.train_from_iterator([CORPUS, TOOLS_TEXT], trainers.BpeTrainer(
        vocab_size=256 + preset["merges"], initial_alphabet=list(alphabet.values()), show_progress=False))
    merges = json.loads(trained.to_str())["model"]["merges"]
    assert len(merges) == preset["merges"]
    vocabulary = {token: n for n, token in enumerate(SPECIAL)}
    vocabulary |= {alphabet[byte]: 1000 + byte for byte in range(256)}
    for left, right in merges:
        vocabulary.setdefault(left + right, len(vocabulary))
    assert len(vocabulary) == preset["llm"]["vocab_size"], len(vocabulary)
    by_name = preset["name"] == "b"  # the older spelling of merges, and reasoning marks that count as ordinary text
    plain = set(range(12, 18)) if by_name else set()
    whole = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": n, "content": token, "single_word": False, "lstrip": False, "rstrip": False,
                          "normalized": False, "special": n not in plain} for n, token in enumerate(SPECIAL)],
        "normalizer": None, "pre_tokenizer": json.loads(trained.to_str())["pre_tokenizer"], "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": by_name,
                  "vocab": vocabulary, "merges": [f"{a} {b}" for a, b in merges] if by_name else merges},
    }
    (folder / "tokenizer.json").write_text(json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n")
    settings = {"add_bos_token": False, "bos_token": "<s>", "eos_token": "<|im_end|>", "pad_token": "<unk>", "unk_token": "<unk>",
                "clean_up_tokenization_spaces": False, "model_max_length": 262144, "tokenizer_class": "PreTrainedTokenizerFast"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")
    part = lambda token: {"content": token, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False}
    special = {"bos_token": part("<s>"), "eos_token": part("<|im_end|>"), "pad_token": part("<unk>"), "unk_token": part("<unk>")}
    (folder / "special_tokens_map.json").write_text(json.dumps(special, indent=2) + "\n")
    (folder / "chat_template.jinja").write_text(TEMPLATE)


# Written from the description of the published template, not copied from it.
TEMPLATE = r"""{%- set guard = '\x00close-think\x00' -%}
{%- set think_default = enable_thinking if enable_thinking is defined else true -%}
{%- set cut_history = truncate_history_thinking if truncate_history_thinking is defined else true -%}
{%- macro shown(value) -%}
{%- if value is mapping or (value is iterable and value is not string) -%}{{ value | tojson }}{%- else -%}{{ value | string }}{%- endif -%}
{%- endmacro -%}
{%- macro undirected(text) -%}
{{- text.replace('</think>', guard).replace('/no_think', '').replace('/think', '').replace(guard, '</think>') -}}
{%- endmacro -%}
{%- macro flattened(content) -%}
{%- if content is string -%}{{- content -}}
{%- elif content is iterable -%}
{%- set n = namespace(images=0, videos=0, sounds=0, text='') -%}
{%- for part in content -%}
{%- if part.type in ['image', 'image_url'] -%}{%- set n.images = n.images + 1 -%}
{%- elif part.type in ['video', 'video_url'] -%}{%- set n.videos = n.videos + 1 -%}
{%- elif part.type in ['audio', 'audio_url'] -%}{%- set n.sounds = n.sounds + 1 -%}
{%- elif part.type == 'text' -%}{%- set n.text = n.text + part.text -%}
{%- endif -%}
{%- endfor -%}
{%- if '<image>' in n.text -%}{%- set n.images = 0 -%}{%- endif -%}
{%- if '<video>' in n.text -%}{%- set n.videos = 0 -%}{%- endif -%}
{%- if '<so_embedding>' in n.text -%}{%- set n.sounds = 0 -%}{%- endif -%}
{%- if n.images == 1 -%}{{- '<image>\n' -}}
{%- elif n.images > 1 -%}
{%- for i in range(1, n.images + 1) -%}{{- '<image ' ~ i ~ '><image>' ~ (' ' if not loop.last else '\n') -}}{%- endfor -%}
{%- endif -%}
{{- '<video>\n' * n.videos ~ '<so_embedding>\n' * n.sounds ~ n.text.lstrip('\n') -}}
{%- endif -%}
{%- endmacro -%}
{%- set state = namespace(think=think_default, last_user=-1, system='', first=0) -%}
{%- for message in messages -%}
{%- if message.role in ['user', 'system'] -%}
{%- set texts = [message.content] if message.content is string else (message.content or []) | selectattr('type', 'equalto', 'text') | map(attribute='text') | list -%}
{%- for text in texts -%}
{%- if '/think' in text.replace('</think>', '') -%}{%- set state.think = true -%}
{%- elif '/no_think' in text.replace('</think>', '') -%}{%- set state.think = false -%}
{%- endif -%}
{%- endfor -%}
{%- endif -%}
{%- endfor -%}
{%- if messages and messages[0].role == 'system' -%}
{%- set state.system = messages[0].content -%}{%- set state.first = 1 -%}
{%- endif -%}
{%- set turns = messages[state.first:] -%}
{%- for message in turns -%}
{%- if message.role == 'user' -%}{%- set state.last_user = loop.index0 -%}{%- endif -%}
{%- endfor -%}
{{- '<|im_start|>system\n' ~ undirected(state.system) -}}
{%- if tools -%}
{{- ('\n\n' if state.system else '') ~ '# Tools\n\nYou have access to the following functions:\n\n<tools>' -}}
{%- for wrapped in tools -%}
{%- set tool = wrapped.function if wrapped.function is defined else wrapped -%}
{{- '\n<function>\n<name>' ~ tool.name ~ '</name>' -}}
{%- if tool.description is defined -%}{{- '\n<description>' ~ (tool.description | trim) ~ '</description>' -}}{%- endif -%}
{{- '\n<parameters>' -}}
{%- if tool.parameters is mapping -%}
{%- for name, fields in (tool.parameters.properties or {}).items() -%}
{{- '\n<parameter>\n<name>' ~ name ~ '</name>' -}}
{%- if fields.type is defined -%}{{- '\n<type>' ~ shown(fields.type) ~ '</type>' -}}{%- endif -%}
{%- if fields.description is defined -%}{{- '\n<description>' ~ (fields.description | trim) ~ '</description>' -}}{%- endif -%}
{%- if fields.enum is defined -%}{{- '\n<enum>' ~ (fields.enum | tojson) ~ '</enum>' -}}{%- endif -%}
{%- for key, value in fields.items() if key not in ['name', 'type', 'description', 'enum'] -%}
{{- '\n<' ~ key ~ '>' ~ shown(value) ~ '</' ~ key ~ '>' -}}
{%- endfor -%}
{{- '\n</parameter>' -}}
{%- endfor -%}
{%- for key, value in tool.parameters.items() if key not in ['type', 'properties', 'required'] -%}
{{- '\n<' ~ key ~ '>' ~ shown(value) ~ '</' ~ key ~ '>' -}}
{%- endfor -%}
{%- if tool.parameters.required is defined -%}{{- '\n<required>' ~ (tool.parameters.required | tojson) ~ '</required>' -}}{%- endif -%}
{%- endif -%}
{{- '\n</parameters>' -}}
{%- for key, value in tool.items() if key not in ['type', 'name', 'description', 'parameters'] -%}
{{- '\n<' ~ key ~ '>' ~ shown(value) ~ '</' ~ key ~ '>' -}}
{%- endfor -%}
{{- '\n</function>' -}}
{%- endfor -%}
{{- '\n</tools>\n\nIf you choose to call a function ONLY reply in the following format with NO suffix:\n\n<tool_call>\n<function=example_function_name>\n<parameter=example_parameter_1>\nvalue_1\n</parameter>\n<parameter=example_parameter_2>\nThis is the value for the second parameter\nthat can span\nmultiple lines\n</parameter>\n</function>\n</tool_call>\n\n<IMPORTANT>\nReminder:\n- Function calls MUST follow the specified format: an inner <function=...></function> block must be nested within <tool_call></tool_call> XML tags\n- Required parameters MUST be specified\n- You may provide optional reasoning for your function call in natural language BEFORE the function call, but NOT after\n- If there is no function call available, answer the question like normal with your current knowledge and do not tell the user about function calls\n</IMPORTANT>' -}}
{%- endif -%}
{{- '<|im_end|>\n' -}}
{%- for message in turns -%}
{%- if message.role == 'assistant' -%}
{%- set content = message.content or '' -%}
{%- if message.reasoning_content is string and message.reasoning_content | trim -%}
{%- set content = '<think>\n' ~ message.reasoning_content ~ '\n</think>\n' ~ content -%}
{%- elif '<think>' not in content and '</think>' not in content -%}
{%- set content = '<think></think>' ~ content -%}
{%- endif -%}
{%- set old = cut_history and loop.index0 < state.last_user -%}
{{- '<|im_start|>assistant\n' -}}
{%- if message.tool_calls -%}
{%- if old -%}
{%- set kept = content.split('</think>')[-1] if '</think>' in content else content.split('<think>')[0] -%}
{{- '<think></think>' ~ (kept | trim) -}}
{%- else -%}
{{- content | trim -}}
{%- endif -%}
{{- '\n' -}}
{%- for wrapped in message.tool_calls -%}
{%- set call = wrapped.function if wrapped.function is defined else wrapped -%}
{{- '<tool_call>\n<function=' ~ call.name ~ '>\n' -}}
{%- for key, value in (call.arguments or {}).items() -%}
{{- '<parameter=' ~ key ~ '>\n' ~ shown(value) ~ '\n</parameter>\n' -}}
{%- endfor -%}
{{- '</function>\n</tool_call>\n' -}}
{%- endfor -%}
{%- elif old and '<think>' in content and '</think>' in content -%}
{{- ('<think></think>' ~ content.split('</think>')[-1]) | trim -}}
{%- else -%}
{{- content | trim -}}
{%- endif -%}
{{- '<|im_end|>\n' -}}
{%- elif message.role == 'tool' -%}
{%- if loop.previtem is defined and loop.previtem.role != 'tool' -%}{{- '<|im_start|>user\n' -}}{%- endif -%}
{{- '<tool_response>\n' ~ message.content ~ '\n</tool_response>\n' -}}
{%- if loop.last or loop.nextitem.role != 'tool' -%}{{- '<|im_end|>\n' -}}{%- endif -%}
{%- elif message.role in ['user', 'system'] -%}
{{- '<|im_start|>' ~ message.role ~ '\n' ~ (undirected(flattened(message.content)) | trim) -}}
{%- if loop.index0 == state.last_user and reasoning_budget is defined and reasoning_budget is not none -%}
{{- '\n\n{thinking token budget: ' ~ reasoning_budget ~ '}' -}}
{%- endif -%}
{{- '<|im_end|>\n' -}}
{%- else -%}
{{- '<|im_start|>' ~ message.role ~ '\n' ~ message.content ~ '<|im_end|>\n' -}}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{- '<|im_start|>assistant\n' ~ ('<think>\n' if state.think else '<think></think>') -}}
{%- endif -%}
"""
