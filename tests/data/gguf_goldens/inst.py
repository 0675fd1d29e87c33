"""Dialogues through the templates of Llama 2, Mistral and Zephyr, rendered by transformers' own Jinja.

Where [INST] is text ids are sentencepiece's of the texts between <s> and </s>; a space with which such a text begins is the one
that sentencepiece adds, as mistral-common has it. Where it is a token only the text is kept: the test brings a tokenizer of bytes.
"""
from transformers.utils.chat_template_utils import _compile_jinja_template

from .templates import segments

START = """{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}"""

TEKKEN = START + """{% else %}{% set loop_messages = messages %}{% endif %}{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message["role"] == "user" %}
        {%- if loop.last and system_message is defined %}{{- "[INST]" + system_message + "\\n\\n" + message["content"] + "[/INST]" }}
        {%- else %}{{- "[INST]" + message["content"] + "[/INST]" }}{%- endif %}
    {%- elif message["role"] == "assistant" %}{{- message["content"] + eos_token }}{%- endif %}
{%- endfor %}"""

TEMPLATES = {
    "Llama 2": START + """{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}
{%- for message in loop_messages %}
    {%- if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}
    {%- else %}{% set content = message['content'] %}{% endif %}
    {%- if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}
    {%- elif message['role'] == 'assistant' %}{{ ' ' + content.strip() + ' ' + eos_token }}{% endif %}
{%- endfor %}""",
    "Mistral (version 1)": START + """{% else %}{% set loop_messages = messages %}{% endif %}{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message['role'] == 'user' %}
        {%- if loop.first and system_message is defined %}{{- ' [INST] ' + system_message + '\\n\\n' + message['content'] + ' [/INST]' }}
        {%- else %}{{- ' [INST] ' + message['content'] + ' [/INST]' }}{%- endif %}
    {%- elif message['role'] == 'assistant' %}{{- ' ' + message['content'] + eos_token }}{%- endif %}
{%- endfor %}""",
    "Mistral (first version)": """{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}
{{- '[INST] ' + message['content'] + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token + ' ' }}{% endif %}{% endfor %}""",
    "Mistral (version 3)": START + """{% else %}{% set loop_messages = messages %}{% endif %}
{%- set user_messages = loop_messages | selectattr("role", "equalto", "user") | list %}{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message["role"] == "user" %}
        {%- if (message == user_messages[-1]) and system_message is defined %}{{- "[INST] " + system_message + "\\n\\n" + message["content"] + "[/INST]" }}
        {%- else %}{{- "[INST] " + message["content"] + "[/INST]" }}{%- endif %}
    {%- else %}{{- " " + message["content"]|trim + eos_token }}{%- endif %}
{%- endfor %}""",
    "Mistral Nemo": TEKKEN,
    "Ministral": TEKKEN.replace('message["content"] + eos', '" " + message["content"]|trim + eos'),
    "Zephyr": """{% for message in messages %}
{% if message['role'] == 'user' %}
{{ '<|user|>\\n' + message['content'] + eos_token }}
{% elif message['role'] == 'system' %}
{{ '<|system|>\\n' + message['content'] + eos_token }}
{% elif message['role'] == 'assistant' %}
{{ '<|assistant|>\\n'  + message['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|assistant|>' }}
{% endif %}
{% endfor %}
""",
}

DIALOGUES = [
    [("user", "Hi")],
    [("system", "Be brief."), ("user", "  What is 12 + 30?\n")],
    [("user", "Die größte Stadt?"), ("assistant", "Tokyo. \n"), ("user", "\n\nUnd die zweite?  Danke")],
    [("system", "  Answer in Russian \n"), ("user", "Кто там?"), ("assistant", "Я"), ("user", "don't   know\t!"),
     ("assistant", "x\n\n\ny"), ("user", "def f():\n    return '{{ x }}'\n")],
]


def cases(pieces):
    for name, template in TEMPLATES.items():
        program = _compile_jinja_template(template)
        for dialogue in DIALOGUES:
            messages = [{"role": role, "content": text} for role, text in dialogue]
            if name == "Mistral (first version)" and messages[0]["role"] == "system":
                continue
            text = program.render(messages=messages, bos_token="<s>", eos_token="</s>", add_generation_prompt=True)
            if name in ("Mistral (version 3)", "Mistral Nemo", "Ministral"):
                yield {"name": name, "file": None, "template": template, "messages": messages, "text": text, "ids": None}
                continue
            ids = []
            for segment in segments(text, ["<s>", "</s>"]):
                ids += [pieces.marks[segment]] if segment in pieces.marks else pieces.encode(segment.removeprefix(" "))
            yield {"name": name, "file": "gguf/llama2.gguf", "template": template, "messages": messages, "text": text, "ids": ids}
