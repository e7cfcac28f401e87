#!/usr/bin/env python3
"""Checks the Coq development, part by part. Each part leaves a marker for the sources that it passed with.

Usage: check.py [--mathcomp2] PART BUILD_DIRECTORY [NCVERIFY]     (for MathComp 2: mathcomp2.py)

    build        coqc on every file; no Admitted, Axiom or the like in any
    coqchk       the compiled theorems again, by Coq's small independent checker
    assumptions  every theorem that claims.txt names, and Main, rests on the allowed axioms only
    generated    numbers and certificates that NCVERIFY writes: the paper's configuration, collapsed ones
    negative     what must fail does: a weakened lemma, an axiom, a changed digit, ...
    stamp        where all other parts passed with these sources: stamp.json, which the report reads
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from mathcomp2 import for_mathcomp2
from sources import SOURCE, Failure, claims, digest, files, main_theorems, require_honest, statement

PARTS = ["build", "coqchk", "assumptions", "generated", "negative"]
LOGICAL = "NeuralCollapse"

# The standard library's real numbers rest on the first three, its classical logic on the last.
AXIOMS = {
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
    "Classical_Prop.classic",
}
# Coq's own machine integers, on which the interval tactic computes: allowed where numbers are enclosed.
MACHINE_INTEGERS = re.compile(r"(PrimInt63|Uint63)\.\w+")
# Whether the sources are compiled as MathComp 2 takes them.
MATHCOMP2 = False
PAPER = "100x2,200x2,300x2,400x2,500x2"


def run(command, cwd, what):
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise Failure(f"{what}:\n{(result.stdout + result.stderr)[-4000:]}")
    return result.stdout


def coqc(folder, name, library=None, extra=()):
    """Compiles folder/name against the library (by default the folder itself is it)."""
    command = ["coqc", "-q", "-R", str(library or "."), LOGICAL, *extra, "-w", "-notation-overridden", name]
    return run(command, folder, f"coqc {name}")


def compile_all(source, target):
    """Copies, for the MathComp that is installed, and compiles what changed, or comes after something that did."""
    require_honest(source)
    target.mkdir(parents=True, exist_ok=True)
    stale = False
    for name in files(source):
        text = (source / name).read_bytes()
        if MATHCOMP2:
            text = for_mathcomp2(name, text.decode()).encode()
        copy = target / name
        if not stale and copy.is_file() and copy.read_bytes() == text and copy.with_suffix(".vo").is_file():
            continue
        stale = True
        copy.with_suffix(".vo").unlink(missing_ok=True)
        copy.write_bytes(text)
        coqc(target, name)


def axioms_of(answer):
    """The names in the answer of one Print Assumptions; anything else at the start of a line is a surprise."""
    if answer.strip() == "Closed under the global context":
        return set()
    found = set()
    heading, *lines = answer.strip().splitlines()
    for line in lines:
        if line.strip() and not line[0].isspace():
            name = re.match(r"([A-Za-z_][\w.']*)( :|$)", line)
            found.add(name.group(1) if name else line)
    return found if heading == "Axioms:" else found | {heading}


def printed_assumptions(folder, library, theorems, extra):
    """What Coq answers about each group of theorems, groups being lists of "Module.name"."""
    modules = sorted({theorem.split(".")[0] for group in theorems for theorem in group})
    lines = [f"From {LOGICAL if library is None else 'Generated'} Require {' '.join(modules)}."]
    lines.append("From Coq Require Import String.")
    for number, group in enumerate(theorems):
        lines.append(f"Definition group_{number} := ({', '.join('@' + theorem for theorem in group)}).")
        lines.append(f'Eval compute in "GROUP {number}"%string.')
        lines.append(f"Print Assumptions group_{number}.")
    path = folder / "Assumptions_.v"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        output = coqc(folder, path.name, library, extra)
    finally:
        for leftover in [*folder.glob("Assumptions_.*"), *folder.glob(".Assumptions_.aux")]:
            leftover.unlink()
    answers = re.split(r'= "GROUP \d+"%string\s*: string', output)[1:]
    if len(answers) != len(theorems):
        raise Failure(f"{len(answers)} answers about {len(theorems)} groups of theorems:\n{output[-2000:]}")
    return answers


def require_axioms(folder, library, theorems, extra=(), numbers=False):
    """Fails where one of `theorems`, "Module.name", rests on more than is allowed."""
    def excess(answer):
        found = axioms_of(answer) - AXIOMS
        return {axiom for axiom in found if not (numbers and MACHINE_INTEGERS.fullmatch(axiom))}

    # All at once is much faster; one by one tells which.
    if not excess(printed_assumptions(folder, library, [theorems], extra)[0]):
        return
    answers = printed_assumptions(folder, library, [[theorem] for theorem in theorems], extra)
    wrong = [f"{theorem} rests on {sorted(excess(answer))}" for theorem, answer in zip(theorems, answers) if excess(answer)]
    raise Failure("\n".join(wrong))


def part_build(build, _):
    compile_all(SOURCE, build)


def part_coqchk(build, _):
    # Numbers.v holds no theorem, and would bring the library of the interval tactic with it.
    modules = [f"{LOGICAL}.{name[:-2]}" for name in files() if name != "Numbers.v"]
    run(["coqchk", "-silent", "-R", ".", LOGICAL, *modules], build, "coqchk")


def part_assumptions(build, _):
    theorems = sorted({theorem for _, theorem in claims()}) + main_theorems()
    require_axioms(build, None, theorems)


def generate(ncverify, folder):
    """The files that are checked, each with a theorem that holds what they are about."""
    def ask(*arguments):
        run([str(ncverify), *arguments, "--format", "json"], folder, "ncverify " + " ".join(arguments))

    collapsed = ["--counts", "1,9,30", "--lambda-w", "1e-2", "--lambda-h", "1e-1"]
    ask("theory", "--counts", PAPER, "--lambda-w", "1e-4", "--lambda-h", "1e-5", "--digits", "50", "--coq", "Paper.v")
    ask("theory", *collapsed, "--digits", "30", "--coq", "Collapsed.v")
    ask("theory", "--counts", "2,2", "--lambda-w", "1", "--lambda-h", "1", "--digits", "10", "--coq", "Complete.v")
    ask("solve", "--counts", "3,5,7", "--lambda-w", "1e-2", "--lambda-h", "1e-3", "--digits", "20",
        "--certificate", "point.json")
    ask("certify", "point.json", "--coq", "Point.v")
    ask("solve", *collapsed, "--dim", "4", "--digits", "20", "--certificate", "part.json")
    ask("certify", "part.json", "--coq", "CollapsedPoint.v")
    ask("solve", "--counts", "1,2,3", "--lambda-w", "1e-2", "--lambda-h", "1e-3", "--digits", "20",
        "--formulation", "samples", "--certificate", "samples.json")
    ask("certify", "samples.json", "--coq", "Samples.v")
    return ["Paper.class_100", "Paper.minimum_loss", "Collapsed.class_1", "Collapsed.classifiers_9_30",
            "Complete.minimum_loss", "Point.optimal", "CollapsedPoint.optimal", "Samples.optimal"]


def part_generated(build, ncverify):
    folder = build / "generated"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    theorems = generate(ncverify, folder)
    extra = ("-R", ".", "Generated")
    for name in dict.fromkeys(theorem.split(".")[0] for theorem in theorems):
        coqc(folder, name + ".v", "..", extra)
    require_axioms(folder, "..", theorems, extra, numbers=True)


def must_fail(what, where, action):
    """`action` raises Failure, with a message that names `where`: else it failed for another reason."""
    try:
        action()
    except Failure as failure:
        if where not in str(failure):
            raise Failure(f"{what} failed, but elsewhere than at {where}:\n{failure}") from failure
        print(f"fails as it must: {what}")
        return
    raise Failure(f"{what} passed")


def changed(text, old, new):
    if text.count(old) != 1:
        raise Failure(f"the text to change occurs {text.count(old)} times: {old}")
    return text.replace(old, new)


def part_negative(build, ncverify):
    # A weaker lemma that its proof still proves, but what follows does not.
    weakened = [
        ("Duality.v", "Lemma others_ge0 k j : 0 <= s j - x k j.", "Lemma others_ge0 k j : -1 <= s j - x k j.",
         "coqc Duality.v"),
        ("LowerBound.v", "  feasible H -> Lstar P <= L0 W H.\nProof. by move=> H0;",
         "  feasible H -> Lstar P - 1 <= L0 W H.\nProof. move=> H0; suff: Lstar P <= L0 W H by Lra.lra.",
         "coqc Attainment.v"),
        ("Problem.v", "/\\ (omega k * beta k) ^ 2 * n k <= c ^ 2", "/\\ (omega k * beta k) ^ 2 * n k <= 2 * c ^ 2",
         "coqc Duality.v"),
        ("Problem.v", "(\\sum_k (omega k * \\sum_i CE", "(\\sum_k (omega k ^ 2 * \\sum_i CE", "coqc Identity.v"),
    ]
    for name, old, new, where in weakened:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "copy"
            # What comes before the changed file is compiled already.
            shutil.copytree(build, copy, ignore=shutil.ignore_patterns("generated"))
            source = pathlib.Path(folder) / "source"
            source.mkdir()
            for file in [*files(), "_CoqProject"]:
                shutil.copy(SOURCE / file, source)
            text = (source / name).read_text(encoding="utf-8")
            (source / name).write_text(changed(text, old, new), encoding="utf-8")
            must_fail(f"{name}: {new.splitlines()[0].strip()}", where, lambda: compile_all(source, copy))
    # Proofs that are left out, by the word and by what they rest on.
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "copy"
        shutil.copytree(build, copy, ignore=shutil.ignore_patterns("generated"))
        cheat = "From NeuralCollapse Require Import Main.\nAxiom cheat : False.\nLemma wrong : 0 = 1.\nProof. by case: cheat. Qed.\n"
        (copy / "Cheat.v").write_text("From mathcomp Require Import all_ssreflect.\n" + cheat, encoding="utf-8")
        coqc(copy, "Cheat.v")
        must_fail("an axiom of our own", "Cheat.wrong rests on", lambda: require_axioms(copy, None, ["Cheat.wrong"]))
        source = pathlib.Path(folder) / "source"
        source.mkdir()
        for file in [*files(), "_CoqProject"]:
            shutil.copy(SOURCE / file, source)
        for word in ("Admitted.", "Axiom cheat : False."):
            with open(source / "Main.v", "a", encoding="utf-8") as file:
                file.write(f"{word}\n")
            must_fail(word, "Main.v:", lambda: require_honest(source))
            shutil.copy(SOURCE / "Main.v", source)
    # A digit of a generated file.
    folder = build / "negative"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    generate(ncverify, folder)
    digits = [
        ("Paper.v", r"margin_300 : near .* \d\.\d*(\d) 5e-\d+", "the last digit of a margin"),
        ("Paper.v", r"loss_enclosed : near .* \d\.\d{20}(\d)\d* ?e-2 5e-\d+", "a digit of the minimum loss"),
        ("Collapsed.v", r"floor_T : Z := (\d+)\.", "the threshold"),
        ("Point.v", r"W_rows : .*?\d\.\d{12}(\d)", "a digit of the classifier"),
        ("Point.v", r"slopes : seq \(Z \* Z\) := \[:: \((\d)", "a digit of a slope"),
        ("CollapsedPoint.v", r"lower : R := \(\d{9}(\d)", "a digit of the lower bound"),
    ]
    for name, pattern, what in digits:
        text = (folder / name).read_text(encoding="utf-8")
        match = re.search(pattern, text)
        if not match:
            raise Failure(f"{name}: nothing matches {pattern}")
        wrong = str((int(match.group(1)) + 1) if len(match.group(1)) > 1 else (int(match.group(1)) + 1) % 10)
        path = folder / ("Changed" + name)
        path.write_text(text[: match.start(1)] + wrong + text[match.end(1):], encoding="utf-8")
        must_fail(f"{name}: {what} changed", f"coqc Changed{name}", lambda: coqc(folder, path.name, ".."))


def part_stamp(build, _):
    sources = digest()
    for part in PARTS:
        marker = build / f"passed.{part}"
        if not marker.is_file() or marker.read_text(encoding="utf-8") != sources:
            raise Failure(f"{part} has not passed with these sources")
    theorems = {theorem: statement(theorem) for theorem in sorted({theorem for _, theorem in claims()})}
    stamp = {"format": "ncverify-proofs-1", "sources": sources, "theorems": theorems}
    path = build / "stamp.json"
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    os.replace(temporary, path)


def main(arguments):
    global MATHCOMP2
    if arguments[:1] == ["--mathcomp2"]:
        MATHCOMP2, arguments = True, arguments[1:]
    if len(arguments) not in (2, 3) or arguments[0] not in [*PARTS, "stamp"]:
        print(__doc__, file=sys.stderr)
        return 2
    part, build = arguments[0], pathlib.Path(arguments[1]).resolve()
    ncverify = pathlib.Path(arguments[2]).resolve() if len(arguments) == 3 else None
    build.mkdir(parents=True, exist_ok=True)
    marker = build / f"passed.{part}"
    marker.unlink(missing_ok=True)
    if part != "stamp":
        (build / "stamp.json").unlink(missing_ok=True)
    sources = digest()
    try:
        globals()["part_" + part](build, ncverify)
    except Failure as failure:
        print(f"proofs, {part}: {failure}", file=sys.stderr)
        return 1
    if part != "stamp":
        marker.write_text(sources, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
