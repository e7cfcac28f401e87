#!/usr/bin/env python3
"""Unusable input: refused at once with one clear line on stderr, nothing on stdout, status 2, no file left behind.

Usage: bad_input_test.py NCVERIFY
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile

NCVERIFY = sys.argv[1]
GOOD = ["--counts", "3,5", "--lambda-w", "1e-2", "--lambda-h", "1e-2"]
failures = []
tried = 0


def run(arguments, cwd):
    return subprocess.run([NCVERIFY, *arguments], capture_output=True, cwd=cwd, timeout=60)


def refuse(cwd, *arguments, says=""):
    """`arguments` must be refused, in words that hold `says`; the folder's contents must stay as they were."""
    global tried
    tried += 1
    before = sorted(p.name for p in pathlib.Path(cwd).iterdir())
    result = run(arguments, cwd)
    error = result.stderr.decode(errors="replace")
    after = sorted(p.name for p in pathlib.Path(cwd).iterdir())
    problem = None
    if result.returncode != 2:
        problem = f"status {result.returncode}"
    elif result.stdout:
        problem = "something on standard output"
    elif error.count("\n") != 1 or not error.startswith("ncverify: ") or "expected" not in error:
        problem = f"not one clear line: {error!r}"
    elif says not in error:
        problem = f"does not say {says!r}"
    elif before != after:
        problem = f"files changed: {after}"
    if problem:
        failures.append(f"{' '.join(map(str, arguments))[:200]}: {problem} {error[:200]!r}")


def configuration_cases(folder):
    for command in ("theory", "solve", "verify"):
        def with_option(option, value):
            arguments = list(GOOD)
            if option in arguments:
                arguments[arguments.index(option) + 1] = value
            else:
                arguments += [option, value]
            refuse(folder, command, *arguments)

        for counts in ("3", "0,5", "-1,5", "1.5,2", "a,b", "", "3,,5", "5x0", "1000000000000000001,2", "2x100001", "1e3,5"):
            with_option("--counts", counts)
        for value in ("0", "-1e-3", "nan", "inf", "", "1/0", "1e-10001", "1e10001", "1e99999999999", "0x1p3", "1,5"):
            with_option("--lambda-w", value)
            with_option("--lambda-h", value)
        for value in ("0", "-2", "2.5", "x", "", "99999999999"):
            with_option("--dim", value)
        for value in ("0", "100001", "-5", "ten", "5.5", ""):
            with_option("--digits", value)
        for value in ("-1", "18446744073709551616", "x", "", "+1", " 1", "0x1", "1e3"):
            with_option("--seed", value)
        for value in ("-1", "x", "99999"):
            with_option("--jobs", value)
        with_option("--format", "xml")
        with_option("--no-such-option", "1")
        with_option("--config", "both.json")
        refuse(folder, command, "--counts", "3,5")
        refuse(folder, command, "--counts", "3,5", "--lambda-w", "1")
        refuse(folder, command, "--lambda-w", "1", "--lambda-h", "1")
        refuse(folder, command, "--counts")
    refuse(folder, "theory")
    refuse(folder, "solve")
    refuse(folder)
    refuse(folder, "no-such-command")
    refuse(folder, "theory", *GOOD, "stray")
    # What word processors make of a minus, a hyphen, a cross or a space looks right, and has to be named.
    for value in ("\u22121e-4", "1e\u22124"):
        refuse(folder, "theory", "--counts", "3,5", "--lambda-w", value, "--lambda-h", "1", says="<U+2212 minus sign>")
    refuse(folder, "theory", "--counts", "3,\u22125", "--lambda-w", "1", "--lambda-h", "1", says="<U+2212 minus sign>")
    refuse(folder, "theory", "--counts", "3\u00d74", "--lambda-w", "1", "--lambda-h", "1", says="<U+00D7 multiplication sign>")
    refuse(folder, "theory", *GOOD, "--digits", "5\u00a00", says="<U+00A0 no-break space>")
    refuse(folder, "theory", *GOOD, "\u2013\u2013digits", "5", says="<U+2013 en dash><U+2013 en dash>digits (did you mean --digits?)")
    refuse(folder, "theory", *GOOD, "\u2014digits", "5", says="<U+2014 em dash>digits (did you mean --digits?)")
    minus = pathlib.Path(folder) / "minus.json"
    minus.write_text('{"counts":[3,5],"lambda_w":1e\u22124,"lambda_h":1}', encoding="utf-8")
    refuse(folder, "theory", "--config", "minus.json", says="<U+2212 minus sign>")
    minus.write_text('{"counts":[3,5],"lambda_w":"1e\u22124","lambda_h":1}', encoding="utf-8")
    refuse(folder, "theory", "--config", "minus.json", says="<U+2212 minus sign>")
    minus.unlink()
    # Sizes that cannot fit, refused before memory is taken.
    refuse(folder, "theory", "--counts", "5x100000", "--lambda-w", "1", "--lambda-h", "1")
    refuse(folder, "theory", "--counts", "5x100000", "--lambda-w", "1", "--lambda-h", "1", "--digits", "100000", "--summary")
    refuse(folder, "solve", "--counts", "5x20000", "--lambda-w", "1", "--lambda-h", "1")
    refuse(folder, "solve", *GOOD, "--dim", "1000000000")
    refuse(folder, "verify", "--counts", "5x20000", "--lambda-w", "1", "--lambda-h", "1")


