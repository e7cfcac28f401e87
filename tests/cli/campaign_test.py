#!/usr/bin/env python3
"""Campaigns: the same bytes whatever threads, shards, kills and interruptions; one owner; damage and refusals in one line.

Usage: campaign_test.py NCVERIFY [NCVERIFY-MPI]. NCVERIFY_CAMPAIGN_KILLS (6): how many times a run is killed.
"""

import json
import os
import pathlib
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

MPI = str(pathlib.Path(sys.argv.pop(2)).resolve()) if len(sys.argv) > 2 else ""

from campaigns import Undisturbed, campaign, changed, start, state_of, wait_for
from program import NCVERIFY

CLAIMS = ["--claims", "thm1.b,thm1.c,cor2.monotone,text41.norm.decreasing,misread.eq9"]
PLAN = ["--random", "160", "--digits", "20", "--seed", "5", "--block", "4", *CLAIMS]


class Campaigns(Undisturbed, unittest.TestCase):
    action, plan, statuses, endless, seed = "run", PLAN, (0, 3), 100000, 11

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.expected = cls.report(cls.whole)

    @classmethod
    def report(cls, folder):
        """Every file of a campaign's report, timing aside."""
        out = folder.with_name(folder.name + "-report")
        campaign("report", folder, "--out", out, status=(0, 3))
        files = {path.name: path.read_bytes() for path in out.iterdir()}
        files["report.json"] = re.sub(rb'"total_s": [-+.e0-9]+', b'"total_s": 0', files["report.json"])
        return files

    def same_bytes(self, folder):
        found = self.report(folder)
        self.assertEqual(sorted(found), sorted(self.expected))
        for name, text in self.expected.items():
            self.assertEqual(found[name], text, name)

    def test_threads(self):
        campaign("run", self.folder / "threads", *PLAN, "--jobs", 3, status=(0, 3))
        self.same_bytes(self.folder / "threads")

    def test_the_bytes_can_differ(self):
        other = self.folder / "other"
        campaign("run", other, *changed(PLAN, "--seed", 6), status=(0, 3))
        self.assertNotEqual(self.report(other)["report.json"], self.expected["report.json"])

    def test_out_of_time(self):
        here = self.folder / "late"
        campaign("run", here, *changed(PLAN, "--random", 20000), "--time", "1s", status=3)
        self.assertEqual(state_of(here), "out of time")

    def test_so_small_that_nothing_is_adaptive(self):
        here = self.folder / "tiny"
        for _ in range(2):
            campaign("run", here, *changed(PLAN, "--random", 4), status=(0, 3))
            self.assertEqual(state_of(here), "complete")
        self.assertEqual(json.loads((here / "status.json").read_text())["session"]["cases"], 0)

    def test_shards(self):
        parts = [self.folder / f"shard{i}" for i in range(3)]
        for i, part in enumerate(parts):
            campaign("run", part, *PLAN, "--shard", f"{i}/3")
        merged = self.folder / "merged"
        campaign("merge", merged, *reversed(parts))
        again = campaign("merge", merged, parts[0], status=2).stderr
        self.assertIn("is in another one too", again)
        campaign("run", merged, *PLAN, status=(0, 3))
        self.same_bytes(merged)
        self.assertIn("beyond the base plan", campaign("merge", self.folder / "m2", merged, status=2).stderr)

    def test_refusals(self):
        here = self.whole
        for arguments, words in ((["run", here, *changed(PLAN, "--digits", 30)], "--digits 30 instead of 20"), (["run", here, *changed(PLAN, "--random", 170)], "--random 170 instead of 160"),
                                 (["run", here, *changed(PLAN, "--claims", "thm1.b")], "--claims"), (["run", here], "--random: missing"), (["run", here, *PLAN, "--shard", "3/3"], "--shard"),
                                 (["status", here, "--random", 5], "has no effect"), (["jump", here], "ACTION"), (["status", self.folder / "none"], "cannot be opened"),
                                 (["cases", here, "--claim", "thm9"], "--claim"), (["report", here], "--out: missing"), (["merge", here], "DIR")):
            self.refused(words, *arguments)

    def test_damaged_and_full(self):
        here = self.folder / "damaged"
        shutil.copytree(self.whole, here)
        file = here / "campaign.sqlite"
        whole = file.read_bytes()
        for damage in (whole[:5000], b"no database" * 100, whole[:4096] + bytes(4096) + whole[8192:], b""):
            file.write_bytes(damage)
            self.refused("damaged", "status", here)
        full = self.folder / "full"
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 17, 1 << 17))
        said = campaign("run", full, *changed(PLAN, "--random", 2000), status=2, preexec_fn=limit).stderr
        self.assertIn("what was written before is kept", said)
        self.assertGreater(json.loads(campaign("status", full).stdout)["cases"], 0)

    def test_sqlite_reads_it(self):
        database = sqlite3.connect(self.whole / "campaign.sqlite")
        self.addCleanup(database.close)
        self.assertEqual(database.execute("PRAGMA user_version").fetchone(), (2,))
        self.assertEqual(database.execute("SELECT sum(cases) FROM block WHERE part = 'base'").fetchone(), (160,))
        counts = {row[0]: row[2:] for row in database.execute("SELECT * FROM verdicts")}
        for claim in json.loads(self.expected["report.json"])["claims"]:
            cases = claim["cases"]
            self.assertEqual(counts[claim["id"]], tuple(cases[key] for key in ("checked", "passed", "refuted", "inconclusive", "skipped")))
        tokens = dict(database.execute("SELECT why, replay FROM kept JOIN claim USING (claim) WHERE id = 'misread.eq9' AND why IN ('shrunk', 'refuted')"))
        self.assertEqual(set(tokens), {"shrunk", "refuted"})
        self.assertEqual(json.loads(database.execute('SELECT "values" FROM kept WHERE why = \'shrunk\'').fetchone()[0])[0].__class__, list)

    def test_cases_replay(self):
        tokens = campaign("cases", self.whole, "--claim", "misread.eq9", "--hardest", 2, "--format", "table").stdout.split()
        self.assertEqual(len(tokens), 2)
        replayed = subprocess.run([NCVERIFY, "verify", "--replay", tokens[0], "--out", self.folder / "replay"], capture_output=True, text=True, check=False)
        self.assertEqual(json.loads(replayed.stdout)["claims"][0]["verdict"], "refuted")

    def test_the_same_cases_as_verify(self):
        """The base plan's cases are those of `verify --random`, so that its marks count the same."""
        out = self.folder / "verify"
        subprocess.run([NCVERIFY, "verify", "--random", "160", "--digits", "20", "--seed", "5", *CLAIMS, "--no-pictures", "--out", out], capture_output=True, check=False)
        ledger = json.loads((out / "report.json").read_text())["ledgers"][0]
        kept = len(ledger["kept"])
        database = sqlite3.connect(self.whole / "campaign.sqlite")
        self.addCleanup(database.close)
        for claim in ledger["claims"]:
            words, counts, place = claim["words"].split(), {}, 0
            for count, plus, letter in re.findall(r"(\d*)(\+*)([A-Za-z])", claim["runs"]):
                alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                word = words[alphabet.index(letter) + 52 * len(plus)]
                for _ in range(int(count or 1)):
                    if place >= kept:
                        counts[word] = counts.get(word, 0) + 1
                    place += 1
            rows = database.execute("SELECT mark, cases FROM tally JOIN claim USING (claim) WHERE part = 'base' AND id = ?", (claim["id"],))
            self.assertEqual(dict(rows), counts, claim["id"])


