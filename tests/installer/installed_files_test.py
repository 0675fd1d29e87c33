"""installed_files_test.py CMAKE BUILD_DIR WITH_WINDOW: an installation holds what is listed here and nothing else, and its
percept-cli finds the sample and the reader beside it."""

import os
import pathlib
import subprocess
import sys
import tempfile

CMAKE, BUILD, WITH_WINDOW = sys.argv[1], sys.argv[2], sys.argv[3] == "1"
EXPECTED = """
bin/percept-cli bin/percept-engine bin/percept-reader
share/bash-completion/completions/percept-cli
share/doc/percept/LICENSE share/doc/percept/THIRD-PARTY.md share/doc/percept/changelog.gz share/doc/percept/copyright
share/man/man1/percept-cli.1.gz share/man/man1/percept-engine.1.gz share/man/man1/percept-reader.1.gz
share/percept/sample/README.md share/percept/sample/handbook.pdf share/percept/sample/meeting.ogg
"""
OF_THE_WINDOW = """
bin/percept
share/applications/percept.desktop share/icons/hicolor/scalable/apps/percept.svg share/metainfo/percept.metainfo.xml
share/bash-completion/completions/percept share/man/man1/percept.1.gz share/doc/percept/licences/Lucide
"""


def install(prefix):
    ran = subprocess.run([CMAKE, "--install", BUILD, "--prefix", prefix], capture_output=True, text=True,
                         env={**os.environ, "DESTDIR": ""})
    if ran.returncode != 0:
        sys.exit(ran.stdout[-2000:] + ran.stderr[-2000:])


def run(prefix, home, *words):
    ran = subprocess.run([prefix / "bin" / "percept-cli", "--data", home / "library", *words], capture_output=True, text=True,
                         env={"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"})
    if ran.returncode != 0:
        sys.exit(f"percept-cli {' '.join(map(str, words))}: {ran.returncode}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


with tempfile.TemporaryDirectory(prefix="percept-install-") as folder:
    prefix = pathlib.Path(folder) / "prefix"
    install(prefix)
    found = {str(path.relative_to(prefix)) for path in prefix.rglob("*") if not path.is_dir()}
    expected = set((EXPECTED + (OF_THE_WINDOW if WITH_WINDOW else "")).split())
    for name in sorted(expected ^ found):
        print(f"{name}: {'not installed' if name in expected else 'installed, but not expected'}")
    empty = [name for name in found if (prefix / name).stat().st_size == 0]
    not_programs = [name for name in found if name.startswith("bin/") and not os.access(prefix / name, os.X_OK)]
    print("".join(f"{name}: empty or not executable\n" for name in empty + not_programs), end="")
    if expected != found or empty or not_programs:
        sys.exit(1)
    home = pathlib.Path(folder) / "home"
    home.mkdir()
    said = run(prefix, home, "ingest", "--new", "Sample", prefix / "share/percept/sample/handbook.pdf")
    hits = run(prefix, home, "search", "laser cutter")
    if "3 pages" not in said or "handbook.pdf, page 2" not in hits:
        sys.exit(f"the installed programs did not read the sample:\n{said}{hits}")
print(f"{len(expected)} files; the installed percept-cli reads the sample.")