def command_cases(folder):
    for value in ("0", "-1", "many", "10000000"):
        refuse(folder, "solve", *GOOD, "--starts", value)
    refuse(folder, "solve", *GOOD, "--formulation", "both")
    samples = ["--lambda-w", "1", "--lambda-h", "1", "--formulation", "samples"]
    refuse(folder, "solve", "--counts", "100000,1", *samples)
    refuse(folder, "solve", "--counts", "1000000000000000000x2", *samples)
    refuse(folder, "solve", "--counts", "50000x2", *samples, "--dim", "1000")
    refuse(folder, "solve", "--counts", "50000x2", *samples, "--digits", "100000")
    refuse(folder, "solve", *GOOD, "--certificate", "no/such/folder/file")
    refuse(folder, "solve", *GOOD, "--certificate", ".")
    refuse(folder, "solve", *GOOD, "--save", "no/such/folder/file")
    for value in ("-1", "x", "1e3", "100000001"):
        refuse(folder, "verify", "--random", value)
    refuse(folder, "verify", "--random", "0")
    for value in ("", "0s", "-3s", "soon", "9999999h"):
        refuse(folder, "verify", "--time", value)
    refuse(folder, "verify", "--claims", "no.such.claim")
    refuse(folder, "mutants", "--claims", "no.such.claim")
    refuse(folder, "mutants", "--random", "-1")
    refuse(folder, "mutants", "--digits", "0")
    refuse(folder, "prove", "--claims", "thm1.b")
    for wrong in (["--random", "0"], ["--random", "x"], ["--device", "tpu"], ["--precision", "float16"], ["--classes", "1"],
                  ["--classes", "33"], ["--classes", "4", "--dim", "3"], ["--dim", "4"], ["--dim", "65", "--classes", "3"],
                  ["--engine", "mmx"], ["--inject", "thm1.b"], ["--inject", "nothing"], ["--jobs", "-1"],
                  ["--out", "/proc/no"], ["--out", ""]):
        refuse(folder, "screen", *wrong)
    refuse(folder, "prove", "--boxes", "0")
    refuse(folder, "verify", "--claims", "")
    for token in ("", "x", "ncv1:thm1.b:50:1:1,2:1:1", "ncv1:nothing:50:1:1,2:1:1:2", "ncv1:thm1.b:50:1:1:1:1:2", "ncv1:thm1.b:50:1:1,2:0:1:2"):
        refuse(folder, "verify", "--replay", token)
    refuse(folder, "verify", "--replay", "ncv1:thm1.b:50:1:1,2:1:1:2", "--random", "3")
    refuse(folder, "verify", "--expect", "missing.json")
    pathlib.Path(folder, "all.json").write_text("{}")
    refuse(folder, "verify", "--expect", "all.json", "--record", "recorded.json")
    refuse(folder, "verify", "--screen", "missing.json")
    refuse(folder, "verify", "--training", "missing.json")
    refuse(folder, "verify", "--record", "no/such/folder/file")
    refuse(folder, "certify")
    refuse(folder, "certify", "missing.json")
    refuse(folder, "certify", ".")


