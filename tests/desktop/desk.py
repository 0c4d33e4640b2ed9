"""A virtual display, a project, the program on it, and the user's hands: what the tests of the real window share."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

TOOLS = ["Xvfb", "xdotool", "import", "setxkbmap"]
SCREEN = (1280, 800)
PATIENCE = 60.0  # seconds for anything that should happen at once; a loaded machine is slow
# Where keys lie (evdev key codes), because a key is one place and, on another layout, another letter.
PLACES = {"E": "26", "P": "33", "C": "54", "S": "39"}
PARAGRAPH = (
    "Київ не погоджується передати Донбас, заявила речниця уряду. "
    "Москва настаивает на своём условии, сообщил источник в делегации. "
    "The envoy said that the parties had made great progress in the talks. "
)
ARTICLE = "Посол прибув до Женеви\n\n" + "\n\n".join(PARAGRAPH * 3 for _ in range(8)) + "\n\nЗустріч триває.\n"


class Failed(Exception):
    """Something that should hold does not."""


def say(line):
    print(line, flush=True)


def hold(condition, what):
    """Says what holds; stops when it does not."""
    if not condition:
        raise Failed(what)
    say(f"  holds: {what}")


def wait_for(what, ask, every=0.1):
    """What `ask` answers as soon as it is neither None, False nor empty; it is asked every so many seconds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(every)
    raise Failed(f"waited {PATIENCE:.0f} seconds in vain: {what}")


def program():
    """The program under test, or None."""
    named = os.environ.get("POSTIL_BIN")
    if named:
        return Path(named)
    root = Path(__file__).resolve().parents[2]
    target = Path(os.environ.get("CARGO_TARGET_DIR", root / "target"))
    built = [target / profile / "postil" for profile in ("release", "debug")]
    built = [path for path in built if path.is_file()]
    return max(built, key=lambda path: path.stat().st_mtime, default=None)


class Display:
    """A virtual X display without a window manager."""

    def __init__(self, folder):
        reading, writing = os.pipe()
        self.log = open(folder / "display.log", "wb")
        width, height = SCREEN
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing], stdout=self.log, stderr=self.log,
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise Failed("Xvfb did not start: " + (folder / "display.log").read_text(errors="replace"))
        self.name = f":{number}"

    def stop(self):
        self.server.terminate()
        self.server.wait(timeout=10)
        self.log.close()


