"""Chat templates as programs for Jinja, written from the families' published forms, and dialogues through them.

Each holds the words by which its family is known. What templates do with tools is left out.
"""
import re

from jinja2.sandbox import ImmutableSandboxedEnvironment

TOOLS = "{%- if tools %}{{- '# Tools\\n\\nYou may call one or more functions to assist with the user query.' }}{%- endif %}"
TURN = "{{- '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}"
QWEN = TOOLS + "{%- for m in messages %}" + TURN + "{%- endfor %}"
REPLY = "{{- '<|im_start|>assistant\\n' }}"
LLAMA_TURN = "{{- '<|start_header_id|>' + m['role'] + '<|end_header_id|>\\n\\n' + m['content'] | trim + '<|eot_id|>' }}"
LLAMA_REPLY = "{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}"

# Name: tokenizer, template.
TEMPLATES = {
    "Llama 3": ("llama", "{{- bos_token }}{%- for m in messages %}" + LLAMA_TURN + "{%- endfor %}" + LLAMA_REPLY),
    "Llama 3.1": ("llama", """{{- bos_token }}
{%- if not date_string is defined %}{%- set date_string = "26 Jul 2024" %}{%- endif %}
{%- if messages[0]['role'] == 'system' %}
    {%- set system = messages[0]['content']|trim %}{%- set messages = messages[1:] %}
{%- else %}{%- set system = "" %}{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{{- "Cutting Knowledge Date: December 2023\\n" }}
{{- "Today Date: " + date_string + "\\n\\n" + system + "<|eot_id|>" }}
{%- for m in messages %}""" + LLAMA_TURN + "{%- endfor %}" + LLAMA_REPLY),
    "Qwen 2.5": ("qwen2", """{%- if messages[0].role != 'system' %}
    {{- '<|im_start|>system\\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\\n' }}
{%- endif %}""" + QWEN + REPLY),
    "Qwen": ("qwen2", QWEN + REPLY),
    "Qwen 3": ("qwen2", QWEN + REPLY + """{%- if enable_thinking is defined and enable_thinking is false %}
    {{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}"""),
    "Qwen 3 (thinking)": ("qwen2", QWEN + "{{- '<|im_start|>assistant\\n<think>\\n' }}"),
    "ChatML": ("qwen2", "{% for m in messages %}{{'<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>' + '\\n'}}"
                        "{% endfor %}{% set message = none %}{{ '<|im_start|>assistant\\n' }}"),
    "Gemma": ("gemma3", """{{- bos_token }}
{%- if messages[0]['role'] == 'system' %}
    {%- set before = messages[0]['content'] + '\\n\\n' %}{%- set messages = messages[1:] %}
{%- else %}{%- set before = "" %}{%- endif %}
{%- for m in messages %}
    {{- '<start_of_turn>' + ('model' if m['role'] == 'assistant' else m['role']) + '\\n' }}
    {{- (before if loop.first else "") + m['content'] | trim + '<end_of_turn>\\n' }}
{%- endfor %}{{- '<start_of_turn>model\\n' }}"""),
}

DIALOGUES = [
    [("user", "Hi")],
    [("system", "Be brief."), ("user", "  What is 12 + 30?\n")],
    [("user", "Die größte Stadt?"), ("assistant", "Tokyo. \n"), ("user", "\n\nUnd die zweite?  Danke")],
    [("system", "  Answer in Russian \n"), ("user", "Кто там?"), ("assistant", "Я"), ("user", "它是什么？"),
     ("assistant", "x\n\n\ny"), ("user", "don't   know\t!")],
    [("user", "def f():\n    return '{{ x }}'\n"), ("assistant", ""), ("user", " ")],
]


def segments(text, marks):
    return [s for s in re.split("(" + "|".join(re.escape(m) for m in sorted(marks, key=len, reverse=True)) + ")", text) if s]


def cases(tokenizers, templates=TEMPLATES):
    for name, (tokenizer, template) in templates.items():
        t = tokenizers[tokenizer]
        program = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True).from_string(template)
        for dialogue in DIALOGUES:
            messages = [{"role": role, "content": text} for role, text in dialogue]
            for thinking in ([True, False] if name == "Qwen 3" else [False]):
                text = program.render(messages=messages, bos_token=t.begin, enable_thinking=thinking,
                                      add_generation_prompt=True, tools=None)
                ids = []
                for segment in segments(text, t.marks):
                    ids += [t.marks[segment]] if segment in t.marks else t.encode(segment)
                yield {"name": name, "file": tokenizer + ".gguf", "template": template, "thinking": thinking,
                       "messages": messages, "text": text, "ids": ids}
