"""Runs every check_*.py of this folder in a virtual environment with the pinned requirements.

A check whose libraries do not go together with the others' has a list of its own, `requirements-NAME.txt`, and an environment beside.

    python tests/interop/run.py --postil target/debug/postil [--corpora DIR] [--venv DIR] [NAME…]
"""

import argparse
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def python_of(folder, requirements):
    """The Python of an environment with these requirements, installed if they are not yet."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    stamp = folder / f"installed-{requirements.name}"
    if not stamp.exists() or stamp.read_text() != requirements.read_text():
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]
        subprocess.run(command, check=True, timeout=900)
        stamp.write_text(requirements.read_text())
    return python


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--postil", required=True)
    parser.add_argument("--corpora")
    parser.add_argument("--venv", default=str(HERE / ".venv"))
    parser.add_argument("names", nargs="*", help="only these: csv spacy …")
    arguments = parser.parse_args()
    checks = sorted(HERE.glob("check_*.py"))
    names = {check: check.stem.removeprefix("check_").replace("_", "-") for check in checks}
    if arguments.names:
        wanted = {name.replace("_", "-") for name in arguments.names}
        checks = [check for check in checks if names[check] in wanted]
    failed, left_out = [], []
    for check in checks:
        own = HERE / f"requirements-{names[check]}.txt"
        folder, requirements = Path(arguments.venv), HERE / "requirements.txt"
        if own.exists():
            folder, requirements = folder.with_name(f"{folder.name}-{names[check]}"), own
        try:
            python = python_of(folder, requirements)
        except (subprocess.SubprocessError, OSError) as error:
            print(f"{names[check]}: left out, its libraries could not be installed: {error}")
            left_out.append(check.name)
            continue
        command = [python, check, "--postil", str(Path(arguments.postil).resolve())]
        if arguments.corpora:
            command += ["--corpora", arguments.corpora]
        if subprocess.run(command).returncode != 0:
            failed.append(check.name)
    passed = len(checks) - len(failed) - len(left_out)
    told = [f"{what}: {', '.join(which)}" for what, which in (("failed", failed), ("left out", left_out)) if which]
    print("; ".join([f"{passed} of {len(checks)} checks passed", *told]))
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
