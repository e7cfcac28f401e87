"""A headless Chromium for the tests: what it logged, what it asked for, how it was moved about."""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from selenium import webdriver
from selenium.common.exceptions import SessionNotCreatedException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service


TRAINING = pathlib.Path(__file__).parents[2] / "experiments" / "results" / "mlp256-mnist" / "trajectory.json"
CONTRAST = (pathlib.Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


def arguments(prefix):
    """NCVERIFY [--keep FOLDER], taken from the command line: the program, where pictures are kept or None, and where to work."""
    program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    keep = pathlib.Path(sys.argv[2]) if sys.argv[1:2] == ["--keep"] else None
    del sys.argv[1 : 3 if keep else 1]
    return program, keep, keep or pathlib.Path(tempfile.mkdtemp(prefix=prefix))


def runs_of(program):
    """Two functions: one that runs the program, and one that puts a run with all kinds of claims, pictures and a screen into a folder."""
    def run(*arguments):
        result = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=600)
        assert result.returncode in (0, 1, 3), (arguments, result.returncode, result.stderr)

    def make_run(out):
        # Few cases: what they decide is not the question here. Refuted claims are among them.
        run("screen", "--random", "20000", "--inject", "misread.eq9", "--out", out, "--format", "table")
        run("verify", "--random", "12", "--screen", out / "screen.json", "--training", TRAINING, "--claims", "thm1.*,eq*,cor*,prop1.*,proof.*,lemma*,remark.*,text41.*,beyond.dual.*,weights.inverse*,misread.*",
            "--out", out, "--format", "table")

    return run, make_run


def started(options):
    return webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)


class Browser:
    """One window. A context manager, so that no browser outlives its test."""

    def __init__(self):
        options = Options()
        options.binary_location = shutil.which("chromium")
        for argument in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,900"):
            options.add_argument(argument)
        if os.geteuid() == 0:
            options.add_argument("--no-sandbox")  # Chromium refuses to run as root with one
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        try:
            self.driver = started(options)
        except SessionNotCreatedException:  # in a container an ordinary user may have no sandbox either
            options.add_argument("--no-sandbox")
            self.driver = started(options)

    def reset(self):
        """As if it had just been started."""
        self.run("Emulation.setScriptExecutionDisabled", value=False)
        self.resize(1280, 900)
        self.driver.get("data:text/html,")
        self.console()
        self.requests()

    def resize(self, width, height):
        self.run("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def run(self, command, **parameters):
        """A command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(command, parameters)

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def open(self, path, theme="light"):
        """Opens a file in a theme of the system's, nothing scrolling smoothly, and waits until its plots are drawn."""
        self.run("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme},
                                                         {"name": "prefers-reduced-motion", "value": "reduce"}])
        self.driver.get(path.resolve().as_uri())
        self.settle()

    def settle(self):
        """Waits until the page says that it is laid out, and two frames more: what observes sizes has then drawn."""
        self.driver.execute_async_script("""
            const done = arguments[0];
            const wait = (frames) => requestAnimationFrame(() =>
                !document.documentElement.classList.contains("settled") ? wait(2) : frames > 0 ? wait(frames - 1) : setTimeout(done, 30));
            wait(2);""")

    def point_at(self, element, click=False):
        """Moves the mouse to an element's middle; the driver's own actions would scroll it elsewhere first."""
        x, y = self.script("""
            arguments[0].scrollIntoView({ block: "center", behavior: "instant" });
            const box = arguments[0].getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];""", element)
        events = ["mouseMoved"] + (["mousePressed", "mouseReleased"] if click else [])
        for event in events:
            self.run("Input.dispatchMouseEvent", type=event, x=x, y=y, clickCount=int(click), button="left" if click else "none")
        self.settle()

    def keep(self, path):
        """A picture of the whole page, half as large."""
        height, width = self.script("return [document.documentElement.scrollHeight, innerWidth]")
        shot = self.run("Page.captureScreenshot", captureBeyondViewport=True,
                        clip={"x": 0, "y": 0, "width": width, "height": min(height, 12000), "scale": 0.5})
        path.write_bytes(base64.b64decode(shot["data"]))

    def smallest_drawn_text(self):
        """Of all texts in drawings: the smallest size in which one is seen, in pixels, and what it says."""
        return self.script("""
            const texts = [...document.querySelectorAll("svg text")].filter((text) => text.textContent.trim() && text.checkVisibility());
            const scale = ({ a, b }) => Math.hypot(a, b);  // a text may be turned
            return texts.map((text) => [parseFloat(getComputedStyle(text).fontSize) * scale(text.getScreenCTM()), text.textContent]).sort((a, b) => a[0] - b[0])[0];""")

    def lines_of(self, selector):
        """How many lines a text takes."""
        return self.script("""
            const node = document.querySelector(arguments[0]), range = document.createRange();
            range.selectNodeContents(node);
            return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;""", selector)

    def heat_maps(self):
        """Of each heat map: its name, the titles of its axes, and what its bar of colours says."""
        return self.script("""
            return [...document.querySelectorAll('.panel')].filter((panel) => panel.querySelector('[aria-label="cell"]')).map((panel) => [panel.querySelector('h4').textContent,
                ['x', 'y'].map((axis) => panel.querySelector(`[aria-label="${axis}-axis label"]`)?.textContent ?? ''), panel.querySelector('.colour-bar')?.ariaLabel ?? '']);""")

    def console(self):
        """What the console has said since it was asked last."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Addresses asked for since this was asked last."""
        messages = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [message["params"]["request"]["url"] for message in messages
                if message["method"] == "Network.requestWillBeSent"]

    def printed(self):
        """The page as a PDF."""
        return base64.b64decode(self.run("Page.printToPDF")["data"])


class InBrowser(unittest.TestCase):
    """Tests that share one browser, which is as new before each."""

    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.driver.quit)
        cls.driver = cls.browser.driver

    def setUp(self):
        self.browser.reset()

    def find(self, selector):
        return self.driver.find_element("css selector", selector)

    def shown(self):
        """Identifiers of the claims that a report's filter lets through."""
        return self.browser.script("return [...document.querySelectorAll('.claim')].filter((row) => row.checkVisibility()).map((row) => row.id.slice(6))")
