#!/usr/bin/env python3
"""Reads and works the real window as a screen reader does: through the AT-SPI bus, with neither keys nor pointer where it can.

What no test inside the program can see: that the window registers with the desktop's accessibility bus, and that what the bus's own
client library (libatspi) makes of it is a text with a caret and a selection, marks with names and fields, and controls that can be
pressed.

    python3 tests/desktop/screen_reader.py

POSTIL_BIN  the program; else the newest of the release and debug builds

Ends with 0 when everything held or when the tools are not installed ("left out: ..."), with 1 when something did not hold.
"""

import os
import shutil
import subprocess
import sys
import time

from desk import ARTICLE, hold, play, say, wait_for

LAUNCHERS = ["/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher"]
# The interpreter that the distribution's own modules belong to; another one first in the path does not see them.
SYSTEM_PYTHON = "/usr/bin/python3"
FIRST_WORD = ARTICLE.split()[0]


def library():
    """The client library, or None."""
    try:
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi

        return Atspi
    except (ImportError, ValueError):
        return None


def switch_on():
    """Tells the desktop that a screen reader is there: programs stay silent until then."""
    from gi.repository import Gio, GLib

    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name in ["IsEnabled", "ScreenReaderEnabled"]:
        wanted = GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True)))
        place = ("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set")
        bus.call_sync(*place, wanted, None, Gio.DBusCallFlags.NONE, 10_000, None)


class Reader:
    """What a screen reader sees of the program."""

    def __init__(self, atspi):
        self.atspi = atspi
        atspi.init()

    def window(self):
        desktop = self.atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(at)
            if program and program.get_name() == "postil" and program.get_child_count():
                return program.get_child_at_index(0)
        return None

    def all(self, below=None):
        """Everything in the window, from the top. What goes away while one reads is left out."""
        ahead = [below or self.window()]
        while ahead:
            node = ahead.pop()
            if node is None:
                continue
            yield node
            try:
                ahead.extend(node.get_child_at_index(at) for at in reversed(range(node.get_child_count())))
            except Exception:  # the binding raises GLib.Error of several domains for what is gone
                continue

    def find(self, role, name, below=None):
        def fits(node):
            try:
                return node.get_role_name() == role and name in node.get_name()
            except Exception:
                return False

        return next(filter(fits, self.all(below)), None)

    def wait(self, role, name):
        return wait_for(f"a {role} named {name!r} is there", lambda: self.find(role, name), every=0.2)

    def press(self, role, name):
        node = self.wait(role, name)
        # What a node can do is kept by the client library, and nothing tells it when a button comes to life.
        node.clear_cache()
        hold("Action" in node.get_interfaces(), f"the {role} {name!r} can be pressed")
        self.act(node)
        time.sleep(0.5)

    def act(self, node):
        self.atspi.Action.do_action(node, 0)

    def document(self):
        return self.wait("document frame", "Article text")

    def text(self):
        document = self.document()
        return self.atspi.Text.get_text(document, 0, self.atspi.Text.get_character_count(document))

    def caret(self):
        return self.atspi.Text.get_caret_offset(self.document())

    def selected(self):
        document = self.document()
        if self.atspi.Text.get_n_selections(document) == 0:
            return ""
        found = self.atspi.Text.get_selection(document, 0)
        return self.atspi.Text.get_text(document, found.start_offset, found.end_offset)

    def has(self, node, state):
        return node.get_state_set().contains(getattr(self.atspi.StateType, state))


def reads_the_window(desk, reader):
    say("what the window is")
    window = wait_for("the window is on the bus", reader.window)
    hold("talks" in window.get_name() or "Postil" in window.get_name(), f"the window has a name: {window.get_name()}")
    nameless = [
        node.get_role_name()
        for node in reader.all()
        if node.get_role_name() in {"push button", "toggle button", "radio button", "entry", "check box", "page tab", "list box"}
        and not node.get_name().strip()
    ]
    hold(not nameless, f"everything that can be used has a name: {nameless}")
    articles = reader.wait("list box", "Articles")
    hold(reader.find("list item", "talks", below=articles) or articles.get_child_count() > 0, "the list holds its articles")