@unittest.skipUnless(MPI and shutil.which("mpirun"), "no MPI")
class Ranks(Campaigns):
    """The same with MPI; only what is about ranks."""

    NOTICE = "ncverify: interrupted: the blocks in flight are given up"

    def ranks(self, number, folder, *options, plan=PLAN):
        return ["mpirun", *options, "-n", number, "--oversubscribe", "--allow-run-as-root", MPI, "campaign", "run", folder, *plan, "--jobs", "1"]

    @staticmethod
    def processes_of(mpirun):
        """The ranks of this job."""
        found = subprocess.run(["pgrep", "-s", str(mpirun.pid), "-f", f"^{MPI} "], capture_output=True, text=True, check=False)
        return [int(number) for number in found.stdout.split()]

    def test_ranks(self):
        for number in (2, 4):
            here = self.folder / f"ranks{number}"
            done = subprocess.run([*map(str, self.ranks(number, here))], capture_output=True, text=True, check=False)
            self.assertIn(done.returncode, (0, 3), done.stderr)
            self.same_bytes(here)

    def test_a_rank_dies(self):
        here = self.folder / "rank-dies"
        process = start(*self.ranks(3, here))
        wait_for(here / "status.json", process)
        os.kill(self.processes_of(process)[-1], signal.SIGKILL)
        process.communicate(timeout=120)
        self.assertNotEqual(process.returncode, 0)
        again = subprocess.run([*map(str, self.ranks(2, here))], capture_output=True, text=True, check=False)
        self.assertIn(again.returncode, (0, 3), again.stderr)
        self.same_bytes(here)

    def test_interrupted(self):
        """By whoever a job may be told to end: one line, a state that goes on, 130 unless mpirun makes it 1."""
        here, cases = self.folder / "ranks-interrupted", 0
        to_mpirun = lambda number: lambda job: os.kill(job.pid, number)
        to_ranks = lambda which: lambda job: [os.kill(rank, signal.SIGTERM) for rank in self.processes_of(job)[which]]
        for status, tell in ((1, to_mpirun(signal.SIGTERM)), (1, lambda job: os.killpg(job.pid, signal.SIGINT)), (130, to_mpirun(signal.SIGUSR1)),
                             (1, lambda job: [os.kill(number, signal.SIGTERM) for number in (job.pid, *self.processes_of(job))]),
                             (130, to_ranks(slice(None))), (130, to_ranks(slice(1, None)))):
            process = start(*self.ranks(2, here, "-q", plan=changed(PLAN, "--random", 100000)))
            wait_for(here / "status.json", process)
            tell(process)
            told = time.monotonic()
            said = process.communicate(timeout=60)[1]
            state = json.loads((here / "status.json").read_text())
            (here / "status.json").unlink()
            self.assertEqual((process.returncode, state["state"]), (status, "interrupted"), said)
            self.assertLess(time.monotonic() - told, 20)
            lines = [line for line in said.splitlines() if line and not line.startswith("ncverify: blocks:")]
            self.assertEqual(len(lines), 1, said)
            self.assertTrue(lines[0].startswith(self.NOTICE), said)
            self.assertGreater(state["cases"], cases)  # it went on from there
            cases = state["cases"]

    def test_a_batch_script_ends_in_time(self):
        """The lines of docs/campaigns.md, without a scheduler."""
        here = self.folder / "batch"
        text = (pathlib.Path(__file__).parents[2] / "docs/campaigns.md").read_text()
        lines = [line.strip() for line in re.search(r"    mpirun -q.*?\n\n", text, re.DOTALL).group().strip().splitlines()]
        self.assertEqual(len(lines), 4)
        job = " ".join(f"'{word}'" for word in map(str, self.ranks(2, here, "-q", plan=changed(PLAN, "--random", 100000))))
        process = start("bash", "-c", "\n".join([f"{job} &", *lines[1:]]))
        wait_for(here / "status.json", process)
        process.send_signal(signal.SIGUSR1)
        said = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 130, said)
        self.assertIn(self.NOTICE, said)
        self.assertEqual(state_of(here), "interrupted")


for name in [name for name in dir(Campaigns) if name.startswith("test_")]:
    setattr(Ranks, name, None)  # tried without MPI already


if __name__ == "__main__":
    unittest.main()
