"""The conversations. Each case: messages, arguments of the template, and media by formula."""
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
            {"type": "function", "function": {
                "name": "get_weather", "arguments": {"city": "Rome", "opts": {"x": 1, "y": [True, None]}}}}]},
        {"role": "tool", "content": '{"t": 3}'},
        {"role": "tool", "content": '{"t": 19}'}], arguments=dict(tools=[TOOL], reasoning_budget=64)),
    "image": dict(
        messages=[{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "Describe this image."}]}],
        images=[dict(width=150, height=100, formula=[3, 5, 29, 0, 6])], arguments=dict(enable_thinking=False)),
    "images": dict(
        messages=[{"role": "user", "content": [
            {"type": "text", "text": "Which of these is the largest?"}, {"type": "image"}, {"type": "image"}, {"type": "image"}]}],
        images=[dict(width=97, height=210, formula=[7, 2, 53, 0, 5]), dict(width=640, height=90, formula=[1, 3, 71, 0, 7]),
                dict(width=33, height=20, formula=[11, 6, 40, 0, 3])]),
    "sound": dict(
        messages=[{"role": "user", "content": [{"type": "audio"}, {"type": "text", "text": "Transcribe this audio."}]}],
        sounds=[dict(samples=21000, formula=[1802, 12288, 1])], arguments=dict(enable_thinking=False)),
    "sounds": dict(  # the first is shorter than the shortest clip
        messages=[{"role": "user", "content": [{"type": "audio"}, {"type": "audio"}, {"type": "text", "text": "Compare them."}]}],
        sounds=[dict(samples=900, formula=[3011, 9001, 2]), dict(samples=17000, formula=[2503, 15013, 3])]),
    "video": dict(  # an odd number of frames
        messages=[{"role": "user", "content": [{"type": "video"}, {"type": "text", "text": "What do you see?"}]}],
        video=dict(frames=5, width=90, height=60, formula=[5, 3, 31, 23, 4], source_fps=29.97, indices=[0, 15, 30, 45, 60])),
    "video-sound": dict(  # the sound stands directly behind the frames
        messages=[{"role": "user", "content": "This is a video:\n<video><so_embedding>\nWhat is said?"}],
        video=dict(frames=4, width=64, height=112, formula=[2, 9, 47, 61, 5], source_fps=24, indices=[0, 12, 24, 36]),
        sounds=[dict(samples=12345, formula=[2001, 7001, 4])]),
    "video-pruned": dict(
        messages=[{"role": "user", "content": [{"type": "video"}, {"type": "text", "text": "What do you see?"}]}],
        video=dict(frames=8, width=160, height=90, formula=[1, 2, 37, 3, 6], source_fps=30, indices=[0, 10, 20, 30, 40, 50, 60, 70],
                   pruning_rate=0.5), arguments=dict(enable_thinking=False)),
    "long-sound": dict(  # two clips: 30 s, where the library has one row more, and a rest
        messages=[{"role": "user", "content": [{"type": "audio"}, {"type": "text", "text": "Transcribe this audio."}]}],
        sounds=[dict(samples=528800, formula=[1511, 11003, 5])], arguments=dict(enable_thinking=False)),
}
