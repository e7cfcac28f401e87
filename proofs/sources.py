"""The sources of the Coq development: which files there are, what identifies them, and which theorem settles which claim.
What the theorems say and rest on is asked of Coq (coq.py), never read from their text."""

import hashlib
import pathlib

SOURCE = pathlib.Path(__file__).resolve().parent


# A file that needs more than the others, and what: left out where that is not installed. No claim rests on it.
NEEDS = {"Matrices.v": "mathcomp/algebra/matrix.vo"}


class Failure(Exception):
    """A part did not pass; the message says where."""


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def files(source=SOURCE):
    """The .v files in the order in which they are compiled."""
    lines = (source / "_CoqProject").read_text(encoding="utf-8").split()
    listed = [line for line in lines if line.endswith(".v")]
    present = sorted(path.name for path in source.glob("*.v"))
    if sorted(listed) != present:
        raise Failure(f"_CoqProject lists {sorted(set(listed) ^ set(present))} wrongly")
    return listed


def stated(source=SOURCE):
    """The modules in which the theorems stand that settle claims, outside all sections: Statements, StatementsProof, .."""
    return [name[:-2] for name in files(source) if name.startswith("Statements")]


def hashes(source=SOURCE):
    """Of all that the theorems say and are proved and checked by, these programs among it."""
    names = [path.name for path in [*source.glob("*.v"), *source.glob("*.py")]]
    return {name: sha256((source / name).read_bytes())
            for name in sorted([*names, "_CoqProject", "claims.txt", "statements.txt"])}


def digest(source=SOURCE):
    """All of these in one: CMakeLists.txt computes the same for the program."""
    return sha256("".join(f"{name} {value}\n" for name, value in hashes(source).items()).encode())


def claims(source=SOURCE):
    """Claim identifiers, each with the theorem that proves, refutes or supports it, and is named after it."""
    pairs = []
    for line in (source / "claims.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            claim, how, theorem = line.split()
            if how not in ("proves", "refutes", "supports"):
                raise Failure(f"claims.txt: {line}: proves, refutes or supports?")
            module, name = theorem.split(".")
            if module not in stated(source) or name != claim.replace(".", "_").replace("-", "_"):
                raise Failure(f"claims.txt: {line}: a theorem of {', '.join(stated(source))} that is named after the claim")
            pairs.append((claim, theorem))
    return pairs


def theorems(source=SOURCE):
    """The theorems that settle claims, "Module.name", in the order of claims.txt."""
    return list(dict.fromkeys(theorem for _, theorem in claims(source)))


def statements(source=SOURCE):
    """statements.txt: for each of them what Coq printed when it was recorded, and the SHA-256 of what it printed without
    notations and with everything implicit shown. The program carries the same file."""
    found, name = {}, None
    for line in (source / "statements.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            _, name, plain = line.split()
            found[name] = ["", plain]
        elif name and line.strip():
            found[name][0] += line + "\n"
    return {name: (text.rstrip("\n"), plain) for name, (text, plain) in found.items()}
