#!/usr/bin/python3
"""The page of a trajectory in a real browser.

Usage: trajectory_page_test.py NCVERIFY [--keep FOLDER]; with --keep, pages and screenshots stay in FOLDER to be looked at.
"""

import base64
import subprocess
import unittest

import numpy as np

from browser import InBrowser, arguments

NCVERIFY, KEEP, folder = arguments("ncverify-trajectory-page-")
HOSTILE = "<img src=x onerror=window.hacked=1>-"


def train(name, *options, seed=0):
    """Six snapshots on the way to an orthogonal configuration, measured; the folder of the page."""
    out = folder / name
    out.mkdir(parents=True, exist_ok=True)
    counts = [30, 20, 10]
    y = np.repeat(np.arange(3), counts)
    source = np.random.default_rng(seed)
    means, start = 2 * np.eye(3, 6), np.abs(source.normal(size=(3, 6)))
    noise = source.normal(size=(len(y), 6))
    for epoch in range(6):
        share = 0.6 ** epoch
        H = np.maximum(0, ((1 - share) * means + share * start)[y] + 0.3 * share * noise)
        W = (1 - share) * (means - means.mean(axis=0)) + share * source.normal(size=(3, 6))
        np.savez(out / f"{HOSTILE}{10 * epoch}.npz", H=H, y=y, W=W)
    result = subprocess.run([NCVERIFY, "measure", *[word for option, key in [("features", "H"), ("labels", "y"), ("classifier", "W")]
                                                    for word in (f"--{option}", f"{out}/*.npz:{key}")],
                             "--lambda-w", "1e-3", "--lambda-h", "1e-4", "--out", str(out), "--format", "table", *options],
                            capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr
    return out


def setUpModule():
    train("one")
    train("two", "--beside", str(folder / "one" / "trajectory.json"), seed=1)


class TrajectoryPage(InBrowser):
    def opened(self, name, theme="light", width=1280):
        self.browser.reset()
        self.browser.resize(width, 900)
        self.browser.open(folder / name / "index.html", theme)
        if KEEP:
            self.browser.keep(folder / f"{name}-{theme}-{width}.png")
        self.assertEqual(self.browser.console(), [])
        self.assertFalse(self.browser.script("return Boolean(window.hacked)"))

    def test_every_section_is_drawn_in_both_themes_and_on_a_phone(self):
        for name in ("one", "two"):
            for theme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
                with self.subTest(name=name, theme=theme, width=width):
                    self.opened(name, theme, width)
                    found = self.browser.script("return [...document.querySelectorAll('figure.picture')].map((one) => [one.id, one.querySelectorAll('svg[role=img]').length])")
                    self.assertEqual({id for id, _ in found}, {"picture-gap", "picture-parts", "picture-metrics", "picture-margins", "picture-geometry"})
                    self.assertTrue(all(plots > 0 for _, plots in found), found)
                    self.assertLessEqual(self.browser.script("return document.documentElement.scrollWidth"), width)

    def test_the_slider_chooses_the_snapshot(self):
        self.opened("one")
        def shown():
            return self.browser.script("return [document.querySelector('output').textContent, document.querySelector('#picture-geometry svg[role=img]').ariaLabel]")
        last = shown()
        self.browser.script("const slider = document.querySelector('#moment'); slider.value = 0; slider.dispatchEvent(new Event('input'))")
        self.browser.settle()
        first = shown()
        self.assertTrue(last[0].endswith("-50.npz") and first[0].endswith("-0.npz"), (first, last))
        self.assertNotEqual(first[1], last[1])

    def test_margins_stand_beside_those_of_the_optimum_and_dead_classes_are_named(self):
        self.opened("one")
        label, note = self.browser.script("const one = document.querySelector('#picture-margins'); return [one.querySelector('svg[role=img]').ariaLabel, one.textContent]")
        self.assertRegex(label, r"at the last: class 0 [0-9.]+, at the optimum [0-9.]+; class 1 ")
        self.assertRegex(note, r"No class was dead|Dead at")

    def test_paper_has_the_curves(self):
        self.opened("one")
        pdf = self.browser.run("Page.printToPDF", printBackground=True)["data"]
        self.assertGreater(len(pdf), 40_000)
        if KEEP:
            (folder / "print.pdf").write_bytes(base64.b64decode(pdf))


if __name__ == "__main__":
    unittest.main(argv=["trajectory_page_test.py"])
