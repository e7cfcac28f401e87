"""What the tests of campaigns share: how one is started, and that nothing which happens to it shows in its bytes."""

import json
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import time

from program import NCVERIFY

KILLS = int(os.environ.get("NCVERIFY_CAMPAIGN_KILLS", "6"))


def changed(plan, option, value):
    """The plan with another value, or one more option."""
    plan = [*plan] if option in plan else [*plan, option, ""]
    plan[plan.index(option) + 1] = str(value)
    return plan


def campaign(*arguments, status=0, **options):
    result = subprocess.run([NCVERIFY, "campaign", *map(str, arguments)], capture_output=True, text=True, timeout=600, check=False, **options)
    assert result.returncode in (status if isinstance(status, tuple) else (status,)), (arguments, result.returncode, result.stderr)
    return result


def start(*command):
    """A command in a session of its own, with the signals' usual meaning whatever this test was started with."""
    def usual_signals():
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)

    return subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=usual_signals, start_new_session=True)


def state_of(folder):
    return json.loads((folder / "status.json").read_text())["state"]


def wait_for(path, process):
    while not path.exists() and process.poll() is None:
        time.sleep(0.02)


class Undisturbed:
    """Mixed into a TestCase with `action` (run or screen), `plan` (its options), `statuses` (how it may end), `endless` (a value
    of --random that nobody waits for), `seed` (of the moments), and `same_bytes(folder)`."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.whole = cls.folder / "whole"
        begin = time.monotonic()
        cls.go_on(cls.whole, "--jobs", 1)
        cls.seconds = time.monotonic() - begin

    @classmethod
    def go_on(cls, folder, *more):
        campaign(cls.action, folder, *cls.plan, *more, status=cls.statuses)

    def begun(self, folder, plan=None):
        return start(NCVERIFY, "campaign", self.action, folder, *(plan or self.plan))

    def refused(self, words, *arguments):
        said = campaign(*arguments, status=2).stderr
        self.assertIn(words, said)
        self.assertEqual(said.count("\n"), 1, said)

    def test_killed_at_random_moments(self):
        here, source, killed = self.folder / "killed", random.Random(self.seed), 0
        for _ in range(20 * KILLS):
            if killed == KILLS:
                break
            process = self.begun(here)
            time.sleep(source.uniform(0, 1.5 * self.seconds / KILLS))
            if process.poll() is None:
                process.kill()
                killed += 1
            process.communicate()
        self.assertGreater(killed, KILLS / 2)
        self.go_on(here)
        self.same_bytes(here)

    def test_interrupted_and_resumed(self):
        here = self.folder / "interrupted"
        for number in (signal.SIGTERM, signal.SIGINT):
            process = self.begun(here)
            wait_for(here / "status.json", process)
            process.send_signal(number)
            said = process.communicate(timeout=60)[1]
            if process.returncode != 0:
                self.assertEqual(process.returncode, 130, said)
                self.assertIn("the same command goes on", said)
                self.assertEqual(state_of(here), "interrupted")
            (here / "status.json").unlink()
        self.go_on(here)
        self.same_bytes(here)

    def test_one_owner(self):
        here, plan = self.folder / "owned", changed(self.plan, "--random", self.endless)
        process = self.begun(here, plan)
        wait_for(here / "status.json", process)
        self.refused(f"process {process.pid} on", self.action, here, *plan)
        # Others look on meanwhile.
        self.assertEqual(json.loads(campaign("status", here).stdout)["state"], "running")
        campaign("report", here, "--out", self.folder / "meanwhile", status=(0, 1, 3))
        process.kill()
        process.communicate()
        self.assertEqual(json.loads(campaign("status", here).stdout)["state"], "stopped")
