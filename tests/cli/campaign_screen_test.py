#!/usr/bin/env python3
"""Campaigns of a screen: what `screen` finds, the same bytes whatever threads, blocks, shards, kills and interruptions.

Usage: campaign_screen_test.py NCVERIFY. NCVERIFY_CAMPAIGN_KILLS (6): how many times a run is killed.
"""

import json
import shutil
import sqlite3
import subprocess
import unittest

from campaigns import Undisturbed, campaign, changed
from program import NCVERIFY, run

PLAN = ["--random", "50000", "--seed", "3", "--digits", "30"]
BLOCKS = [*PLAN, "--block", "1500"]


def screened(folder):
    """screen.json of a folder, without what the clock decides."""
    document = json.loads((folder / "screen.json").read_text())
    del document["timing"]
    return json.dumps(document)


class ScreenCampaigns(Undisturbed, unittest.TestCase):
    action, plan, statuses, endless, seed = "screen", BLOCKS, 0, 100000000, 12

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        run("screen", *PLAN, "--out", cls.folder / "screen")
        cls.expected = screened(cls.folder / "screen")

    def same_bytes(self, here, status=0):
        out = here.with_name(here.name + "-report")
        campaign("report", here, "--out", out, status=status)
        self.assertEqual(screened(out), self.expected)

    def test_what_screen_writes(self):
        self.assertGreater(json.loads(self.expected)["rejudged"], 0)  # there are suspects to compare
        self.same_bytes(self.whole)

    def test_threads_and_blocks(self):
        campaign("screen", self.folder / "threads", *changed(BLOCKS, "--block", 4096), "--jobs", 3)
        self.same_bytes(self.folder / "threads")

    def test_the_bytes_can_differ(self):
        other = self.folder / "other"
        campaign("screen", other, *changed(BLOCKS, "--seed", 4))
        campaign("report", other, "--out", self.folder / "other-report")
        self.assertNotEqual(screened(self.folder / "other-report"), self.expected)

    def test_out_of_time(self):
        here = self.folder / "late"
        campaign("screen", here, *changed(BLOCKS, "--random", 5000000), "--time", "1s", status=3)
        self.assertEqual(json.loads(campaign("status", here).stdout)["state"], "out of time")
        out = self.folder / "late-report"
        campaign("report", here, "--out", out, status=3)  # at any moment
        self.assertTrue(json.loads((out / "screen.json").read_text())["interrupted"])

    def test_shards(self):
        parts = [self.folder / f"shard{i}" for i in range(3)]
        for i, part in enumerate(parts):
            campaign("screen", part, *BLOCKS, "--shard", f"{i}/3")
        merged = self.folder / "merged"
        state = json.loads(campaign("merge", merged, *reversed(parts)).stdout)["state"]
        self.assertEqual(state, "complete")
        self.same_bytes(merged)
        self.assertIn("is in another one too", campaign("merge", merged, parts[0], status=2).stderr)
        two = self.folder / "two"
        campaign("merge", two, *parts[:2])
        campaign("screen", two, *BLOCKS)
        self.same_bytes(two)

    def test_refusals(self):
        here, claims = self.whole, self.folder / "claims"
        certified = ["--random", 8, "--digits", 20, "--claims", "thm1.b"]
        campaign("run", claims, *certified, status=(0, 3))
        for arguments, words in ((["screen", here, *changed(BLOCKS, "--digits", 50)], "--digits 50 instead of 30"), (["screen", here, *changed(BLOCKS, "--precision", "float64")], "--precision"),
                                 (["screen", here, *changed(BLOCKS, "--weights", "drawn")], "--weights drawn instead of none"), (["screen", here, *BLOCKS, "--claims", "thm1.b"], "--claims: has no effect"),
                                 (["screen", here], "--random: missing"), (["screen", here, *BLOCKS, "--dim", 4], "--dim"), (["screen", here, *BLOCKS, "--engine", "steam"], "--engine"),
                                 (["status", here, "--precision", "float64"], "has no effect"), (["cases", here, "--claim", "cor9"], "--claim"), (["run", here, *certified], "it is a screen's campaign"),
                                 (["screen", claims, *BLOCKS], "it is a campaign of certified cases"), (["merge", self.folder / "both", here, claims], "it is a campaign of certified cases")):
            self.refused(words, *arguments)

    def test_damaged(self):
        here = self.folder / "damaged"
        shutil.copytree(self.whole, here)
        with sqlite3.connect(here / "campaign.sqlite") as database:
            database.execute("UPDATE suspect SET claims = 'cor9' WHERE number = (SELECT min(number) FROM suspect)")
        database.close()
        for sql in ("", "DELETE FROM block WHERE number = 3"):
            with sqlite3.connect(here / "campaign.sqlite") as database:
                database.execute(sql or "SELECT 1")
            database.close()
            self.refused("damaged", "report", here, "--out", self.folder / "no")

    def test_a_finding_replays(self):
        here = self.folder / "misread"
        campaign("screen", here, "--random", 300, "--block", 100, "--inject", "misread.eq9", status=1)
        run("screen", "--random", 300, "--inject", "misread.eq9", "--out", self.folder / "misread-screen", status=1)
        campaign("report", here, "--out", self.folder / "misread-report", status=1)
        self.assertEqual(screened(self.folder / "misread-report"), screened(self.folder / "misread-screen"))
        tokens = campaign("cases", here, "--claim", "misread.eq9", "--hardest", 2, "--format", "table").stdout.split()
        self.assertEqual(len(tokens), 2)
        out = self.folder / "replay"
        replayed = subprocess.run([NCVERIFY, "verify", "--replay", tokens[0], "--out", out], capture_output=True, text=True, check=False)
        self.assertEqual(json.loads(replayed.stdout)["claims"][0]["verdict"], "refuted")
        self.assertTrue(json.loads(campaign("status", here).stdout)["refutations"])
        # And what stood out without being wrong.
        token = json.loads(self.expected)["rulings"][0]
        with sqlite3.connect(self.whole / "campaign.sqlite") as database:
            replay = database.execute("SELECT replay FROM suspect WHERE number = ?", (token["case"],)).fetchone()[0]
        database.close()
        done = run("verify", "--replay", replay, "--out", out)
        self.assertEqual(json.loads(done.stdout)["claims"][0]["verdict"], "verified")

    def test_sqlite_reads_it(self):
        database = sqlite3.connect(self.whole / "campaign.sqlite")
        self.addCleanup(database.close)
        self.assertEqual(database.execute("PRAGMA user_version").fetchone(), (2,))
        self.assertEqual(database.execute("SELECT sum(cases) FROM block WHERE part = 'screen'").fetchone(), (50000,))
        expected = json.loads(self.expected)
        for claim in expected["claims"]:
            row = database.execute("SELECT checked, unresolved, suspects FROM screened JOIN claim USING (claim) WHERE id = ?", (claim["id"],)).fetchone()
            self.assertEqual(row, (claim["checked"], claim["unresolved"], claim["suspects"]))
            binned = database.execute("SELECT sum(cases) FROM error JOIN claim USING (claim) WHERE id = ?", (claim["id"],)).fetchone()[0]
            self.assertEqual(binned or 0, claim["checked"])
        reasons = dict(database.execute("SELECT reason, count(*) FROM suspect GROUP BY reason"))
        self.assertEqual(reasons, expected["reasons"])

    def test_a_file_of_version_1_goes_on(self):
        here, plan = self.folder / "version1", ["--random", 8, "--digits", 20, "--claims", "thm1.b"]
        campaign("run", here, *plan, status=(0, 3))
        with sqlite3.connect(here / "campaign.sqlite") as database:
            for table in ("screened", "error", "screen_count", "suspect"):
                database.execute(f"DROP TABLE {table}")
            database.execute("PRAGMA user_version = 1")
        database.close()
        self.assertEqual(json.loads(campaign("status", here).stdout)["state"], "complete")
        campaign("run", here, *plan, status=(0, 3))
        with sqlite3.connect(here / "campaign.sqlite") as database:
            database.execute("PRAGMA user_version = 3")
        database.close()
        self.assertIn("its schema is version 3", campaign("status", here, status=2).stderr)


if __name__ == "__main__":
    unittest.main()
