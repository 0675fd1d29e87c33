"""command_line_test.py SOURCE_DIR BIN_DIR: the completion and the man pages name the commands and options of --help, all of
them and no others."""

import json
import pathlib
import re
import shutil
import subprocess
import sys

SOURCE, BIN = map(pathlib.Path, sys.argv[1:3])
INSTALLER = SOURCE / "installer"
failures = []


def expect_same(what, said, helped):
    for missing in sorted(helped - said):
        failures.append(f"{what}: {missing} is missing")
    for invented in sorted(said - helped):
        failures.append(f"{what}: {invented} is not in --help")


def help_of(program, *command):
    ran = subprocess.run([BIN / program, *command, "--help"], capture_output=True, text=True, check=True)
    return ran.stdout


def options_of(text):
    """Long options at the start of a line of --help."""
    return {name for line in text.splitlines() if line.startswith("  -") for name in long_options(line.split("  ")[1])}


def long_options(text):
    return set(re.findall(r"--[a-z][a-z-]*", text))


def commands_of(text):
    _, found, rest = text.partition("Subcommands:\n")
    return {line.split()[0] for line in rest.split("\n\n")[0].splitlines() if re.match(r"  \S", line)} if found else set()


def completed(program, *words):
    """What the completion offers after these words."""
    script = f"""
        source {INSTALLER}/completion/{program}.bash
        COMP_WORDS=({program} {" ".join(f"'{word}'" for word in words)})
        COMP_CWORD={len(words)}
        _{program.replace("-", "_")}
        printf '%s\\n' "${{COMPREPLY[@]}}" """
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def man_text(page):
    return (INSTALLER / "man" / f"{page}.1").read_text().replace("\\-", "-").replace("\\fB", "").replace("\\fR", "")


def check_cli():
    man = man_text("percept-cli")
    sections = {part.split()[0]: part for part in re.split(r"^\.S[SH] ", man, flags=re.M)[1:]}
    top = help_of("percept-cli")
    commands = commands_of(top)
    every_command = options_of(top)
    assert len(commands) >= 10 and len(every_command) >= 9, "--help was not understood"
    expect_same("completion: commands", completed("percept-cli", ""), commands)
    expect_same("completion: options", completed("percept-cli", "--"), every_command)
    expect_same("man page: options", long_options(sections["OPTIONS"]), every_command)
    expect_same("man page: commands", {name for name in sections if name.islower()}, commands)
    for command in sorted(commands & set(sections)):
        text = help_of("percept-cli", command)
        parts = commands_of(text)
        helped = options_of(text).union(*(options_of(help_of("percept-cli", command, part)) for part in parts))
        own = helped - {"--help"}
        expect_same(f"completion: options of {command}", completed("percept-cli", command, "--"), own | every_command)
        named = long_options(sections[command])
        expect_same(f"man page: options of {command}", named, own | (named & every_command))
        if parts:
            expect_same(f"completion: {command}", completed("percept-cli", command, ""), parts)
            heading = sections[command].splitlines()[0]
            for part in parts:
                if not re.search(rf"(?<![a-z-]){part}(?![a-z-])", heading):
                    failures.append(f"man page: {command} {part} is missing")


def check_model_names():
    models = json.loads((SOURCE / "resources/models.json").read_text())["models"]
    names = {model["name"] for model in models}
    asked = {model["name"] for model in models if model.get("user_decides")}
    assert asked and names > asked, "the catalogue was not understood"
    for part in ("fetch", "verify", "remove"):
        expect_same(f"completion: models {part}", completed("percept-cli", "models", part, ""), names | {"starter"})
    # Files of the folder that this runs in are offered, too.
    offered = {word for word in completed("percept-cli", "--engine", "") if not pathlib.Path(word).exists()}
    expect_same("completion: --engine", offered, asked | {"starter"})


def check_window():
    if not (BIN / "percept").exists():
        return
    options = options_of(help_of("percept"))
    assert len(options) >= 4, "--help was not understood"
    expect_same("completion of percept", completed("percept", "--"), options)
    section = man_text("percept").partition(".SH OPTIONS")[2].partition(".SH")[0]
    expect_same("man page of percept", long_options(section), options)


def check_engine():
    commands, options = help_of("percept-engine").partition("commands\n")[2].split("options of every command\n")
    man = man_text("percept-engine")
    names = {line.split()[0] for line in commands.splitlines() if line.startswith("  ")}
    assert len(names) >= 7, "--help was not understood"
    expect_same("man page of percept-engine: commands", set(re.findall(r"[a-z]+", man.partition("Commands:")[2].partition("Each")[0])), names)
    helped = options_of(options)
    expect_same("man page of percept-engine: options", long_options(man) & helped, helped)


def check_pages_parse():
    if not shutil.which("man"):
        print("man is not installed: pages are not parsed")
        return
    for page in sorted((INSTALLER / "man").glob("*.1")):
        # The warnings come from groff, to standard error; man keeps them back where nobody asked.
        ran = subprocess.run(["man", "--warnings=w", "--local-file", page], capture_output=True, text=True)
        said = [line for line in ran.stderr.splitlines() if page.name in line or "warning" in line or "error" in line]
        if ran.returncode != 0 or said or not ran.stdout.strip():
            failures.append(f"{page.name}: {ran.stderr.strip() or 'an empty page'}")


check_cli()
check_model_names()
check_window()
check_engine()
check_pages_parse()
print("\n".join(failures) or "Completion and man pages say what --help says.")
sys.exit(1 if failures else 0)
