#!/usr/bin/python3
"""The report page in a real browser, made by real runs.

Usage: page_test.py NCVERIFY [--keep FOLDER]; with --keep, reports and screenshots stay in FOLDER to be looked at.
"""

import json
import unittest

from selenium.webdriver.common.keys import Keys

from browser import CONTRAST, InBrowser, arguments, runs_of

NCVERIFY, KEEP, folder = arguments("ncverify-page-")
run, make_run = runs_of(NCVERIFY)
HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>{{data}} $\\href{javascript:window.hacked=1}{x}$ \u202e"
PICTURES = ["matrices", "path", "norms", "phases", "precision", "landscape", "weights", "screen"]


def setUpModule():
    make_run(folder / "run")
    report = json.loads((folder / "run" / "report.json").read_text(encoding="utf-8"))
    for claim in report["claims"]:
        for key in ("source", "statement", "domain", "reading", "message"):
            claim[key] = HOSTILE
        if claim["counterexample"]:
            claim["counterexample"].update(message=HOSTILE, values={HOSTILE: HOSTILE})
    report["claims"][0]["mutants_killed"] = [HOSTILE]
    report["pictures"] = None
    report["screens"][0]["claims"][0].update(id=HOSTILE, confirmed=2)
    (folder / "hostile.json").write_text(json.dumps(report), encoding="utf-8")
    run("report", folder / "hostile.json", "--out", folder / "hostile")