def file_cases(folder):
    path = pathlib.Path(folder)
    texts = {
        "empty": "", "half": '{"counts":[3,5],"lambda_w":"1e-2"', "list": "[1,2]", "number": "3",
        "text": "hello", "unknown": '{"counts":[3,5],"lambda_w":"1","lambda_h":"1","lambda":"1"}',
        "twice": '{"counts":[3,5],"lambda_w":"1","lambda_w":"1","lambda_h":"1"}',
        "missing": '{"counts":[3,5],"lambda_w":"1"}', "null": '{"counts":null,"lambda_w":"1","lambda_h":"1"}',
        "nested": "[" * 5000 + "]" * 5000, "word": '{"counts":"3,5","lambda_w":"1","lambda_h":"1"}',
        "fraction": '{"counts":[3,5.5],"lambda_w":"1","lambda_h":"1"}', "dim": '{"counts":[3,5],"lambda_w":"1","lambda_h":"1","dim":"2"}',
        "nan": '{"counts":[3,5],"lambda_w":NaN,"lambda_h":"1"}', "huge": '{"counts":[3,5],"lambda_w":1e10001,"lambda_h":"1"}',
    }
    for name, text in texts.items():
        (path / f"{name}.json").write_text(text)
    (path / "bytes.json").write_bytes(bytes(range(256)))
    for name in [*texts, "bytes"]:
        refuse(folder, "theory", "--config", f"{name}.json")
        refuse(folder, "certify", f"{name}.json")
    for name in ("empty", "half", "list", "text", "bytes", "null"):
        refuse(folder, "verify", "--expect", f"{name}.json")


def damaged_certificates(folder):
    """Cut short or with one byte flipped: refused, or not proven; never a crash, never proven falsely."""
    global tried
    path = pathlib.Path(folder)
    with tempfile.TemporaryDirectory() as elsewhere:
        good = pathlib.Path(elsewhere) / "good.json"
        made = run(["solve", *GOOD, "--digits", "20", "--certificate", str(good)], folder)
        assert made.returncode == 0, made.stderr
        data = good.read_bytes()
        truth = json.loads(run(["certify", str(good)], folder).stdout)
        assert truth["proven"], truth
    source = random.Random(1)
    for _ in range(20):
        (path / "cut.json").write_bytes(data[: source.randrange(len(data) - 2)])
        refuse(folder, "certify", "cut.json")
    for _ in range(60):
        tried += 1
        flipped = bytearray(data)
        place = source.randrange(len(flipped))
        flipped[place] ^= 1 << source.randrange(8)
        (path / "flipped.json").write_bytes(bytes(flipped))
        result = run(["certify", "flipped.json"], folder)
        if result.returncode == 0:
            # Then what it proves is true: the configuration may be another, but the bounds are in order.
            answer = json.loads(result.stdout)
            if not float(answer["lower_bound"]) <= float(answer["upper_bound"]):
                failures.append(f"byte {place} flipped: proven {answer}")
        elif result.returncode not in (1, 2):
            failures.append(f"byte {place} flipped: status {result.returncode} {result.stderr[:200]!r}")


with tempfile.TemporaryDirectory() as folder:
    configuration_cases(folder)
    command_cases(folder)
    file_cases(folder)
    damaged_certificates(folder)

assert tried >= 60, tried
print(f"{tried} cases, {len(failures)} failures")
print("\n".join(failures))
sys.exit(1 if failures else 0)
