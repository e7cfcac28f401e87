#!/usr/bin/env python3
"""Records what ncverify's commands print and write, so that two programs can be compared byte for byte.

    record.py record PROGRAM DIR        run every command line below, keep its outputs under DIR
    record.py compare DIR DIR           status 1 and the first differences where two recordings differ
    record.py selftest                  the comparison notices a changed byte, status and missing file

`timing`, seconds in tables, lines of progress, the version and an archive's own headers are the only things that may
differ; a page is compared as a browser renders it, without its scripts and their data (where no chromium is found, pages
are left out on both sides).
"""

import difflib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

PAPER = ["--counts", "100x2,200x2,300x2,400x2,500x2", "--lambda-w", "1e-4", "--lambda-h", "1e-5"]
SMALL = ["--counts", "3,4,9,9,20", "--lambda-w", "1/10", "--lambda-h", "15e-3"]
WIDE = ["--counts", "2,7,11", "--lambda-w", "1e-3", "--lambda-h", "3e-3", "--dim", "5"]
ZERO = ["--counts", "1,2,2", "--lambda-w", "1", "--lambda-h", "1/10"]
NARROW = ["--counts", "9,9,1", "--lambda-w", "1/40", "--lambda-h", "1/50", "--dim", "2"]
NETWORK = ["--features", "net.npz:H", "--labels", "net.npz:Y", "--classifier", "net.npz:W"]

# name, arguments; what a command writes into the working folder is there for the later ones.
COMMANDS = [
    ("theory-paper", ["theory", *PAPER]),
    ("theory-table", ["theory", *SMALL, "--format", "table"]),
    ("theory-summary", ["theory", *PAPER, "--summary", "--digits", "120"]),
    ("theory-wide", ["theory", *WIDE, "--digits", "7"]),
    ("theory-collapse", ["theory", *ZERO]),
    ("theory-config", ["theory", "--config", "config.json", "--digits", "20"]),
    ("theory-coq", ["theory", *WIDE, "--digits", "12", "--coq", "theory.v"]),
    ("solve-paper", ["solve", *PAPER, "--digits", "40", "--certificate", "paper.certificate.json"]),
    ("solve-wide", ["solve", *WIDE, "--seed", "5", "--save", "wide.npz"]),
    ("solve-descent", ["solve", *SMALL, "--search", "descent", "--digits", "30"]),
    ("solve-samples", ["solve", *WIDE, "--formulation", "samples", "--digits", "30", "--save", "net.npz",
                       "--certificate", "samples.certificate.json"]),
    ("solve-collapse", ["solve", *ZERO, "--digits", "20"]),
    ("solve-narrow", ["solve", *NARROW, "--digits", "20", "--starts", "4"]),
    ("solve-table", ["solve", *WIDE, "--summary", "--format", "table"]),
    ("certify-paper", ["certify", "paper.certificate.json"]),
    ("certify-samples", ["certify", "samples.certificate.json", "--format", "table"]),
    ("certify-coq", ["certify", "paper.certificate.json", "--coq", "point.v"]),
    ("verify-one", ["verify", *SMALL, "--digits", "30", "--out", "one"]),
    ("verify-random", ["verify", "--random", "12", "--seed", "3", "--digits", "25", "--no-pictures", "--out", "random",
                       "--keep", "kept.txt", "--record", "recorded.json"]),
    ("verify-claims", ["verify", "--random", "20", "--seed", "4", "--claims", "thm1.*,cor3.*,misread.*,beyond.dimension",
                       "--format", "table", "--out", "claims"]),
    ("verify-replay", ["verify", "--replay", "ncv1:misread.eq9:50:1:1x2:1/500:1:2", "--out", "replay"]),
    ("verify-structured", ["verify", *WIDE, "--search", "structured", "--claims", "cor2.*", "--out", "structured"]),
    ("claims-json", ["claims"]),
    ("claims-table", ["claims", "--format", "table"]),
    ("mutants", ["mutants"]),
    ("mutants-table", ["mutants", "--format", "table", "--claims", "thm1.*", "--random", "3"]),
    ("prove", ["prove"]),
    ("prove-table", ["prove", "--format", "table"]),
    ("screen", ["screen", "--random", "3000", "--device", "cpu", "--out", "screened"]),
    ("screen-inject", ["screen", "--random", "500", "--device", "cpu", "--inject", "thm1.c", "--format", "table"]),
    ("measure", ["measure", *NETWORK, "--lambda-w", "1e-3", "--lambda-h", "3e-3", "--out", "measured"]),
    ("measure-table", ["measure", *NETWORK, "--format", "table"]),
    ("measure-summary", ["measure", *NETWORK, "--lambda-w", "1e-2", "--lambda-h", "3e-3", "--summary"]),
    ("report-merge", ["report", "one/report.json", "random/report.json", "--out", "merged",
                      "--screen", "screened/screen.json"]),
    ("report-compare", ["report", "random/report.json", "claims/report.json", "--format", "table"]),
    ("manual", ["manual"]),
    ("manual-solve", ["manual", "solve"]),
    ("manual-bash", ["manual", "--as", "bash"]),
    ("bad-manual", ["manual", "solv"]),
    ("bad-no-command", []),
    ("bad-counts", ["theory", "--counts", "3,0", "--lambda-w", "1", "--lambda-h", "1"]),
    ("bad-decay", ["solve", "--counts", "3,1", "--lambda-w", "-1", "--lambda-h", "1"]),
    ("bad-digits", ["theory", *SMALL, "--digits", "100001"]),
    ("bad-seed", ["solve", *SMALL, "--seed", "18446744073709551616"]),
    ("bad-jobs", ["verify", *SMALL, "--jobs", "-1"]),
    ("bad-format", ["theory", *SMALL, "--format", "yaml"]),
    ("bad-search", ["solve", *SMALL, "--search", "luck"]),
    ("bad-formulation", ["solve", *SMALL, "--formulation", "both"]),
    ("bad-claims", ["verify", "--claims", "nonsense"]),
    ("bad-token", ["verify", "--replay", "ncv1:thm1.b:50"]),
    ("bad-file", ["certify", "absent.json"]),
    ("bad-certificate", ["certify", "config.json"]),
    ("bad-report", ["report", "config.json"]),
    ("bad-array", ["measure", "--features", "config.json", "--labels", "net.npz:Y", "--classifier", "net.npz:W"]),
    ("bad-random", ["screen", "--random", "-3"]),
    ("bad-option", ["theory", "--count", "3,4"]),
]
INPUTS = {"config.json": '{"counts":[5,5,2],"lambda_w":"1/300","lambda_h":0.02,"dim":4}\n'}


