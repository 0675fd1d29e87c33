"""Dialogues with tools through Qwen's templates, rendered by transformers' own Jinja, ids by tokenizers.

The two programs are written from the families' published forms (Qwen2.5-Instruct; Qwen3 and Qwen3-Instruct-2507, which
differ in what becomes of reasoning). The tokenizer is that of the tiny omni checkpoint: it has the marks.
"""
import pathlib

from tokenizers import Tokenizer
from transformers.utils.chat_template_utils import _compile_jinja_template

TOKENIZER = "omni/a/bf16/tokenizer.json"

OFFER = r"""{{- "# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>" }}
    {%- for tool in tools %}{{- "\n" }}{{- tool | tojson }}{%- endfor %}
    {{- "\n</tools>\n\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n<tool_call>\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call><|im_end|>\n" }}
"""
RESULT = r"""{%- elif m.role == "tool" %}
        {%- if loop.first or messages[loop.index0 - 1].role != "tool" %}{{- '<|im_start|>user' }}{%- endif %}
        {{- '\n<tool_response>\n' + m.content + '\n</tool_response>' }}
        {%- if loop.last or messages[loop.index0 + 1].role != "tool" %}{{- '<|im_end|>\n' }}{%- endif %}
    {%- endif %}
"""
ASK = r"""{%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}"""

QWEN25 = r"""{%- set default = 'You are Qwen, created by Alibaba Cloud. You are a helpful assistant.' %}
{%- if tools %}
    {{- '<|im_start|>system\n' + (messages[0].content if messages[0].role == 'system' else default) + '\n\n' }}
    """ + OFFER + r"""{%- elif messages[0].role == 'system' %}
    {{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}
{%- else %}
    {{- '<|im_start|>system\n' + default + '<|im_end|>\n' }}
{%- endif %}
{%- for m in messages %}
    {%- if m.role == "user" or (m.role == "system" and not loop.first) or (m.role == "assistant" and not m.tool_calls) %}
        {{- '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}
    {%- elif m.role == "assistant" %}
        {{- '<|im_start|>assistant' }}
        {%- if m.content %}{{- '\n' + m.content }}{%- endif %}
        {%- for call in m.tool_calls %}
            {%- set call = call.function %}
            {{- '\n<tool_call>\n{"name": "' + call.name + '", "arguments": ' }}{{- call.arguments | tojson }}{{- '}\n</tool_call>' }}
        {%- endfor %}
        {{- '<|im_end|>\n' }}
    """ + RESULT + "{%- endfor %}\n" + ASK + "{%- endif %}"

QWEN3 = r"""{%- if tools %}
    {{- '<|im_start|>system\n' }}
    {%- if messages[0].role == 'system' %}{{- messages[0].content + '\n\n' }}{%- endif %}
    """ + OFFER + r"""{%- elif messages[0].role == 'system' %}
    {{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}
{%- endif %}
{%- set ns = namespace(last=0) %}
{%- for m in messages %}{%- if m.role == "user" %}{%- set ns.last = loop.index0 %}{%- endif %}{%- endfor %}
{%- for m in messages %}
    {%- if m.role == "user" or (m.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}
    {%- elif m.role == "assistant" %}
        {%- if REASONS and loop.index0 > ns.last and m.reasoning_content %}
            {{- '<|im_start|>assistant\n<think>\n' + m.reasoning_content.strip('\n') + '\n</think>\n\n' + m.content.lstrip('\n') }}
        {%- else %}
            {{- '<|im_start|>assistant\n' + m.content }}
        {%- endif %}
        {%- for call in m.tool_calls or [] %}
            {%- if (loop.first and m.content) or not loop.first %}{{- '\n' }}{%- endif %}
            {%- set call = call.function %}
            {{- '<tool_call>\n{"name": "' + call.name + '", "arguments": ' }}{{- call.arguments | tojson }}{{- '}\n</tool_call>' }}
        {%- endfor %}
        {{- '<|im_end|>\n' }}
    """ + RESULT + "{%- endfor %}\n" + ASK

TEMPLATES = {
    "Qwen 2.5": QWEN25,
    "Qwen": QWEN3.replace("REASONS", "false") + "{%- endif %}",
    "Qwen 3": QWEN3.replace("REASONS", "true") + r"""
    {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\n\n</think>\n\n' }}{%- endif %}
{%- endif %}""",
}


def tool(name, description, parameters, **others):
    said = {} if description is None else {"description": description}
    return {"type": "function", "function": {"name": name} | said | {"parameters": parameters} | others}


WEATHER = tool("weather", "Das Wetter \"heute\" – in °C\nund der Wind", {
    "type": "object", "properties": {"city": {"type": "string", "enum": ["Köln", "東京"]}, "days": {"type": ["integer", "null"]}},
    "required": ["city"]})
NOW = tool("now", None, {"type": "object", "properties": {}}, strict=True)


def call(name, **arguments):
    return {"type": "function", "function": {"name": name, "arguments": arguments}}


DIALOGUES = [
    ([WEATHER], [("user", "Hi")]),
    ([WEATHER, NOW], [("system", "Be brief."), ("user", "Köln?")]),
    ([NOW], [("system", ""), ("user", "When?"), ("assistant", "", [call("now")]), ("tool", "12:30")]),
    ([WEATHER, NOW], [("user", "Both?"), ("assistant", "I look.", [call("weather", city="東京", days=2), call("now")], "Two\ncalls.\n"),
                      ("tool", '{"c": 7.50, "wind": null}'), ("tool", "12:31\n"), ("assistant", "Seven."),
                      ("user", "And\nthen?"), ("assistant", "\n\nMore.", [call("weather", city="Köln", deep={"a": [1, 2.5, True, "é\u2028\"\\"]})],
                                               "\nOnce more.\n"), ("tool", "")]),
    ([], [("user", "Earlier?"), ("assistant", "", [call("now")]), ("tool", "9"), ("assistant", "Nine."), ("user", "So?")]),
]


def cases(folder):
    tokenizer = Tokenizer.from_file(str(pathlib.Path(folder) / TOKENIZER))
    for name, template in TEMPLATES.items():
        program = _compile_jinja_template(template)
        for tools, dialogue in DIALOGUES:
            messages = []
            for role, content, *more in dialogue:
                calls, reasoning = (list(more) + [None, None])[:2]
                messages.append({"role": role, "content": content} | ({"tool_calls": calls} if calls else {})
                                | ({"reasoning_content": reasoning} if reasoning else {}))
            for thinking in ([True, False] if name == "Qwen 3" else [False]):
                text = program.render(messages=messages, tools=tools or None, add_generation_prompt=True, enable_thinking=thinking)
                yield {"name": name, "template": template, "thinking": thinking, "tools": tools, "messages": messages,
                       "text": text, "ids": tokenizer.encode(text, add_special_tokens=False).ids}
