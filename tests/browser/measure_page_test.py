#!/usr/bin/python3
"""The page of `ncverify measure` in a real browser.

Usage: measure_page_test.py NCVERIFY [--keep FOLDER]; with --keep, pages and screenshots stay in FOLDER to be looked at.
"""

import json
import subprocess
import unittest

import numpy as np

from browser import CONTRAST, InBrowser, arguments

NCVERIFY, KEEP, folder = arguments("ncverify-measure-page-")
HOSTILE = "<img src=x onerror=window.hacked=1>{{data}}"
FIGURES = {"gap", "metrics", "geometry", "classes", "spectrum"}


def measure(name, H, y, W, *options):
    """Runs `measure` on these arrays, and returns the folder of its page."""
    out = folder / name
    out.mkdir(parents=True, exist_ok=True)
    np.savez(out / f"{HOSTILE}.npz", H=H, Y=y, W=W)
    result = subprocess.run([NCVERIFY, "measure", *[word for option, key in [("features", "H"), ("labels", "Y"), ("classifier", "W")]
                                                    for word in (f"--{option}", f"{out / HOSTILE}.npz:{key}")],
                             "--out", str(out), "--format", "table", *options], capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr
    return out


def network(counts, d, seed=3):
    """Features near orthogonal means, long for small classes, and a classifier that roughly fits them."""
    source = np.random.default_rng(seed)
    y = np.repeat(np.arange(len(counts)), counts)
    means = np.abs(source.normal(size=(len(counts), d))) * (np.arange(d) % len(counts) == np.arange(len(counts))[:, None])
    means *= 3 * np.asarray(counts)[:, None] ** -0.1
    return np.maximum(0, means[y] + 0.2 * source.normal(size=(len(y), d))), y, means - means.mean(axis=0)


def optimum(counts, lw, lh, dead=()):
    """The theorem's point with some classes dead, and a little noise on the others."""
    K, n = len(counts), np.asarray(counts, dtype=float)
    c = n.sum() * np.sqrt((K - 1) / K * lw * lh)
    margins = np.log(np.maximum(1, (K - 1) * (np.sqrt(n) / c - 1)))
    means = np.diag(np.sqrt(np.sqrt((K - 1) / K * lw / lh / n) * margins))
    means[list(dead)] = 0
    scaled = np.sqrt(n)[:, None] * means
    W = np.sqrt(1 / (K * (K - 1)) * lh / lw) * (K * scaled - scaled.sum(axis=0))
    y = np.repeat(np.arange(K), counts)
    return means[y] * (1 + 0.01 * np.random.default_rng(1).normal(size=(len(y), K))), y, W


def setUpModule():
    decays = ("--lambda-w", "5e-4", "--lambda-h", "1e-5")
    measure("network", *network([500, 300, 200, 120, 60, 25, 12], 28), *decays)
    measure("alone", *network([50, 30, 20], 9))
    measure("many", *network([5] * 60, 60), *decays)
    H, y, W = network([50, 30, 20], 9)
    measure("broken", np.zeros_like(H), y, np.zeros_like(W), *decays)
    # Without the ReLU, features can be better than the bound allows: simplices with negative entries.
    simplex = np.eye(3) - 1 / 3
    y = np.repeat(np.arange(3), 10)
    measure("negative", 2.3 * simplex[y], y, 2.3 * simplex, "--lambda-w", "5e-3", "--lambda-h", "5e-4")
    measure("narrow", *network([20] * 5, 3), *decays)
    measure("extreme", *network([50, 30, 20], 9), "--lambda-w", "1e400", "--lambda-h", "1e300")
    measure("tiny", *network([50, 30, 20], 9), "--lambda-w", "1e-400", "--lambda-h", "1e-400")
    counts = [10, 10, 20, 20, 30, 30, 40, 40, 50, 50]
    measure("dead", *optimum(counts, 5e-2, 3e-3, dead=(2, 3)), "--lambda-w", "5e-2", "--lambda-h", "3e-3")
    measure("unscaled", *optimum(counts, 1e-3, 32e-4 / 300), "--lambda-w", "1e-3", "--lambda-h", "1e-4")
    np.save(folder / "b.npy", np.ones(3))
    measure("bias", *network([50, 30, 20], 9), *decays, "--bias", str(folder / "b.npy"))
    measure("summary", *network([50, 30, 20], 9), *decays, "--summary")


class MeasurePage(InBrowser):
    def open(self, name, theme="light"):
        self.browser.open(folder / name / "index.html", theme)
        self.browser.script("for (const details of document.querySelectorAll('details')) details.open = true")
        self.browser.settle()

    def text(self, selector):
        return self.browser.driver.find_element("css selector", selector).text

    def figures(self):
        return set(self.browser.script("return [...document.querySelectorAll('figure.picture')].map((figure) => figure.id.slice(8))"))

    def picture(self, name):
        if KEEP:
            self.browser.keep(KEEP / f"{name}.png")

    def test_what_is_drawn_can_be_read(self):
        for width in (1280, 390):
            self.browser.resize(width, 900)
            self.open("network")
            self.assertLessEqual(self.browser.lines_of("h1"), 2 if width > 1000 else 5)
            self.assertGreater(self.browser.smallest_drawn_text()[0], 11.99, self.browser.smallest_drawn_text())
            maps = self.browser.heat_maps()
            self.assertEqual(len(maps), 6)
            for name, titles, colours in maps:
                self.assertTrue(all(titles), (name, titles))
                self.assertRegex(colours, r"^Colours from \S+ to \S+( nats)?\.$")
            for figure in ("classes", "spectrum"):
                self.assertIn("(log scale)", self.text(f"#picture-{figure}"))
            self.assertIn("nats", self.text("#picture-gap"))
            self.assertNotIn("paler", self.text("#page"))

    def test_it_is_one_small_file_that_asks_for_nothing_and_says_nothing_to_the_console(self):
        for name in ("network", "alone", "many", "broken", "negative", "narrow", "extreme", "tiny", "summary"):
            with self.subTest(name):
                page = folder / name / "index.html"
                self.assertLess(page.stat().st_size, 3 << 20)
                self.open(name)
                self.assertEqual(self.browser.console(), [])
                asked = [address for address in self.browser.requests() if not address.startswith("data:")]
                self.assertEqual([address for address in asked if address != page.resolve().as_uri()], [])
                said = self.text("#page").replace("is undefined:", "")  # the notes' word
                self.assertNotRegex(said, r"NaN|undefined|null|Infinity")

    def test_it_says_how_far_the_network_is_and_why(self):
        self.open("network")
        gap = json.loads((folder / "network" / "measure.json").read_text(encoding="utf-8"))["gap"]
        self.assertIn("the least possible", self.text("h1"))
        names = {"logits": "logits", "classifier": "classifier", "orthogonality": "orthogonality", "within_class": "within-class spread", "collapsed": "collapse"}
        largest = max(gap["terms"], key=lambda term: float(gap["terms"][term]))
        self.assertIn(names[largest], self.text(".standfirst"))
        rows = {row.split("\n")[0].split(" ")[0]: row for row in self.text("#picture-gap tbody").splitlines()}
        self.assertIn(gap["gap"], self.text("#picture-gap tbody"))
        self.assertGreaterEqual(len(rows), 8)

    def test_it_draws_what_there_is(self):
        for name, figures in [("network", FIGURES), ("alone", FIGURES - {"gap"}), ("many", FIGURES - {"geometry"})]:
            for width in (1280, 390):
                with self.subTest(name, width=width):
                    self.browser.resize(width, 900)
                    self.open(name)
                    self.assertEqual(self.figures(), figures)
                    self.assertLessEqual(self.browser.script("return document.documentElement.scrollWidth"), width)
                    plots = self.browser.driver.find_elements("css selector", ".plot svg[role=img]")
                    self.assertEqual(len(plots), self.browser.script("return document.querySelectorAll('.plot').length"))
                    for plot in plots:
                        self.assertGreater(len(plot.get_attribute("aria-label")), 40)
                        marks = self.browser.script("""return [...arguments[0].querySelectorAll('[aria-label="cell"] rect, [aria-label="bar"] rect, [aria-label="dot"] circle')].filter((mark) =>
                            !mark.outerHTML.includes("NaN")).length""", plot)
                        self.assertGreater(marks, 0)
            self.picture(name)

    def test_both_themes_have_contrast_enough(self):
        for theme in ("light", "dark"):
            self.open("network", theme)
            result = self.browser.script(CONTRAST)
            self.assertGreater(result["measured"], 200)
            self.assertEqual(result["failures"], [], theme)
            self.picture(f"network-{theme}")

    def test_it_claims_no_more_than_the_bound_does(self):
        self.open("negative")
        gap = json.loads((folder / "negative" / "measure.json").read_text(encoding="utf-8"))["gap"]
        self.assertLess(float(gap["gap"]), 0)
        self.assertIn("below the bound", self.text("h1"))
        self.assertNotIn(" %", self.text("#gap"))  # shares of a negative gap mean nothing
        self.assertGreater(len(self.browser.driver.find_elements("css selector", "#gap [aria-label=bar] rect")), 0)
        self.picture("negative")
        self.open("narrow")  # d = 3 for five classes: nothing attains the bound
        self.assertIn("the lower bound", self.text("h1"))
        self.assertNotIn("least possible", self.text("header"))
        self.assertNotIn("at a global minimiser", self.text("#gap"))
        self.open("tiny")
        self.assertRegex(self.text("#gap"), r"below \d\.\d+e−\d+")

    def test_what_is_not_drawn_is_said(self):
        for name, word in (("many", "not drawn"), ("summary", "--summary")):
            self.open(name)
            self.assertIn(word, self.text("#geometry"))

    def test_a_link_that_names_nothing_leaves_the_page_whole(self):
        self.browser.driver.get((folder / "alone" / "index.html").resolve().as_uri() + "#100%")
        self.browser.settle()
        self.assertIn("NC1", self.text("h1"))

    def test_a_network_of_zeros_gets_a_page_too(self):
        self.open("broken")
        self.assertIn("Every feature is zero", self.text("h1"))
        self.assertIn("What to do.", self.text("header"))
        self.assertIn("the least possible", self.text(".standfirst"))
        self.assertIn("all class means coincide", self.text("header").lower())
        self.picture("broken")

    def test_its_first_screen_says_what_is_wrong_and_what_to_do(self):
        """Dead classes, decays that do not fit, a bias: how far, because of what, what to do, before any figure."""
        for name, kind, words in (("dead", "dead_classes", r"^Two classes are dead; that alone is \S+ % of the gap\."), ("unscaled", "decays", r"trained with λH near 1\.0[67] · 10⁻⁵, not 10⁻⁴\."),
                                  ("bias", "bias", "no gap")):
            for width in (1280, 390):
                self.browser.resize(width, 900)
                self.open(name)
                answer = json.loads((folder / name / "measure.json").read_text(encoding="utf-8"))
                self.assertEqual(answer["diagnosis"][0]["kind"], kind)
                self.assertRegex(self.text("h1").replace("\n", ""), words)
                self.assertIn("What to do.", self.text("header .advice"))
                self.assertLess(self.browser.script("return document.querySelector('header .advice').getBoundingClientRect().bottom"), 900)
                self.assertLessEqual(self.browser.script("return document.documentElement.scrollWidth"), width)
            self.picture(name)
        self.open("unscaled")
        self.assertIn("h B/N", self.text("#decays"))
        self.assertIn("Would fit", self.text("#decays"))
        self.open("dead")
        self.assertIn("dead classes alone cost", self.text("#gap"))

    def test_metrics_stand_beside_their_targets(self):
        self.open("network")
        answer = json.loads((folder / "network" / "measure.json").read_text(encoding="utf-8"))
        shown = self.browser.script("return [...document.querySelectorAll('#metrics .metrics-table tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))")
        self.assertEqual(len(shown), len(answer["metrics"]))
        for row, name in zip(shown, answer["metrics"]):
            for text, value in zip(row[1:3], (answer["metrics"][name], answer["targets"][name])):
                mantissa = text.replace("−", "-").split(" · ")[0]
                self.assertTrue(f"{float(value):e}".startswith(f"{float(mantissa):e}"[:3]) or float(value) == float(mantissa), (name, text, value))
        self.assertEqual(len(self.browser.driver.find_elements("css selector", "#metrics .conventions tbody tr")), len(answer["conventions"]))
        self.open("alone")  # nothing is known of the optimum without decays
        self.assertNotIn("At the optimum", self.text("#metrics .metrics-table"))

    def test_without_scripts_it_still_has_the_numbers(self):
        self.browser.run("Emulation.setScriptExecutionDisabled", value=True)
        self.browser.driver.get((folder / "network" / "index.html").resolve().as_uri())
        answer = json.loads((folder / "network" / "measure.json").read_text(encoding="utf-8"))
        text = self.text("#plain")
        for number in (answer["metrics"]["nc1"], answer["gap"]["loss"], answer["gap"]["terms"]["classifier"]):
            self.assertIn(number, text)

    def test_a_hostile_file_name_stays_text(self):
        self.open("network")
        self.assertIsNone(self.browser.script("return window.hacked ?? null"))
        self.assertEqual(self.browser.script("return document.querySelectorAll('img, iframe, main script').length"), 0)
        self.assertIn("<img src=x", self.text("#inputs"))


if __name__ == "__main__":
    unittest.main()