def without_timing(text):
    """Whatever depends on the clock replaced by a word."""
    text = re.sub(r'"timing":\s*\{[^{}]*\}', '"timing": TIME', text)
    text = re.sub(r'^seconds: .*$(\n {4}.*$)*', 'seconds: TIME', text, flags=re.MULTILINE)  # folded at the table's width
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', '', text)  # holds the scripts' digests
    text = re.sub(r'\b\d+(\.\d+)?(e-\d+)? (s|ms|min)\b', "TIME", text)
    return re.sub(r'\b[\d.]+ ?(thousand|million)? (configurations )?(a|per) second', "RATE a second", text)


def without_progress(text):
    """Messages without those that tell the time: how many lines of progress there are depends on the machine's speed."""
    return "".join(line for line in without_timing(text).splitlines(keepends=True)
                   if "TIME" not in line and "RATE" not in line)


def rendered(page):
    """A page as a browser shows it: its elements without scripts, styles and data; None without a browser."""
    browser = shutil.which("chromium")
    if browser is None:
        return None
    shown = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000",
                            "--dump-dom", page.as_uri()], capture_output=True, text=True, check=True).stdout
    return re.sub(r"<(script|style)\b.*?</\1>", "", shown, flags=re.DOTALL)


def record(program, directory):
    program = pathlib.Path(program).resolve()
    directory = pathlib.Path(directory).resolve()
    directory.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        for name, text in INPUTS.items():
            (work / name).write_text(text, encoding="utf-8")
        for name, arguments in COMMANDS:
            done = subprocess.run([program, *arguments], cwd=work, capture_output=True, text=True, check=False,
                                  stdin=subprocess.DEVNULL)
            kept = directory / "commands" / name
            kept.mkdir(parents=True)
            (kept / "command").write_text(" ".join(arguments) + "\n", encoding="utf-8")
            (kept / "status").write_text(f"{done.returncode}\n", encoding="utf-8")
            (kept / "stdout").write_text(without_timing(done.stdout), encoding="utf-8")
            (kept / "stderr").write_text(without_progress(done.stderr), encoding="utf-8")
            print(name, done.returncode, file=sys.stderr)
        for path in sorted(work.rglob("*")):
            if path.is_dir() or path.name in INPUTS:
                continue
            kept = directory / "files" / path.relative_to(work)
            kept.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".html":
                text = rendered(path)
                if text is not None:
                    kept.write_text(without_timing(text), encoding="utf-8")
            elif path.suffix == ".npz":
                kept.write_bytes(path.read_bytes())
            else:
                kept.write_text(without_timing(path.read_text(encoding="utf-8")), encoding="utf-8")


