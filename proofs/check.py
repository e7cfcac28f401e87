#!/usr/bin/env python3
"""Checks the Coq development, part by part. Each part leaves a marker for the sources and the compiled files that it passed
with.

Usage: check.py [--coqc COQC] PART BUILD_DIRECTORY [NCVERIFY]     (for MathComp 2: mathcomp2.py)

    build        coqc on every file, from scratch
    coqchk       the compiled theorems again, by Coq's small independent checker: on four axioms, every check made
    statements   every theorem that claims.txt names states what statements.txt records, and they, Main's and Matrices' rest on those axioms
    generated    numbers and certificates that NCVERIFY writes: the paper's configuration, collapsed ones
    negative     what must fail does: a weakened lemma, an axiom, a hypothesis left over, a changed digit, ...
    stamp        where all other parts passed with these sources and compiled files: stamp.json, which the report reads

    compile      coqc on what changed, for work on the proofs
    record       writes what Coq prints for the theorems of claims.txt to statements.txt
    fresh        build, coqchk and statements in one, and a stamp of these three: what `ncverify verify --check-proofs` runs
"""

import json
import os
import pathlib
import shutil
import sys

import attacks
import coq
from generated import generate
from sources import NEEDS, SOURCE, Failure, digest, hashes, stated, statements, theorems

PARTS = ["build", "coqchk", "statements", "generated", "negative"]


def part_build(build, _):
    coq.compile_all(SOURCE, build, scratch=True)


def part_compile(build, _):
    coq.compile_all(SOURCE, build)


def part_coqchk(build, _):
    # Numbers.v holds no theorem, and would bring the library of the interval tactic with it; what needs another library
    # is checked alone, and not that.
    present = coq.present(SOURCE)
    coq.coqchk(build, [name[:-2] for name in present if name != "Numbers.v" and name not in NEEDS])
    for name in NEEDS:
        if name in present:
            coq.coqchk(build, [name[:-2]], alone=True)


def stated_names(build):
    """The theorems of these modules, as Coq lists them: every one settles a claim."""
    answers = coq.ask(build, None, stated(), [f"Print Module {module}." for module in stated()])
    return {f"{module}.{line.split()[1]}" for module, answer in zip(stated(), answers)
            for line in answer.splitlines() if line.split()[:1] in (["Parameter"], ["Definition"], ["Axiom"])}


def part_statements(build, _):
    named = theorems()
    listed = stated_names(build)
    if set(named) != listed:
        raise Failure(f"claims.txt and {', '.join(stated())} differ in {sorted(set(named) ^ listed)}")
    coq.require_statements(build, SOURCE, named, statements())
    for module, least in (("Main", 20), ("Matrices", 5)):
        if module + ".v" not in coq.present(SOURCE):
            continue
        answer, = coq.ask(build, None, [module], [f"Print Module {module}."])
        found = [f"{module}.{line.split()[1]}" for line in answer.splitlines() if line.split()[:1] == ["Parameter"]]
        if len(found) < least:
            raise Failure(f"{module} holds {len(found)} theorems, as Coq prints it:\n{answer}")
        named += found
    coq.require_axioms(build, None, named)


def part_record(build, _):
    coq.require_compiled(build, SOURCE)
    now = coq.printed(build, SOURCE, theorems())
    text = ("# What Coq 8.16 prints for the theorems of claims.txt; after each name the SHA-256 of what it prints for it with\n"
            "# `Set Printing All`. Written by `check.py record`; the program carries this file, and its report shows it.\n")
    text += "".join(f"\n== {name} {plain}\n{shown}\n" for name, (shown, plain) in now.items())
    (SOURCE / "statements.txt").write_text(text, encoding="utf-8")


def part_generated(build, ncverify):
    folder = build / "generated"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    named = generate(ncverify, folder)
    extra = ("-R", ".", "Generated")
    for name in dict.fromkeys(theorem.split(".")[0] for theorem in named):
        coq.coqc(folder, name + ".v", "..", extra)
    coq.require_axioms(folder, "..", named, extra, numbers=True)


def part_negative(build, ncverify):
    attacks.weakened(build)
    attacks.on_a_statement(build)
    attacks.left_out(build)
    attacks.digits(build, ncverify)


def write_stamp(build, parts):
    number, mathcomp2 = coq.version()
    recorded = statements()
    stamp = {
        "format": "ncverify-proofs-2",
        "sources": digest(),
        "coq": number,
        "mathcomp": 2 if mathcomp2 else 1,
        "parts": parts,
        "axioms": sorted(coq.AXIOMS),
        "theorems": {name: recorded[name][0] for name in theorems()},
        "files": hashes(),
        "compiled": coq.compiled(build, SOURCE),
    }
    path = build / "stamp.json"
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    os.replace(temporary, path)


def part_stamp(build, _):
    for part in PARTS:
        marker = build / f"passed.{part}"
        if not marker.is_file() or marker.read_text(encoding="utf-8") != passed_with(build):
            raise Failure(f"{part} has not passed with these sources and compiled files")
    write_stamp(build, PARTS)


def part_fresh(build, _):
    for part in (part_build, part_coqchk, part_statements):
        part(build, None)
    coq.require_compiled(build, SOURCE)
    write_stamp(build, ["build", "coqchk", "statements"])


def passed_with(build):
    return f"{digest()} {coq.require_compiled(build, SOURCE)}"


def main(arguments):
    if arguments[:1] == ["--coqc"] and len(arguments) > 1:
        coq.COQC, arguments = pathlib.Path(arguments[1]), arguments[2:]
    if len(arguments) not in (2, 3) or arguments[0] not in [*PARTS, "stamp", "compile", "record", "fresh"]:
        print(__doc__, file=sys.stderr)
        return 2
    part, build = arguments[0], pathlib.Path(arguments[1]).resolve()
    ncverify = pathlib.Path(arguments[2]).resolve() if len(arguments) == 3 else None
    build.mkdir(parents=True, exist_ok=True)
    marker = build / f"passed.{part}"
    marker.unlink(missing_ok=True)
    if part != "stamp":
        (build / "stamp.json").unlink(missing_ok=True)
    try:
        sources = digest()
        if part in PARTS[1:]:
            coq.require_compiled(build, SOURCE)
        globals()["part_" + part](build, ncverify)
        if part in PARTS:
            if digest() != sources:
                raise Failure("the sources changed meanwhile")
            marker.write_text(passed_with(build), encoding="utf-8")
    except Failure as failure:
        print(f"proofs, {part}: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
