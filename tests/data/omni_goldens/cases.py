"""The conversations. Each case: messages, arguments of the template."""
from .dialogues import TOOL

PROSE = (
    "The keeper of the lighthouse wrote everything down. On Monday the glass fell by nine lines, and by noon the wind stood in "
    "the north-west; 14 boats came in, 3 did not. On Tuesday nobody came at all. He boiled two eggs, ate one, and read the old "
    "letters in the order in which they had arrived, which was not the order in which they had been written. \"If you see Anna,\" "
    "said the last of them, \"tell her that I'm sorry about the clock.\" He didn't know any Anna. He wound the clock all the same. ")

CASES = {
    "text": dict(messages=[{"role": "user", "content": "Hi there"}]),
    "long": dict(messages=[{"role": "user", "content": PROSE + "What did the keeper of the lighthouse eat, and when?"}]),
    "multi-turn": dict(messages=[
        {"role": "system", "content": "You are brief."},
        {"role": "user", "content": "What is the time in Oslo?"},
        {"role": "assistant", "content": "It is nine.", "reasoning_content": "They want the time. I have it."},
        {"role": "user", "content": "And in Rome? Naïve question, I know: 東京 too 🙂"},
        {"role": "assistant", "content": "Nine as well."},
        {"role": "user", "content": "Thank you. Which is further south?"}], arguments=dict(enable_thinking=False)),
    "tools": dict(messages=[
        {"role": "system", "content": "You are helpful."},
        {"role": "user", "content": "Weather in Oslo and Rome?"},
        {"role": "assistant", "content": "", "reasoning_content": "Two calls.", "tool_calls": [
            {"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Oslo", "unit": "c"}}},
            {"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Rome", "opts": {"x": 1, "y": [True, None]}}}}]},
        {"role": "tool", "content": '{"t": 3}'},
        {"role": "tool", "content": '{"t": 19}'}], arguments=dict(tools=[TOOL], reasoning_budget=64)),
}
