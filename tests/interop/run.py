"""Runs every check_*.py of this folder in a virtual environment with the pinned requirements.

    python tests/interop/run.py --postil target/debug/postil [--corpora DIR] [--venv DIR] [NAME…]
"""

import argparse
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--postil", required=True)
    parser.add_argument("--corpora")
    parser.add_argument("--venv", default=str(HERE / ".venv"))
    parser.add_argument("names", nargs="*", help="only these: csv spacy …")
    arguments = parser.parse_args()
    python = Path(arguments.venv) / "bin" / "python"
    if not python.exists():
        venv.create(arguments.venv, with_pip=True)
    requirements = HERE / "requirements.txt"
    stamp = Path(arguments.venv) / "installed.txt"
    if not stamp.exists() or stamp.read_text() != requirements.read_text():
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", requirements], check=True)
        stamp.write_text(requirements.read_text())
    checks = sorted(HERE.glob("check_*.py"))
    if arguments.names:
        checks = [check for check in checks if check.stem.removeprefix("check_") in arguments.names]
    failed = []
    for check in checks:
        command = [python, check, "--postil", str(Path(arguments.postil).resolve())]
        if arguments.corpora:
            command += ["--corpora", arguments.corpora]
        if subprocess.run(command).returncode != 0:
            failed.append(check.name)
    print(f"{len(checks) - len(failed)} of {len(checks)} checks passed" + (f"; failed: {', '.join(failed)}" if failed else ""))
    sys.exit(1 if failed or not checks else 0)


if __name__ == "__main__":
    main()
