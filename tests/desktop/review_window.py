#!/usr/bin/env python3
"""Reviews in the real window by keys alone: two annotators, a piece from each, a rejection, a comment, its list; looks at the disk.

    python3 tests/desktop/review_window.py

What no test inside the program can see: that a digit with Shift reaches it through the X server as the digit it is, on a Latin and on a
Cyrillic layout. POSTIL_BIN, POSTIL_PICTURES and the exit code as in real_window.py.
"""

import sys

from desk import PLACES, hold, play, say, wait_for

# Where more keys lie (evdev key codes).
PLACES |= {"N": "57", "X": "53", "R": "27", "Z": "52", "1": "10", "2": "11"}


def gold(desk):
    files = list(desk.project.glob("annotations/gold/*.ron"))
    return files[0].read_text(encoding="utf-8") if files else ""


def two_annotators(desk):
    say("two annotators who differ")
    desk.start()
    desk.keys("ctrl+Home", "ctrl+shift+Right")
    desk.tag("E")
    desk.keys("ctrl+Home", "ctrl+Right", "ctrl+Right", "ctrl+shift+Right", "ctrl+shift+Right")
    desk.tag("C")
    desk.keys("ctrl+End", "ctrl+shift+Left", "ctrl+shift+Left")
    desk.tag("C")
    desk.save()
    wait_for("three spans are on the disk", lambda: len(desk.spans()) == 3)
    hold(desk.leave() == 0, "the first annotator leaves")
    own = next(desk.project.glob("annotations/anna/*.ron"))
    text = own.read_text(encoding="utf-8")
    # The other one says claim where anna says entity.
    other = text.replace('annotator: "anna"', 'annotator: "boris"').replace('label: "entity"', 'label: "claim"', 1)
    hold(other.count('"claim"') == text.count('"claim"') + 1, "the second annotator says something else")
    target = desk.project / "annotations" / "boris" / own.name
    target.parent.mkdir()
    target.write_text(other, encoding="utf-8")


def decides_by_keys(desk, layout):
    say(f"the review by keys alone, layout {layout}")
    desk.start()
    desk.layout(layout)
    desk.keys("ctrl+5")
    desk.picture(f"review-{layout}-1")
    # All agree on two; they differ in the first one's label: boris's piece by its digit with Shift.
    desk.keys(PLACES["R"], "Return")
    desk.picture(f"review-{layout}-2")
    before = gold(desk)
    desk.keys(f"shift+{PLACES['2']}")
    desk.save()
    wait_for("the decision is on the disk", lambda: gold(desk).count('how: "mix"') == 1 and gold(desk) != before)
    hold(gold(desk).count('how: "unanimous"') == 2, "what both say went in by the rule")
    desk.picture(f"review-{layout}-3")
    desk.keys(f"ctrl+{PLACES['Z']}")
    desk.keys(PLACES["X"])
    desk.xdotool("type", "--delay", "40", "no")
    desk.keys("Return")
    desk.save()
    wait_for("the rejection is on the disk", lambda: "outcome: rejected" in gold(desk))
    desk.picture(f"review-{layout}-4")
    desk.keys(*[f"ctrl+{PLACES['Z']}"] * 2)
    desk.save()
    wait_for("all was taken back", lambda: "decisions: [\n" not in gold(desk) and "outcome" not in gold(desk))


def talks(desk):
    say("a comment, and the list of the project's")
    # At once, as fast fingers do.
    desk.xdotool("key", PLACES["C"], "type", "--delay", "40", "@boris why")
    desk.keys("Return")
    threads = lambda: [p.read_text(encoding="utf-8") for p in desk.project.glob("review/threads/anna/**/*.ron")]
    wait_for("the comment is on the disk", lambda: any("@boris why" in text for text in threads()))
    desk.keys("ctrl+8")
    wait_for("the overview is read", lambda: desk.colours() > 50)
    desk.keys("Return")
    desk.picture("review-talk")
    desk.keys(f"ctrl+alt+{PLACES['R']}")
    wait_for("the thread is resolved", lambda: any("resolved" in text for text in threads()))
    hold(desk.leave() == 0, "Ctrl+Q ends the program in peace")


def main():
    def cyrillic(desk):
        desk.layout("us")
        decides_by_keys(desk, "us")
        hold(desk.leave() == 0, "leaves")
        decides_by_keys(desk, "ru")
        desk.layout("us")

    code = play([two_annotators, cyrillic, talks])
    if code == 0:
        say("the review in the real window does what it should")
    return code


if __name__ == "__main__":
    sys.exit(main())
