#!/usr/bin/env python3
"""A long sitting at the real window: random keys and pointer acts, then everything is looked at on the disk.

    python3 tests/desktop/long_run.py [--minutes 10] [--seed 1] [--article FILE]

Prints one line of JSON: acts done, spans on the disk, memory at the start and along the way. Ends with 1 when the program ended by
itself, wrote of a panic, left a file that does not validate, or lost an act that it had told of. POSTIL_BIN as in real_window.py.
It is not part of the usual run, because it takes long.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

import desk as desk_of
from desk import hold, play, say

# Keys of a sitting with how often they come; none of them leaves the project or opens a dialog of the desktop.
KEYS = {
    "Down": 12, "Up": 8, "Right": 8, "Left": 6, "Next": 8, "Prior": 6, "ctrl+Right": 10, "ctrl+Left": 4, "ctrl+Home": 1, "ctrl+End": 1,
    "ctrl+shift+Right": 24, "shift+Down": 4, "s": 6, "e": 14, "p": 8, "c": 8, "h": 3, "i": 2, "a": 3, "d": 2, "f": 1, "Tab": 10,
    "shift+Tab": 4, "Return": 4, "Escape": 22, "Delete": 5, "ctrl+z": 9, "ctrl+y": 4, "ctrl+s": 1, "F8": 3, "ctrl+j": 1, "ctrl+plus": 1,
    "ctrl+minus": 1, "ctrl+g": 1, "ctrl+f": 1, "ctrl+k": 1, "question": 1, "ctrl+2": 2, "ctrl+3": 1, "ctrl+4": 1,
}


def memory(process):
    """Resident bytes of a process."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


def sitting(desk, minutes, chance, told):
    desk.start()
    told["memory"] = [memory(desk.process)]
    end = time.monotonic() + minutes * 60
    next_look = time.monotonic() + 15
    width, height = desk_of.SCREEN
    names, weights = list(KEYS), list(KEYS.values())
    acts = 0
    while time.monotonic() < end:
        desk.running()
        if chance.random() < 0.85:
            desk.xdotool("key", "--delay", "5", *chance.choices(names, weights, k=8))
            acts += 8
        else:
            x, y = width * chance.uniform(0.25, 0.7), height * chance.uniform(0.2, 0.75)
            kind = chance.choice(["click", "drag", "wheel", "double"])
            desk.xdotool("mousemove", "--window", desk.window, str(round(x)), str(round(y)))
            if kind == "drag":
                desk.drag((x, y), (x + chance.uniform(-200, 200), y + chance.uniform(-60, 60)), steps=4)
            elif kind == "wheel":
                desk.xdotool("click", "--repeat", "5", "--delay", "8", chance.choice(["4", "5"]))
            else:
                desk.xdotool("click", "--repeat", "2" if kind == "double" else "1", "1")
            acts += 1
        if time.monotonic() > next_look:
            told["memory"].append(memory(desk.process))
            next_look = time.monotonic() + 15
    told["acts"] = acts
    desk.picture("long-run")


def leaves_all_in_order(desk, told):
    # Whatever is open, Escape closes it, and then the window can be left.
    desk.keys("Escape", "Escape", "Escape", "Escape", "ctrl+2", "Escape")
    desk.save()
    time.sleep(2)
    hold(desk.leave() == 0, "Ctrl+Q ends the program in peace")
    hold("panicked" not in desk.told(), "the program wrote of no panic")
    told["spans"] = len(desk.spans())
    report = json.loads(desk.postil("validate", "--project", desk.project, "--format", "json", fails=True))
    # What keys at random leave unfilled is theirs; files, offsets, ids and links are the program's.
    broken = [f["message"] for f in report["findings"] if f["code"] < "P300" and f["severity"] == "error"]
    hold(not broken, f"files, offsets, ids and links are in order: {broken[:3]}")


def main():
    arguments = argparse.ArgumentParser(description="A long sitting at the real window.")
    arguments.add_argument("--minutes", type=float, default=10.0)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--article", type=Path)
    wanted = arguments.parse_args()
    if wanted.article:
        desk_of.ARTICLE = wanted.article.read_text(encoding="utf-8")
    told, chance = {}, random.Random(wanted.seed)
    code = play([lambda desk: sitting(desk, wanted.minutes, chance, told), lambda desk: leaves_all_in_order(desk, told)])
    say(json.dumps(told))
    return code


if __name__ == "__main__":
    sys.exit(main())
