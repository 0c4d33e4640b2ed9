#!/usr/bin/env python3
"""Drives the real window under a virtual display with real key and pointer events, and checks what lands on the disk.

What no test inside the program can see: that the window opens on an X display with software rendering, that keys reach it through
the X server (also on a Cyrillic layout), that a killed program loses nothing, and that a restart says so.

    python3 tests/desktop/real_window.py

POSTIL_BIN       the program; else the newest of the release and debug builds
POSTIL_PICTURES  a folder for screenshots; none are kept without it

Ends with 0 when everything held or when the tools are not installed ("left out: ..."), with 1 when something did not hold.
"""

import sys

from desk import ARTICLE, PLACES, SCREEN, hold, play, say, wait_for


def tags_by_keyboard_and_pointer(desk):
    say("tagging with keys and a drag")
    desk.start()
    desk.picture("1-opened")
    desk.keys("ctrl+Home", "ctrl+shift+Right")
    desk.tag("E")
    # The second word, so that what the first key did is out of the way.
    desk.keys("ctrl+Home", "ctrl+Down", "ctrl+Down", "ctrl+shift+Right", "ctrl+shift+Right", "ctrl+shift+Right")
    desk.tag("P")
    desk.keys("ctrl+End", "ctrl+shift+Left", "ctrl+shift+Left")
    desk.tag("C")
    desk.keys("ctrl+Home")
    width, height = SCREEN
    desk.drag((width * 0.45, height * 0.5), (width * 0.55, height * 0.5))
    desk.tag("E")
    desk.picture("2-tagged")
    desk.save()
    spans = wait_for("four spans are on the disk", lambda: (s := desk.spans()) and len(s) >= 4 and s)
    hold(len(spans) == 4, f"four acts made four spans: {spans}")
    hold(("entity", "Посол", 0) in spans, "the first word became an entity")
    labels = sorted(label for label, _, _ in spans)
    hold(labels == ["claim", "entity", "entity", "position"], "each key gave its label")
    claim = next(span for span in spans if span[0] == "claim")
    hold(claim[2] > ARTICLE.index("Зустріч") - 1, "the claim lies at the end of the text")
    return spans


def survives_a_kill(desk, before):
    say("kill -9 right after an act")
    desk.keys("ctrl+Home", "ctrl+Right", "ctrl+shift+Right")
    journal = desk.journal()
    desk.xdotool("key", PLACES["E"])
    # As soon as the act is in the journal, and so before it is saved in quiet.
    wait_for("the journal has the act", lambda: desk.journal() != journal, every=0.01)
    desk.kill()
    on_disk = desk.spans()
    hold(all(span in on_disk for span in before), "what was saved is still there")
    desk.start()
    if len(on_disk) == len(before):
        wait_for("the second start tells of the recovery", lambda: "recovered" in desk.told().lower())
        hold(True, "the second start tells of the recovery")
    else:
        say("  left out: the act was saved before the kill, so there was nothing to recover")
    desk.picture("3-recovered")
    desk.save()
    after = wait_for("the last act is on the disk", lambda: (s := desk.spans()) and len(s) == len(before) + 1 and s)
    hold(any(label == "entity" and text == "прибув" for label, text, _ in after), "the act before the kill is there")
    return after


def tags_on_a_cyrillic_layout(desk, before):
    say("the same keys on ЙЦУКЕН")
    desk.layout("ru")
    desk.keys("ctrl+End", "ctrl+Left", "ctrl+Left", "ctrl+Left", "ctrl+Left", "ctrl+Left", "ctrl+Left", "ctrl+shift+Left")
    desk.tag("E")
    desk.keys("ctrl+Home", "ctrl+Right", "ctrl+Right", "ctrl+shift+Right")
    desk.tag("P")
    desk.picture("4-cyrillic")
    desk.save()
    after = wait_for("two more spans are on the disk", lambda: (s := desk.spans()) and len(s) == len(before) + 2 and s)
    new = sorted(label for label, *_ in set(after) - set(before))
    hold(new == ["entity", "position"], f"the places of E and P tag as they do on QWERTY: {new}")
    desk.layout("us")


def closes(desk):
    say("leaving")
    hold(desk.leave() == 0, "Ctrl+Q ends the program in peace")


def main():
    spans = []

    def first(desk):
        spans.append(tags_by_keyboard_and_pointer(desk))

    def second(desk):
        spans.append(survives_a_kill(desk, spans[-1]))

    code = play([first, second, lambda desk: tags_on_a_cyrillic_layout(desk, spans[-1]), closes])
    if code == 0:
        say("the real window does what it should")
    return code


if __name__ == "__main__":
    sys.exit(main())
