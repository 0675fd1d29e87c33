"""The rendered examples of the description, held against our template before anything is made with it."""

TOOL = {"type": "function", "function": {
    "name": "get_weather", "description": "Current weather.", "parameters": {
        "type": "object", "additionalProperties": False, "required": ["city"], "properties": {
            "city": {"type": "string", "description": "City name"}, "unit": {"type": "string", "enum": ["c", "f"]},
            "opts": {"type": "object", "properties": {"x": {"type": "integer"}}, "default": 3, "nullable": True}}},
    "strict": True}}
TOOLS_TEXT = """# Tools

You have access to the following functions:

<tools>
<function>
<name>get_weather</name>
<description>Current weather.</description>
<parameters>
<parameter>
<name>city</name>
<type>string</type>
<description>City name</description>
</parameter>
<parameter>
<name>unit</name>
<type>string</type>
<enum>["c", "f"]</enum>
</parameter>
<parameter>
<name>opts</name>
<type>object</type>
<properties>{"x": {"type": "integer"}}</properties>
<default>3</default>
<nullable>True</nullable>
</parameter>
<additionalProperties>False</additionalProperties>
<required>["city"]</required>
</parameters>
<strict>True</strict>
</function>
</tools>

If you choose to call a function ONLY reply in the following format with NO suffix:

<tool_call>
<function=example_function_name>
<parameter=example_parameter_1>
value_1
</parameter>
<parameter=example_parameter_2>
This is the value for the second parameter
that can span
multiple lines
</parameter>
</function>
</tool_call>

<IMPORTANT>
Reminder:
- Function calls MUST follow the specified format: an inner <function=...></function> block must be nested within <tool_call></tool_call> XML tags
- Required parameters MUST be specified
- You may provide optional reasoning for your function call in natural language BEFORE the function call, but NOT after
- If there is no function call available, answer the question like normal with your current knowledge and do not tell the user about function calls
</IMPORTANT>"""

USER = lambda content: {"role": "user", "content": content}
CALL = lambda **arguments: {"function": {"name": "get_weather", "arguments": arguments}}
TURN = lambda role, text: f"<|im_start|>{role}\n{text}<|im_end|>\n"
THINK = "<|im_start|>assistant\n<think>\n"
PARTS = lambda *kinds: [{"type": kind} for kind in kinds]
ASK = [USER("Weather in Oslo?"),
       {"role": "assistant", "content": "", "reasoning_content": "I need the tool.", "tool_calls": [CALL(city="Oslo")]},
       {"role": "tool", "content": '{"t": 3}'}]
OSLO = "<tool_call>\n<function=get_weather>\n<parameter=city>\nOslo\n</parameter>\n"
END = "</function>\n</tool_call>\n"

EXAMPLES = {
    "E1": ([USER("Hi")], {}, TURN("system", "") + TURN("user", "Hi") + THINK),
    "E2": ([{"role": "system", "content": "Be brief."}, USER("Hi /no_think")], {},
           TURN("system", "Be brief.") + TURN("user", "Hi") + "<|im_start|>assistant\n<think></think>"),
    "E2 by switch": ([{"role": "system", "content": "Be brief."}, USER("Hi")], {"enable_thinking": False},
                     TURN("system", "Be brief.") + TURN("user", "Hi") + "<|im_start|>assistant\n<think></think>"),
    "E3": ([USER("Hi")], {"reasoning_budget": 512},
           TURN("system", "") + TURN("user", "Hi\n\n{thinking token budget: 512}") + THINK),
    "E4": ([USER(PARTS("image", "audio") + [{"type": "text", "text": "Describe"}])], {"enable_thinking": False},
           TURN("system", "") + TURN("user", "<image>\n<so_embedding>\nDescribe") + "<|im_start|>assistant\n<think></think>"),
    "E5": ([USER([{"type": "text", "text": "Compare"}] + PARTS("image", "image"))], {},
           TURN("system", "") + TURN("user", "<image 1><image> <image 2><image>\nCompare") + THINK),
    "E6": ([{"role": "system", "content": "You are helpful."}, USER("Weather in Oslo?")], {"tools": [TOOL]},
           TURN("system", "You are helpful.\n\n" + TOOLS_TEXT) + TURN("user", "Weather in Oslo?") + THINK),
    "E7": ([ASK[0], ASK[1] | {"tool_calls": [CALL(city="Oslo", n=3, l=["a", {"b": "é<"}]), CALL(city="Rome")]}, ASK[2],
            {"role": "tool", "content": '{"t": 19}'}], {},
           TURN("system", "") + TURN("user", "Weather in Oslo?") + TURN(
               "assistant", "<think>\nI need the tool.\n</think>\n" + OSLO
               + '<parameter=n>\n3\n</parameter>\n<parameter=l>\n["a", {"b": "é<"}]\n</parameter>\n' + END
               + OSLO.replace("Oslo", "Rome") + END)
           + TURN("user", '<tool_response>\n{"t": 3}\n</tool_response>\n<tool_response>\n{"t": 19}\n</tool_response>\n') + THINK),
    "E8": (ASK + [{"role": "assistant", "content": "3 C.", "reasoning_content": "Done."}, USER("Thanks. And Rome?")], {},
           TURN("system", "") + TURN("user", "Weather in Oslo?") + TURN("assistant", "<think></think>\n" + OSLO + END)
           + TURN("user", '<tool_response>\n{"t": 3}\n</tool_response>\n') + TURN("assistant", "<think></think>\n3 C.")
           + TURN("user", "Thanks. And Rome?") + THINK),
    "E9": ([USER("a"), {"role": "assistant", "content": "b"}, USER("c")], {},
           TURN("system", "") + TURN("user", "a") + TURN("assistant", "<think></think>b") + TURN("user", "c") + THINK),
    "E10": ([USER("a"), {"role": "assistant", "content": None, "tool_calls": [CALL(city="Oslo")]}], {},
            TURN("system", "") + TURN("user", "a") + TURN("assistant", "<think></think>\n" + OSLO + END) + THINK),
    "E11": ([USER("a"), {"role": "assistant", "content": "Let me look", "tool_calls": [CALL(city="Oslo")]}], {},
            TURN("system", "") + TURN("user", "a") + TURN("assistant", "<think></think>Let me look\n" + OSLO + END) + THINK),
}


def check_examples(tokenizer):
    for name, (messages, arguments, expected) in EXAMPLES.items():
        found = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True, **arguments)
        assert found == expected, f"{name}\n--- expected\n{expected}\n--- found\n{found}"
    return len(EXAMPLES)