class Desk:
    """A project, the program on it, and the user's hands."""

    def __init__(self, binary, folder, display):
        self.binary, self.folder = binary, folder
        self.project = folder / "project"
        self.window = self.process = self.log = None
        self.starts = 0
        self.environment = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        self.environment |= {
            "DISPLAY": display.name,
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "POSTIL_CONFIG_DIR": str(folder / "config"),
            "POSTIL_LOG": "postil=info",
            "USER": "anna",
        }

    # Without the window.

    def postil(self, *words, fails=False):
        """Runs a sub-command and gives its standard output; with `fails` it may end with another code than 0."""
        done = subprocess.run(
            [self.binary, *words], env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE
        )
        if done.returncode != 0 and not fails:
            raise Failed(f"postil {' '.join(map(str, words))} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def make_project(self):
        article = self.folder / "talks.txt"
        article.write_text(ARTICLE, encoding="utf-8")
        self.postil("new", self.project)
        self.postil("add", article, "--project", self.project)

    def spans(self):
        """The spans on the disk as (label, text, start), by the program's own export."""
        if not list(self.project.glob("annotations/*/**/*.ron")):
            return []
        out = self.folder / "export.jsonl"
        self.postil("export", "jsonl", "--out", out, "--project", self.project, "--all", "--overwrite")
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        spans = [span for line in lines for span in line["spans"]]
        for span in spans:
            if ARTICLE[span["start"]:span["end"]] != span["text"]:
                raise Failed(f"the offsets of {span} are not where its text is")
        return [(span["label"], span["text"], span["start"]) for span in spans]

    def journal(self):
        """The journals' sizes."""
        return {path: path.stat().st_size for path in self.project.glob(".postil/journal/**/*.log")}

    # The window.

    def start(self):
        self.starts += 1
        path = self.folder / f"start-{self.starts}.log"
        self.log = open(path, "wb")
        self.process = subprocess.Popen(
            [self.binary, self.project], env=self.environment, cwd=self.folder, stdout=self.log, stderr=self.log
        )
        self.window = wait_for("a window appears", self.visible_window)
        # No window manager places, sizes or focuses it.
        width, height = map(str, SCREEN)
        self.xdotool("windowmove", self.window, "0", "0", "windowsize", self.window, width, height)
        self.xdotool("windowfocus", "--sync", self.window)
        wait_for("the window is painted", lambda: self.colours() > 50)
        wait_for("the title names the article", lambda: "Postil" in self.title() and len(self.title()) > len("Postil"))
        time.sleep(1)

    def visible_window(self):
        self.running()
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
            env=self.environment, capture_output=True, text=True,
        )
        return found.stdout.split()[-1] if found.stdout.split() else None

    def running(self):
        if self.process.poll() is not None:
            raise Failed(f"the program ended by itself with {self.process.returncode}")

    def told(self):
        """What the program wrote on its error stream since it started."""
        return (self.folder / f"start-{self.starts}.log").read_text(errors="replace")

    def title(self):
        return self.xdotool("getwindowname", self.window).strip()

    def colours(self):
        """How many colours the window shows: few before the first frame."""
        shown = subprocess.run(
            ["import", "-window", self.window, "-format", "%k", "info:-"], env=self.environment, capture_output=True, text=True
        )
        return int(shown.stdout) if shown.stdout.strip().isdigit() else 0

    def picture(self, name):
        kept = os.environ.get("POSTIL_PICTURES")
        if kept:
            Path(kept).mkdir(parents=True, exist_ok=True)
            target = Path(kept) / f"{name}.png"
            subprocess.run(["import", "-window", self.window, str(target)], env=self.environment, check=True)

    def xdotool(self, *words):
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode != 0:
            raise Failed(f"xdotool {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def layout(self, name):
        subprocess.run(["setxkbmap", name], env=self.environment, check=True)
        time.sleep(0.5)

    def keys(self, *keys):
        self.running()
        for key in keys:
            self.xdotool("key", "--clearmodifiers", key)
            time.sleep(0.12)

    def tag(self, letter):
        """Presses the key at the letter's place, and closes the question for a field that may follow."""
        self.keys(PLACES[letter])
        time.sleep(0.3)
        self.keys("Escape", "Escape")

    def save(self):
        self.keys(f"ctrl+{PLACES['S']}")

    def drag(self, start, end, steps=8):
        """Drags with the left button, slowly enough not to be taken for a click."""
        place = lambda p: [str(round(v)) for v in p]
        self.xdotool("mousemove", "--window", self.window, *place(start))
        time.sleep(0.1)
        self.xdotool("mousedown", "1")
        for step in range(1, steps + 1):
            way = step / steps
            here = [a + (b - a) * way for a, b in zip(start, end)]
            self.xdotool("mousemove", "--window", self.window, *place(here))
            time.sleep(0.05)
        self.xdotool("mouseup", "1")
        time.sleep(0.2)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.log.close()

    def leave(self):
        self.keys("ctrl+q")
        try:
            code = self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failed("Ctrl+Q does not end the program") from None
        self.log.close()
        return code

    def end(self):
        if self.process and self.process.poll() is None:
            self.kill()


def play(scenarios, tools=(), environment=None):
    """Runs scenarios on one desk in order; gives the exit code. Each is given the desk."""
    lacking = [tool for tool in [*TOOLS, *tools] if not shutil.which(tool)]
    if lacking:
        say(f"left out: this needs {', '.join(lacking)}, not installed here")
        return 0
    binary = program()
    if binary is None or not binary.is_file():
        say(f"no program to test: {binary or 'build it with cargo build, or set POSTIL_BIN'}")
        return 1
    with tempfile.TemporaryDirectory(prefix="postil-desktop-") as name:
        folder = Path(name)
        display = Display(folder)
        desk = Desk(binary.resolve(), folder, display)
        desk.environment |= environment or {}
        try:
            desk.make_project()
            for scenario in scenarios:
                scenario(desk)
        except (Failed, subprocess.SubprocessError) as why:
            say(f"FAILED: {why}")
            if desk.process and desk.process.poll() is None:
                desk.picture("failed")
            if desk.starts:
                say("the program said:\n" + desk.told()[-4000:])
            return 1
        finally:
            desk.end()
            display.stop()
    return 0