class Page(InBrowser):
    page = folder / "run" / "index.html"

    def picture(self, name):
        if KEEP:
            self.browser.keep(KEEP / f"{name}.png")

    def test_it_is_one_small_file_that_asks_for_nothing_and_says_nothing_to_the_console(self):
        self.assertLess(self.page.stat().st_size, 3 << 20)
        self.browser.run("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        self.browser.open(self.page)
        self.browser.script("for (const details of document.querySelectorAll('details')) details.open = true")
        self.browser.settle()
        self.assertEqual(self.browser.console(), [])
        asked = [address for address in self.browser.requests() if not address.startswith("data:")]
        self.assertEqual(asked, [self.page.resolve().as_uri()])
        opened = self.browser.script("return performance.getEntriesByType('navigation')[0].loadEventEnd")
        print(f"opened in {opened:.0f} ms, {self.page.stat().st_size / 2**20:.2f} MiB")

    def test_a_wrong_value_costs_its_own_picture_only(self):
        def spoil(value):
            """The first number or text in `value`, however deep, becomes something else."""
            for key in value if isinstance(value, dict) else range(len(value)):
                if isinstance(value[key], (dict, list)):
                    spoil(value[key])
                else:
                    value[key] = {"no": "number"}
                return

        for number, name in enumerate(PICTURES[:-1]):
            for wrong in (("x", 3, [1], {"counts": None}, {"a": {}}, True, [{"weightings": 1}])[number], None):
                report = json.loads((folder / "run" / "report.json").read_text(encoding="utf-8"))
                if wrong is None:
                    spoil(report["pictures"][name])
                else:
                    report["pictures"][name] = wrong
                (folder / "spoilt.json").write_text(json.dumps(report), encoding="utf-8")
                run("report", folder / "spoilt.json", "--out", folder / "spoilt")
                self.browser.open(folder / "spoilt" / "index.html")
                with self.subTest(name, wrong=wrong):
                    self.assertEqual(self.browser.console(), [])
                    drawn = self.browser.script("return [...document.querySelectorAll('[id^=picture-]')].map((figure) => figure.id.slice(8))")
                    self.assertLessEqual({other for other in PICTURES if other != name}, set(drawn))
                    self.assertGreater(len(self.shown()), 50)
                    if wrong is not None:
                        self.assertIn(f'The picture "{name}" is missing', self.find("main").text)

    def test_its_policy_forbids_everything_remote(self):
        self.browser.open(self.page)
        violated = self.driver.execute_async_script("""
            const done = arguments[0];
            addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
            document.body.append(Object.assign(new Image(), { src: "https://example.org/x.png" }));
            setTimeout(() => done("none"), 3000);""")
        self.assertEqual(violated, "img-src")

    def test_it_tells_the_verdict_first_and_every_claim_has_a_row(self):
        self.browser.open(self.page)
        report = json.loads((self.page.parent / "report.json").read_text(encoding="utf-8"))
        claims = {claim["id"]: claim for claim in report["claims"]}
        self.assertRegex(self.find("h1").text, r"hold")
        self.assertEqual(set(self.shown()), set(claims))
        self.assertEqual(self.browser.script("return document.querySelectorAll('.mark').length"),
                         sum(not name.endswith(".corrected") for name in claims))
        for name in ("thm1.b", "text41.norm.decreasing"):
            row = self.find(f"#claim-{name}".replace(".", "\\."))
            self.assertIn({"verified": "holds", "refuted": "refuted", "inconclusive": "undecided"}[claims[name]["verdict"]], row.text)
        # No formula was left as its source.
        self.assertEqual(self.browser.script("return [...document.querySelectorAll('.tex > code')].map((node) => node.textContent)"), [])

    def test_the_first_screen_does_not_wait_for_the_formulas_below_it(self):
        script = self.browser.run("Page.addScriptToEvaluateOnNewDocument", source="""
            addEventListener("DOMContentLoaded", () => {
                const waiting = [...document.querySelectorAll(".tex > code")].filter((node) => node.checkVisibility());
                window.waiting = waiting.map((node) => node.getBoundingClientRect().top);
            });""")
        try:
            self.browser.open(self.page)
            waiting, height = self.browser.script("return [window.waiting, innerHeight]")
        finally:
            self.browser.run("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])
        self.assertGreater(len(waiting), 20)
        self.assertGreaterEqual(min(waiting), height)

    def test_no_face_of_the_formulas_is_missing(self):
        self.browser.open(self.page)
        self.assertEqual(self.browser.script("return [...document.fonts].filter((face) => face.status === 'error').map((face) => face.family)"), [])
        used = self.browser.script("""
            const names = new Set();
            for (const node of document.querySelectorAll('.katex-html *')) names.add(getComputedStyle(node).fontFamily.split(',')[0]);
            return [...names].filter((name) => name.startsWith('KaTeX'))""")
        known = self.browser.script("return [...document.fonts].map((face) => face.family)")
        self.assertLessEqual(set(used), set(known))

    def test_the_filter_works_by_keyboard_and_by_mouse(self):
        self.browser.open(self.page)
        everything = len(self.shown())
        field = self.find("#filter")
        field.send_keys("cor2")
        self.assertEqual({name.split(".")[0] for name in self.shown()}, {"cor2"})
        self.assertIn("of", self.find("#shown").text)
        field.send_keys(Keys.BACKSPACE * 4, "no such claim")
        self.assertEqual(self.shown(), [])
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(Keys.BACKSPACE)
        self.assertEqual(len(self.shown()), everything)
        refuted = self.find('[aria-label="Verdict"] [data-value="refuted"]')
        refuted.send_keys(Keys.SPACE)
        self.assertEqual(refuted.get_attribute("aria-pressed"), "true")
        kept = self.shown()
        self.assertIn("text41.norm.decreasing", kept)
        self.assertLess(len(kept), everything)
        refuted.click()
        self.assertEqual(len(self.shown()), everything)
        self.find('[aria-label="Kind"] [data-value="misreading"]').click()
        self.assertTrue(all(name.startswith("misread.") for name in self.shown()))
        self.find('[aria-label="Kind"] [data-value="misreading"]').click()
        self.find('[aria-label="Evidence"] [data-value="certified"]').send_keys(Keys.ENTER)
        report = json.loads((self.page.parent / "report.json").read_text(encoding="utf-8"))
        self.assertEqual(set(self.shown()), {claim["id"] for claim in report["claims"] if claim["evidence"] == "certified"})

    def test_a_row_opens_by_keyboard_and_its_command_can_be_copied(self):
        self.browser.open(self.page)
        row = self.find("#claim-thm1\\.c")
        row.find_element("css selector", "summary").send_keys(Keys.ENTER)
        self.browser.settle()
        self.assertEqual(row.get_attribute("open"), "true")
        for part in ("Domain", "Inputs seen", "How closely it held", "Hardest cases that passed", "Run it again"):
            self.assertIn(part, row.text)
        self.assertGreater(len(row.find_elements("css selector", ".distribution svg rect")), 0)
        self.browser.run("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        button = row.find_elements("css selector", ".copy")[-1]
        button.send_keys(Keys.ENTER)
        self.browser.settle()
        self.assertEqual(button.text, "Copied")
        copied = self.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0], (error) => arguments[0](String(error)))")
        self.assertRegex(copied, r"^ncverify verify --replay ncv1:thm1\.c:")

    def test_the_graph_works_by_keyboard_and_by_mouse(self):
        self.browser.open(self.page)
        nodes = self.driver.find_elements("css selector", ".graph .node")
        self.assertGreater(len(nodes), 30)
        self.assertEqual(sum(node.get_attribute("tabindex") == "0" for node in nodes), 1)
        active = lambda: self.browser.script("return document.activeElement.dataset.claim")
        self.browser.script("document.querySelector('.graph .node[tabindex=\"0\"]').focus()")
        first = active()
        lit = lambda: self.browser.script("return [...document.querySelectorAll('.node.lit')].map((node) => node.dataset.claim)")
        self.assertIn(first, lit())
        self.driver.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
        second = active()
        self.assertNotEqual(first, second)
        self.assertIn(first, lit())  # what it rests on stays lit
        self.driver.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
        self.driver.switch_to.active_element.send_keys(Keys.ENTER)
        self.browser.settle()
        self.assertTrue(self.browser.script("return document.getElementById(location.hash.slice(1)).open"))
        node = self.find('.node[data-claim="thm1.c"]')
        self.browser.point_at(node)
        self.assertIn("thm1.c", self.find(".graph-said").text)
        self.assertIn("prop1.norm", lit())
        self.browser.point_at(node, click=True)
        self.assertTrue(self.browser.script("return document.getElementById('claim-thm1.c').open"))
        # A filter does not hide what a link points at.
        self.find("#filter").send_keys("lemma1")
        self.browser.script("location.hash = '#claim-cor2.monotone'")
        self.browser.settle()
        self.assertIn("cor2.monotone", self.shown())

    def test_each_picture_has_marks_a_description_and_its_numbers(self):
        for width in (1280, 390):
            self.browser.resize(width, 900)
            self.browser.open(self.page)
            for name in PICTURES:
                with self.subTest(picture=name, width=width):
                    figure = self.find(f"#picture-{name}")
                    plots = figure.find_elements("css selector", ".plot svg[role=img]")
                    self.assertGreater(len(plots), 0)
                    for plot in plots:
                        self.assertGreater(len(plot.get_attribute("aria-label")), 40)
                        marks = self.browser.script("""return [...arguments[0].querySelectorAll('[aria-label="cell"] rect, [aria-label="rect"] rect, [aria-label="line"] path, [aria-label="dot"] :is(path, circle)')].filter((mark) => {
                            const box = mark.getBBox(); return box.width + box.height > 0 && !(mark.getAttribute("d") ?? "").includes("NaN"); }).length""", plot)
                        self.assertGreater(marks, 0)
                    self.browser.script("arguments[0].querySelector(':scope > details').open = true", figure)
                    self.assertGreater(len(figure.find_elements("css selector", "tbody tr")), 5)
                    self.assertNotIn("NaN", figure.text)

    def test_both_themes_have_contrast_enough(self):
        for theme in ("light", "dark"):
            self.browser.open(self.page, theme)
            self.browser.script("for (const details of document.querySelectorAll('details')) details.open = true")
            self.browser.settle()
            result = self.browser.script(CONTRAST)
            self.assertGreater(result["measured"], 1000)
            self.assertEqual(result["failures"], [], theme)
            self.picture(theme)

    def test_the_theme_can_be_chosen(self):
        self.browser.open(self.page, "light")
        self.addCleanup(self.browser.script, "localStorage.clear()")
        paper = lambda: self.browser.script("return getComputedStyle(document.body).backgroundColor")
        light = paper()
        button = self.find("#theme")
        button.click()
        self.assertEqual(paper(), light)
        button.send_keys(Keys.ENTER)
        self.assertIn("dark", button.text)
        self.assertNotEqual(paper(), light)
        self.browser.open(self.page, "light")
        self.assertNotEqual(paper(), light)  # it was remembered

    def test_it_fits_a_phone_and_is_reachable_by_keyboard(self):
        self.browser.resize(390, 800)
        self.browser.open(self.page)
        self.browser.script("for (const details of document.querySelectorAll('details')) details.open = true")
        self.browser.settle()
        self.assertLessEqual(self.browser.script("return document.documentElement.scrollWidth"), 390)
        self.picture("phone")
        nameless = self.browser.script("""
            return [...document.querySelectorAll('a, button, input, summary, [tabindex]')].filter((node) => node.checkVisibility() &&
                !(node.getAttribute('aria-label') || node.textContent.trim())).map((node) => node.outerHTML.slice(0, 80))""")
        self.assertEqual(nameless, [])
        unreachable = self.browser.script("""
            return [...document.querySelectorAll('[role=button], [onclick]')].filter((node) => !node.matches('button, a, summary')).length""")
        self.assertEqual(unreachable, 0)

    def test_it_prints(self):
        self.browser.open(self.page, "dark")
        pdf = self.browser.printed()
        self.assertTrue(pdf.startswith(b"%PDF"))
        if KEEP:
            (KEEP / "print.pdf").write_bytes(pdf)

    def test_without_scripts_it_still_tells_the_verdicts(self):
        self.browser.run("Emulation.setScriptExecutionDisabled", value=True)
        self.driver.get(self.page.resolve().as_uri())
        text = self.find("#plain").text
        self.assertIn("thm1.minimum", text)
        self.assertIn("Misreadings, which must be refuted", text)

    def test_hostile_text_stays_text(self):
        self.browser.open(folder / "hostile" / "index.html")
        self.browser.script("for (const details of document.querySelectorAll('details')) details.open = true")
        self.browser.settle()
        self.assertIsNone(self.browser.script("return window.hacked ?? null"))
        self.assertEqual(self.browser.script("return document.querySelectorAll('img, iframe, object, main script, a[href^=javascript]').length"), 0)
        self.assertEqual(self.browser.console(), [])
        self.assertIn("<img src=x", self.find("#findings").text)
        self.assertIn("\\u{202e}", self.find("#findings").text)


if __name__ == "__main__":
    unittest.main()
