"""The sources of the Coq development as text: which files there are, what they state, and what may stand in none."""

import hashlib
import pathlib
import re

SOURCE = pathlib.Path(__file__).resolve().parent
FORBIDDEN = re.compile(
    r"\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjectures?|bypass_check|Unset\s+Guard|Unset\s+Positivity"
    r"|Unset\s+Universe|type-in-type|Hypothesis\s+\w+\s*:\s*False)\b"
)


class Failure(Exception):
    """A part did not pass; the message says where."""


def files(source=SOURCE):
    """The .v files in the order in which they are compiled."""
    lines = (source / "_CoqProject").read_text(encoding="utf-8").split()
    return [line for line in lines if line.endswith(".v")]


def digest(source=SOURCE):
    """Of all that the theorems say and are proved by: CMakeLists.txt computes the same for the program."""
    names = sorted(path.name for path in source.glob("*.v")) + ["_CoqProject", "claims.txt", "mathcomp2.py"]
    lines = (f"{name} {hashlib.sha256((source / name).read_bytes()).hexdigest()}\n" for name in sorted(names))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def without_comments(text):
    """Coq's comments nest."""
    kept, depth, i = [], 0, 0
    while i < len(text):
        if text.startswith("(*", i):
            depth, i = depth + 1, i + 2
        elif text.startswith("*)", i) and depth:
            depth, i = depth - 1, i + 2
        else:
            if not depth or text[i] == "\n":
                kept.append(text[i])
            i += 1
    return "".join(kept)


def require_honest(source):
    """No proof is left out: a word that would do so stands in no file. (Print Assumptions sees what is used.)"""
    listed = files(source)
    present = sorted(path.name for path in source.glob("*.v"))
    if sorted(listed) != present:
        raise Failure(f"_CoqProject lists {sorted(set(listed) ^ set(present))} wrongly")
    for name in listed:
        text = without_comments((source / name).read_text(encoding="utf-8"))
        for number, line in enumerate(text.splitlines(), 1):
            if FORBIDDEN.search(line):
                raise Failure(f"{name}:{number}: {line.strip()}")


def claims(source=SOURCE):
    """Claim identifiers, each with the theorem that proves or refutes it."""
    pairs = []
    for line in (source / "claims.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            claim, how, theorem = line.split()
            if how not in ("proves", "refutes"):
                raise Failure(f"claims.txt: {line}: proves or refutes?")
            pairs.append((claim, theorem))
    return pairs


def statement(theorem, source=SOURCE):
    """The text of a theorem as its file states it, "Theorem .. ." """
    module, name = theorem.split(".")
    text = without_comments((source / f"{module}.v").read_text(encoding="utf-8"))
    found = re.search(rf"^(?:Theorem|Lemma) {name}\b.*?\.\s*(?=^Proof)", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise Failure(f"no theorem {theorem}")
    return found.group().strip()


def main_theorems(source=SOURCE):
    text = without_comments((source / "Main.v").read_text(encoding="utf-8"))
    return [f"Main.{name}" for name in re.findall(r"^Theorem (\w+)", text, re.MULTILINE)]
