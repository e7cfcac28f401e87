#!/usr/bin/python3
"""What a reader makes of the report page in a real browser: its headline, its drawings, its filter, what it is merged from.

Usage: reader_test.py NCVERIFY [--keep FOLDER]
"""

import unittest

from selenium.webdriver.common.keys import Keys

from browser import InBrowser, arguments, runs_of

NCVERIFY, _, folder = arguments("ncverify-reader-")
run, make_run = runs_of(NCVERIFY)


def setUpModule():
    make_run(folder / "run")
    # The run beside another of large seed, which JavaScript's numbers would round.
    run("verify", "--random", "3", "--seed", "18446744073709551615", "--claims", "thm1.*", "--no-pictures", "--out", folder / "other", "--format", "table")
    run("report", folder / "run" / "report.json", folder / "other" / "report.json", "--out", folder / "merged", "--format", "table")


class Reader(InBrowser):
    page = folder / "run" / "index.html"

    def test_a_filter_stands_in_the_address_and_can_be_taken_back(self):
        self.browser.open(self.page)
        everything = self.shown()
        reset = self.find("#reset")
        self.assertFalse(reset.is_displayed())
        self.find('[aria-label="Verdict"] [data-value="refuted"]').click()
        self.find("#filter").send_keys("cosine norm")
        kept = self.shown()
        self.assertLess(len(kept), len(everything))
        address = self.driver.current_url
        self.assertTrue(address.endswith("#claims&text=cosine+norm&state=refuted"), address)
        # Sent to somebody else, it shows the same.
        self.driver.get("data:text/html,")
        self.driver.get(address)
        self.browser.settle()
        self.assertEqual(self.shown(), kept)
        self.assertEqual(self.find("#filter").get_attribute("value"), "cosine norm")
        self.assertEqual(self.find('[aria-label="Verdict"] [data-value="refuted"]').get_attribute("aria-pressed"), "true")
        reset = self.find("#reset")
        self.assertTrue(reset.is_displayed())
        reset.send_keys(Keys.ENTER)
        self.assertEqual(self.shown(), everything)
        self.assertFalse(reset.is_displayed())
        self.assertTrue(self.driver.current_url.endswith("#claims"))
        self.assertEqual(self.browser.script("return document.activeElement.id"), "filter")
        # An address typed by hand is followed, what no filter knows is not.
        self.browser.script("location.hash = '#claims&kind=misreading&state=nonsense&more=1'")
        self.browser.settle()
        self.assertTrue(self.shown() and all(name.startswith("misread.") for name in self.shown()))
        self.assertEqual(self.browser.console(), [])

    def test_the_headline_takes_two_lines_at_most(self):
        for page in (self.page, folder / "merged" / "index.html"):
            self.browser.open(page)
            self.assertLessEqual(self.browser.lines_of("h1"), 2)

    def test_no_edge_of_the_graph_runs_through_a_box(self):
        self.browser.open(self.page)
        through, edges = self.browser.script("""
            const boxes = [...document.querySelectorAll('.graph .node')].map((node) => [node.dataset.claim, node.querySelector('rect').getBoundingClientRect()]);
            const through = [], edges = [...document.querySelectorAll('.graph .edge')];
            for (const edge of edges) {
                const matrix = edge.getScreenCTM(), length = edge.getTotalLength();
                for (let at = 0; at <= length; at += 2) {
                    const { x, y } = edge.getPointAtLength(at).matrixTransform(matrix);
                    for (const [name, box] of boxes)
                        if (name !== edge.dataset.from && name !== edge.dataset.to && x > box.left && x < box.right && y > box.top && y < box.bottom)
                            through.push(`${edge.dataset.from} to ${edge.dataset.to} through ${name}`);
                }
            }
            return [[...new Set(through)], edges.length];""")
        self.assertGreater(edges, 50)
        self.assertEqual(through, [])

    def test_what_is_drawn_can_be_read(self):
        """Texts of at least 12 pixels; heat maps say what their axes and colours are; logarithmic axes and units are named."""
        for width in (1280, 390):
            self.browser.resize(width, 900)
            self.browser.open(self.page)
            self.browser.script("for (const details of document.querySelectorAll('details')) details.open = true")
            self.browser.settle()
            self.assertGreater(self.browser.smallest_drawn_text()[0], 11.99, self.browser.smallest_drawn_text())
            maps = self.browser.heat_maps()
            self.assertEqual(len(maps), 4)
            for name, titles, colours in maps:
                self.assertTrue(all(titles), (name, titles))
                self.assertRegex(colours, r"^Colours from \S+ to \S+( nats)?\.$")
                self.assertEqual("nats" in colours, "WH" in name)
            for name in ("path", "norms", "phases", "weights", "screen"):
                self.assertIn("(log scale)", self.find(f"#picture-{name}").text)
            self.assertIn("loss (nats)", self.find("#picture-landscape").text)
            self.assertIn("Values met: shared coordinates", self.find("#picture-landscape").text)
            self.assertNotIn("paler", self.find("#page").text)

    def test_class_weights_have_a_section_of_their_own(self):
        self.browser.open(self.page)
        self.find('nav a[href="#class-weights"]').click()
        section = self.find("#class-weights")
        self.assertIn("Beyond the paper: class weights", section.text)
        self.assertIn("All 8 minimisers are proven globally optimal, and their class means are zero in exactly the classes", section.text)
        # The weightings' marks: every class of both configurations, in each of four panels.
        marks = self.browser.script("return [...document.querySelectorAll('#class-weights .panel')].map((panel) => panel.querySelectorAll('[aria-label=dot] :is(path, circle)').length)")
        self.assertEqual(marks, [40] * 8)
        collapsed = self.browser.script("return [...document.querySelectorAll('#class-weights .weights-table tr td:last-child')].map((cell) => cell.textContent)")
        self.assertEqual(collapsed, ["none"] * 4 + ["five: 387, 232, 139, 83 and 50", "one: 5\u202f000", "none", "none"])
        self.assertEqual(len(section.find_elements("css selector", ".command")), 2)
        # A run without pictures has no empty section either.
        self.browser.open(folder / "other" / "index.html")
        self.assertEqual(self.driver.find_elements("css selector", "#class-weights, nav a[href='#class-weights']"), [])

    def test_a_merged_page_says_what_it_merges(self):
        self.browser.open(folder / "merged" / "index.html")
        self.assertIn("Merged from several runs, with seeds 1 and 18446744073709551615", self.find("header").text)
        self.assertIn("18446744073709551615", self.find("#record").text)
        self.assertEqual(self.browser.console(), [])
        self.browser.open(self.page)
        self.assertNotIn("Merged", self.find("#page").text)


if __name__ == "__main__":
    unittest.main()
