#!/usr/bin/env python3
"""Runs the commands of README.md's transcript and compares what they print: check_transcript.py README BIN_DIR

The transcript is every ```console block. Lines that begin with "$ " are commands; those of ./quickstart are left out (they
install packages). The rest runs in order, in the folder of the README, with a data folder of its own. Numbers that depend
on the machine (seconds, speeds, the folder) are masked on both sides; everything else must be equal.
"""
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def transcript(readme: str) -> list[tuple[str, list[str]]]:
    steps: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", readme, re.S | re.M):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            elif steps:
                steps[-1][1].append(line)
    return [step for step in steps if not step[0].startswith("./quickstart")]


def masked(lines: list[str]) -> list[str]:
    text = "\n".join(line.rstrip() for line in lines).strip()
    text = re.sub(r"\d+(\.\d+)?\s?(s|ms|min)\b", "# s", text)
    text = re.sub(r"source \d+", "source #", text)  # two readers work side by side
    text = re.sub(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?Z?)?", "<time>", text)
    return text.splitlines()


def main() -> int:
    readme, bin_dir = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    data_home = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    models = pathlib.Path(os.environ.get("PERCEPT_MODELS") or f"{data_home}/percept/models").resolve()
    if not (models / "whisper-base").is_dir():
        print("The starter models are not installed; fetch them with: percept-cli models fetch")
        return 77
    steps = transcript(readme.read_text())
    if not steps:
        print("README.md has no transcript")
        return 1
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        data = pathlib.Path(home, "percept")
        data.mkdir()
        (data / "models").symlink_to(models)
        environment = dict(os.environ, XDG_DATA_HOME=home)
        for command, expected in steps:
            shown = command.replace("build/bin/", f"{bin_dir}/")
            done = subprocess.run(
                shown, shell=True, cwd=readme.parent, env=environment, stdout=subprocess.PIPE, text=True, timeout=300
            )
            want, got = masked(expected), masked(done.stdout.splitlines())
            if want != got or done.returncode != 0:
                failed += 1
                print(f"$ {command}\nexit status {done.returncode}")
                print("\n".join(difflib.unified_diff(want, got, "README.md", "printed", lineterm="")))
    print(f"{len(steps)} commands, {failed} differ from the README")
    return 1 if failed else 0


sys.exit(main())