def contents(path):
    """A file's bytes; of an archive its members' names and bytes, since releases of libzip write headers of their own."""
    if path.suffix != ".npz":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())


def differences(before, after):
    """Lines that say where two recordings differ."""
    before, after = pathlib.Path(before), pathlib.Path(after)
    files = [{path.relative_to(root) for path in root.rglob("*") if path.is_file()} for root in (before, after)]
    found = [f"only in {root}: {name}" for root, mine, other in [(before, *files), (after, *reversed(files))]
             for name in sorted(mine - other)]
    for name in sorted(files[0] & files[1]):
        old, new = (contents(root / name) for root in (before, after))
        comparable = without_progress if name.name == "stderr" else without_timing
        texts = [comparable(text.decode("utf-8", "surrogateescape")) for text in (old, new)]
        if texts[0] == texts[1]:
            continue
        found.append(f"{name} differs")
        lines = [text.splitlines() for text in texts]
        if max(map(len, lines)) < 20000:
            found += ["    " + line[:200] for line in list(difflib.unified_diff(*lines, lineterm="", n=0))[2:12]]
    return found


def selftest():
    with tempfile.TemporaryDirectory() as temporary:
        roots = [pathlib.Path(temporary) / side for side in ("before", "after")]
        for root in roots:
            (root / "a").mkdir(parents=True)
            (root / "a" / "status").write_text("0\n", encoding="utf-8")
            (root / "a" / "stdout").write_text(without_timing('{"x": 1, "timing": {"total_s": 0.25}}'),
                                               encoding="utf-8")
        assert not differences(*roots), differences(*roots)
        (roots[1] / "a" / "status").write_text("1\n", encoding="utf-8")
        (roots[1] / "a" / "new").write_text("", encoding="utf-8")
        found = differences(*roots)
        assert any("status differs" in line for line in found) and any("only in" in line for line in found), found
        for root, byte in zip(roots, (b"1", b"2")):
            with zipfile.ZipFile(root / "x.npz", "w") as archive:
                archive.writestr("W.npy", byte)
        assert "x.npz differs" in differences(*roots), "a changed byte in an archive"
        assert without_timing('"timing": {"s": 1.5}, "y": 2') == without_timing('"timing": {"s": 7}, "y": 2')
        assert without_timing("x 1.5 s") != without_timing("x 1.5 m")
        assert without_timing("seconds: a 0.1, b\n    0.2\n") == without_timing("seconds: a 0.3, b 0.4\n")
        assert without_progress("start 1, 2.5 s\nreport: x\n") == without_progress("report: x\n")
        assert without_progress("report: x\n") != without_progress("report: y\n")
    print("1 passed, 0 failed")


def main(arguments):
    if arguments[:1] == ["selftest"] and len(arguments) == 1:
        selftest()
        return 0
    if arguments[:1] == ["record"] and len(arguments) == 3:
        record(*arguments[1:])
        return 0
    if arguments[:1] == ["compare"] and len(arguments) == 3:
        found = differences(*arguments[1:])
        print("\n".join(found) if found else "no difference")
        return 1 if found else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
