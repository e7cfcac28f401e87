#!/usr/bin/env python3
"""Campaigns under rough hands: shards merged wrongly, folders and rows that are damaged. One line each, and nothing half made.

Usage: campaign_damage_test.py NCVERIFY
"""

import json
import pathlib
import shutil
import sqlite3
import tempfile
import unittest

from campaigns import campaign

PLAN = ["--random", "48", "--digits", "20", "--seed", "5", "--block", "4", "--claims", "thm1.b,misread.eq9"]
SCREEN = ["--random", "600", "--block", "100", "--seed", "3", "--digits", "30"]


class Damage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.whole = cls.folder / "whole"
        campaign("run", cls.whole, *PLAN, status=(0, 3))
        cls.screened = cls.folder / "screened"
        campaign("screen", cls.screened, *SCREEN)
        cls.shards, cls.parts = [], []
        for i in range(2):
            cls.shards.append(cls.folder / f"shard{i}")
            cls.parts.append(cls.folder / f"part{i}")
            campaign("run", cls.shards[i], *PLAN, "--shard", f"{i}/2")
            campaign("screen", cls.parts[i], *SCREEN, "--shard", f"{i}/2")

    def refused(self, words, *arguments):
        done = campaign(*arguments, status=2)
        self.assertIn(words, done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertNotIn("should not have happened", done.stderr)

    def copy(self, name, folder):
        here = self.folder / name
        shutil.rmtree(here, ignore_errors=True)
        return pathlib.Path(shutil.copytree(folder, here))

    def test_a_merge_is_whole_or_not_at_all(self):
        for shards in (self.shards, self.parts):
            begun = self.copy("begun", shards[0])
            before = (begun / "campaign.sqlite").read_bytes()
            new = self.folder / "new"
            for target, folders in ((new, [shards[0], shards[0]]), (new, [*shards, shards[1]]), (begun, [shards[1], shards[0]]), (begun, [begun])):
                self.refused("is in another one too", "merge", target, *folders)
            self.assertFalse(new.exists())
            self.assertEqual((begun / "campaign.sqlite").read_bytes(), before)
            campaign("merge", begun, shards[1])
        self.refused("beyond the base plan", "merge", self.folder / "new", self.whole)
        other = self.folder / "other"
        campaign("run", other, *PLAN[:4], "--seed", "6", *PLAN[6:], "--shard", "1/2")
        self.refused("--seed 6 instead of 5", "merge", self.folder / "new", self.shards[0], other)
        self.assertFalse((self.folder / "new").exists())

    def test_what_is_said_of_shards(self):
        for shards, action, plan in ((self.shards, "run", PLAN), (self.parts, "screen", SCREEN)):
            state = json.loads(campaign("status", shards[1]).stdout)
            self.assertEqual((state["state"], state["shard"]), ("complete", "1/2"))
            self.assertTrue(campaign("status", shards[1], "--format", "table").stdout.startswith("complete (shard 1/2): "))
            # Its report is not that of the campaign.
            self.assertEqual(json.loads(campaign("report", shards[1], "--out", self.folder / "out", status=3).stdout).get("interrupted", True), True)
            if "statement" in state:
                self.assertIn("tried so far", state["statement"])
                self.assertNotIn("tried so far", json.loads(campaign("status", self.whole).stdout)["statement"])
            merged = self.copy("merged", shards[0])
            third = self.folder / "third"
            shutil.rmtree(third, ignore_errors=True)
            campaign(action, third, *plan, "--shard", "1/4")
            campaign("merge", merged, third)
            self.assertEqual(json.loads(campaign("status", merged).stdout)["state"], "incomplete")
            self.assertNotIn("shard", json.loads((merged / "status.json").read_text()))

    def test_shards_that_are_none(self):
        for text in ("0/0", "5/3", "-1/3", "1/3/4", "1/", "/3", "a/b", "3", "0/1000001"):
            self.refused(f"--shard: '{text}' is no shard; expected i/n, such as 0/16", "run", self.folder / "none", *PLAN, "--shard", text)
        self.assertFalse((self.folder / "none").exists())

    def test_options_that_do_nothing_or_are_others(self):
        for arguments, words in ((["status", self.whole, "--jobs", "3"], "expected it with `campaign run` or `campaign screen` only"), (["cases", self.whole, "--claim", "thm1.b", "--jobs", "x"], "--jobs"),
                                 (["report", self.whole, "--out", self.folder / "none", "--claim", "thm1.b"], "expected it with `campaign cases` only"),
                                 (["screen", self.screened, *SCREEN, "--classes", "3"], "--classes 3 instead of not given")):
            self.refused(words, *arguments)

    def test_status_is_told_without_its_file(self):
        for whole in (self.whole, self.screened):
            here = self.copy("told", whole)
            for text in ("", "{", "[]", '{"session": 1, "state": "running"}', '{"session": {}, "state": "running"}',
                         '{"session": {"cases_a_second": "1", "threads": 2, "machine": "x", "seconds_left": "long"}, "state": "running"}'):
                (here / "status.json").write_text(text)
                for form in ("table", "json"):
                    done = campaign("status", here, "--format", form)
                    self.assertIn("complete", done.stdout)
                    self.assertIn("nothing is told of its session", done.stderr)
                    self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
            (here / "status.json").unlink()
            (here / "status.json").mkdir()
            campaign("status", here)

    def test_a_folder_stands_where_a_file_should(self):
        for name in ("status.json", "campaign.sqlite", "campaign.lock"):
            for action in (["run", "PLACE", *PLAN], ["screen", "PLACE", *SCREEN], ["merge", "PLACE", *self.shards], ["merge", "PLACE", *self.parts]):
                here = self.folder / "occupied"
                shutil.rmtree(here, ignore_errors=True)
                (here / name).mkdir(parents=True)
                self.refused(f"'{name}' in ", *[here if word == "PLACE" else word for word in action])
                self.assertEqual([path.name for path in here.iterdir()], [name])

    def test_rows_that_say_what_cannot_be(self):
        of_claims = ("DELETE FROM kept", "UPDATE kept SET \"values\" = '7'", "UPDATE kept SET \"values\" = '[[1, 2]]'", "UPDATE kept SET message = CAST(x'ff' AS TEXT)",
                     "UPDATE kept SET replay = CAST(x'6e' AS BLOB)", "DELETE FROM claim WHERE claim = 1", "UPDATE claim SET id = 'thm9' WHERE claim = 0", "DELETE FROM input",
                     "UPDATE coverage SET input = 9999 WHERE input = (SELECT min(input) FROM coverage)", "UPDATE coverage SET hits = 'many'", "UPDATE tally SET cases = 1.5",
                     "UPDATE block SET number = 9999 WHERE part = 'base' AND number = 3", "UPDATE block SET number = -1 WHERE part = 'base' AND number = 3",
                     "UPDATE block SET number = 9999 WHERE part = 'shrink'", "DELETE FROM block WHERE part = 'base' AND number = 3", "UPDATE block SET seconds = 'long'",
                     "DELETE FROM tally WHERE claim = 1", "UPDATE summary SET least_slack = 'none'")
        of_screens = ("UPDATE block SET number = 9999 WHERE number = 3", "UPDATE block SET cases = 'all'", "UPDATE screened SET largest = 'small'", "UPDATE error SET cases = 0.5",
                      "UPDATE claim SET id = CAST(x'ff' AS TEXT) WHERE claim = 0")
        for whole, several in ((self.whole, of_claims), (self.screened, of_screens)):
            for sql in several:
                here = self.copy("rows", whole)
                with sqlite3.connect(here / "campaign.sqlite") as database:
                    database.execute("PRAGMA foreign_keys = OFF")
                    self.assertGreater(database.execute(sql).rowcount, 0, sql)
                database.close()
                before = (here / "campaign.sqlite").read_bytes()
                for arguments in (["status", here, "--format", "table"], ["report", here, "--out", self.folder / "none"], ["run", here, *PLAN] if whole == self.whole else ["screen", here, *SCREEN]):
                    with self.subTest(sql=sql, action=arguments[0]):
                        self.refused("campaign.sqlite: ", *arguments)
                self.assertEqual((here / "campaign.sqlite").read_bytes(), before)
        self.assertFalse((self.folder / "none").exists())


if __name__ == "__main__":
    unittest.main()
