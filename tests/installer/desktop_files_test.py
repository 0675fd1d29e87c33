"""desktop_files_test.py SOURCE_DIR BIN_DIR: the desktop file and the metainfo are valid, where the tools that say so are."""

import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree

SOURCE = pathlib.Path(sys.argv[1])
DESKTOP = SOURCE / "resources" / "desktop"
COMMANDS = [
    ["desktop-file-validate", DESKTOP / "percept.desktop"],
    # There is no domain to name the component after.
    ["appstreamcli", "validate", "--no-net", "--override=cid-desktopapp-is-not-rdns=info", DESKTOP / "percept.metainfo.xml"],
]
failures, missing = [], []

for command in COMMANDS:
    if not shutil.which(command[0]):
        missing.append(command[0])
        continue
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode != 0:
        failures.append(f"{command[0]}: {ran.stdout}{ran.stderr}")

entry = dict(re.findall(r"^([A-Za-z]+)=(.*)$", (DESKTOP / "percept.desktop").read_text(), flags=re.M))
component = xml.etree.ElementTree.parse(DESKTOP / "percept.metainfo.xml").getroot()
if not (DESKTOP / f"{entry['Icon']}.svg").exists():
    failures.append(f"there is no icon {entry['Icon']}.svg")
if component.findtext("launchable") != "percept.desktop":
    failures.append("the metainfo launches something else")
version = re.search(r"project\(percept VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text())[1]
if component.find("releases/release").get("version") != version:
    failures.append(f"the metainfo's newest release is not {version}")
if not (SOURCE / "installer" / "changelog").read_text().startswith(f"percept ({version})"):
    failures.append(f"the changelog does not begin with {version}")

for tool in missing:
    print(f"{tool} is not installed: not checked with it")
print("\n".join(failures) or "Valid.")
sys.exit(1 if failures else 77 if len(missing) == len(COMMANDS) else 0)