def reads_the_text(desk, reader):
    say("what the text says")
    text = reader.text()
    hold(ARTICLE.startswith(text[:200]), "the document's text is the article's, line ends and all")
    hold(reader.has(reader.document(), "FOCUSED"), "the document has the focus")
    paragraphs = [node for node in reader.all(reader.document()) if node.get_role_name() == "paragraph"]
    hold(paragraphs and paragraphs[0].get_name() == ARTICLE.split("\n")[0], "the first paragraph is the title")
    desk.keys("ctrl+Home")
    wait_for("the caret is at the start", lambda: reader.caret() == 0)
    desk.keys("Right", "Right")
    wait_for("two keys take the caret two characters on", lambda: reader.caret() == 2)
    desk.keys("ctrl+Home", "ctrl+shift+Right")
    wait_for("keys select the first word", lambda: reader.selected().strip() == FIRST_WORD)
    hold(True, "caret and selection follow the keys")


def tags_without_keys(desk, reader):
    say("tagging by requests alone")
    reader.atspi.Text.set_caret_offset(reader.document(), 3)
    wait_for("the caret goes where it is asked to", lambda: reader.caret() == 3)
    word = "Женеви"
    start = ARTICLE.index(word)
    document = reader.document()
    if reader.atspi.Text.get_n_selections(document):
        reader.atspi.Text.set_selection(document, 0, start, start + len(word))
    else:
        reader.atspi.Text.add_selection(document, start, start + len(word))
    wait_for("a request selects a word", lambda: reader.selected() == word)
    reader.press("push button", "Tag as Entity")
    spans = wait_for("the tag is on the disk", lambda: [s for s in desk.spans() if s[1] == word])
    hold(spans == [("entity", word, start)], f"the tag is an entity at its place: {spans}")
    mark = reader.wait("static", f"Entity: {word}")
    hold(reader.has(mark, "SELECTED"), "the new mark is the selected one")
    # What is asked next is answered by pressing an answer.
    reader.press("toggle button", "place")
    wait_for("the answer is in the mark's description", lambda: "place" in reader.wait("static", f"Entity: {word}").get_description())
    hold(True, "a question is answered by request")
    return word


def works_the_marks(desk, reader, word):
    say("marks")
    desk.keys("Escape", "Escape", "ctrl+End", "ctrl+Home")
    mark = reader.wait("static", f"Entity: {word}")
    reader.act(mark)
    wait_for(
        "pressing a mark selects it",
        lambda: reader.has(reader.wait("static", f"Entity: {word}"), "SELECTED"),
    )
    # The answer, then the tag.
    reader.press("push button", "Undo")
    reader.press("push button", "Undo")
    wait_for("pressing Undo takes the tag back", lambda: reader.find("static", f"Entity: {word}") is None)
    reader.press("push button", "Redo")
    reader.wait("static", f"Entity: {word}")
    hold(True, "undo and redo by request")


def closes(desk):
    say("leaving")
    hold(desk.leave() == 0, "Ctrl+Q ends the program in peace")


def main():
    if library() is None:
        if os.path.exists(SYSTEM_PYTHON) and os.path.realpath(sys.executable) != os.path.realpath(SYSTEM_PYTHON):
            os.execv(SYSTEM_PYTHON, [SYSTEM_PYTHON, *sys.argv])
        say("left out: the client library of AT-SPI is not installed here (gir1.2-atspi-2.0, python3-gi)")
        return 0
    launcher = next(filter(os.path.exists, LAUNCHERS), None)
    if launcher is None or not shutil.which("dbus-run-session"):
        say("left out: there is no accessibility bus here (at-spi2-core, dbus)")
        return 0
    if "POSTIL_READER_BUS" not in os.environ:
        # A session bus of its own, so that nothing of the user's desktop is touched.
        os.environ["POSTIL_READER_BUS"] = "1"
        return subprocess.call(["dbus-run-session", "--", sys.executable, *sys.argv])
    bus = subprocess.Popen([launcher, "--launch-immediately"], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        switch_on()
        reader = Reader(library())
        word = []
        scenarios = [
            lambda desk: desk.start(),
            lambda desk: reads_the_window(desk, reader),
            lambda desk: reads_the_text(desk, reader),
            lambda desk: word.append(tags_without_keys(desk, reader)),
            lambda desk: works_the_marks(desk, reader, word[0]),
            closes,
        ]
        code = play(scenarios)
    finally:
        bus.terminate()
    if code == 0:
        say("a screen reader can read and work the window")
    return code


if __name__ == "__main__":
    sys.exit(main())
