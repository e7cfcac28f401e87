"""Asking Coq: compiling, and what its answers to Check, Print Assumptions and coqchk say."""

import json
import pathlib
import re
import subprocess

from mathcomp2 import for_mathcomp2
from sources import NEEDS, Failure, files, sha256

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
# What generated files are made of, and matrices: no claim's statement speaks of it. Numbers brings the interval tactic
# with it, and Matrices MathComp's notations.
UNSTATED = ("Lists", "Given", "Examples", "Values", "Certificate", "GivenWeights", "CertificateWeights", "Numbers", "Matrices")
# The compiler that is asked; coqchk stands beside it.
COQC = pathlib.Path("coqc")


def run(command, cwd, what, errors=False):
    """What the command prints; with what it says on standard error where `errors` is asked for."""
    try:
        result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Failure(f"{what}: no {command[0]} here; scripts/install --proofs installs Coq") from error
    if result.returncode != 0:
        raise Failure(f"{what}:\n{(result.stdout + result.stderr)[-4000:]}")
    return result.stdout + (result.stderr if errors else "")


def installed(library):
    """Whether a compiled file is among the installed libraries: "HB/structures.vo"."""
    return (pathlib.Path(run([str(COQC), "-where"], None, "coqc").strip()) / "user-contrib" / library).is_file()


def version():
    """Of Coq, "8.16.1", and whether MathComp is 2, which stands on Hierarchy Builder."""
    return run([str(COQC), "--print-version"], None, "coqc").split()[0], installed("HB/structures.vo")


def present(source):
    """The .v files of which all is installed that they need, in the order in which they are compiled."""
    return [name for name in files(source) if name not in NEEDS or installed(NEEDS[name])]


def coqc(folder, name, library=None, extra=()):
    """Compiles folder/name against the library (by default the folder itself is it)."""
    command = [str(COQC), "-q", "-R", str(library or "."), LOGICAL, *extra, "-w", "-notation-overridden", name]
    return run(command, folder, f"coqc {name}")


def text_of(source, name, mathcomp2):
    """A file as the installed MathComp takes it."""
    text = (source / name).read_text(encoding="utf-8")
    return for_mathcomp2(name, text) if mathcomp2 else text


def compiled(folder, source):
    """The SHA-256 of each compiled file there; a missing one is a failure."""
    found = {}
    for name in present(source):
        path = (folder / name).with_suffix(".vo")
        if not path.is_file():
            raise Failure(f"{path.name} is missing")
        found[path.name] = sha256(path.read_bytes())
    return found


def compile_all(source, target, scratch=False):
    """Copies, for the MathComp that is installed, and compiles: all of it `scratch`, in a folder cleared of whatever was
    compiled there; else what changed since, comes after something that did, or is not what was compiled here."""
    mathcomp2 = version()[1]
    target.mkdir(parents=True, exist_ok=True)
    record = target / "compiled.json"
    known = {}
    if scratch:
        for old in target.glob("*.v*"):
            old.unlink()
    elif record.is_file():
        known = json.loads(record.read_text(encoding="utf-8"))
    record.unlink(missing_ok=True)
    stale = False
    for name in present(source):
        text = text_of(source, name, mathcomp2).encode()
        copy = target / name
        made = copy.with_suffix(".vo")
        if (not stale and copy.is_file() and copy.read_bytes() == text and made.is_file()
                and known.get(made.name) == sha256(made.read_bytes())):
            continue
        stale = True
        made.unlink(missing_ok=True)
        copy.write_bytes(text)
        coqc(target, name)
    record.write_text(json.dumps(compiled(target, source), indent=1) + "\n", encoding="utf-8")


def require_compiled(folder, source):
    """Fails where a compiled file is not the one that compile_all left. Returns what identifies them all."""
    record = folder / "compiled.json"
    if not record.is_file():
        raise Failure(f"{folder}: nothing compiled; part build comes first")
    known, now = json.loads(record.read_text(encoding="utf-8")), compiled(folder, source)
    if known != now:
        other = sorted(name for name in {*known, *now} if known.get(name) != now.get(name))
        raise Failure(f"{', '.join(other)}: not the files that were compiled here")
    return sha256(json.dumps(now, sort_keys=True).encode())


def ask(folder, library, modules, questions, extra=(), before=()):
    """Coq's answers to the questions, commands each. None of them can contain what separates them here: Coq prints the
    separators, and names in answers hold no spaces."""
    lines = ["From Coq Require Import String.", *before,
             f"From {LOGICAL if library is None else 'Generated'} Require {' '.join(modules)}."]
    for number, question in enumerate(questions):
        lines += [f'Eval compute in "QUESTION {number}"%string.', question]
    path = folder / "Asked_.v"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        output = coqc(folder, path.name, library, extra)
    finally:
        for leftover in [*folder.glob("Asked_.*"), *folder.glob(".Asked_.aux")]:
            leftover.unlink()
    answers = re.split(r'^ +(?:= "QUESTION \d+"%string\s*: (?:String\.)?string)\n', output, flags=re.MULTILINE)[1:]
    if len(answers) != len(questions):
        raise Failure(f"{len(answers)} answers to {len(questions)} questions:\n{output[-2000:]}")
    return answers


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


def require_axioms(folder, library, names, extra=(), numbers=False):
    """Fails where one of the theorems, "Module.name", rests on more than is allowed."""
    def excess(answer):
        found = axioms_of(answer) - AXIOMS
        return {axiom for axiom in found if not (numbers and MACHINE_INTEGERS.fullmatch(axiom))}

    def asked(groups):
        modules = sorted({name.split(".")[0] for group in groups for name in group})
        questions = [f"Definition group_{number} := ({', '.join('@' + name for name in group)}).\n"
                     f"Print Assumptions group_{number}." for number, group in enumerate(groups)]
        return ask(folder, library, modules, questions, extra)

    # All at once is much faster; one by one tells which.
    if not excess(asked([names])[0]):
        return
    wrong = [f"{name} rests on {sorted(excess(answer))}"
             for name, answer in zip(names, asked([[name] for name in names])) if excess(answer)]
    raise Failure("\n".join(wrong))


def printed(folder, source, names):
    """What Coq's Check prints for each theorem, and the SHA-256 of what it prints with `Set Printing All`."""
    modules = [name[:-2] for name in files(source) if name[:-2] not in UNSTATED]
    before = [f"From {LOGICAL} Require Import {' '.join(modules)}.", "Set Printing Width 100."]
    plain = [f"Check @{name}." for name in names]
    full = [f"Set Printing All.\n{question}\nUnset Printing All." for question in plain]
    answers = []
    for questions in (plain, full):
        for name, answer in zip(names, ask(folder, None, modules, questions, before=before)):
            match = re.match(r"@?[\w.]+\n? +: (.*)\Z", answer.rstrip(), re.DOTALL)
            if not match:
                raise Failure(f"{name}: Coq answers\n{answer}")
            answers.append(re.sub(r"\n {7}", "\n", match.group(1)))
    return {name: (answers[i], sha256(" ".join(answers[len(names) + i].split()).encode()))
            for i, name in enumerate(names)}


def require_statements(folder, source, names, recorded):
    """Fails where a theorem does not state what is recorded for it. Coq's own type checker compares the two; by the version
    that they were recorded with, what it prints is compared as well, with notations and without."""
    missing = [name for name in names if name not in recorded]
    if missing:
        raise Failure(f"statements.txt lacks {', '.join(missing)}; check.py record BUILD writes it")
    now = printed(folder, source, names)
    number, mathcomp2 = version()
    if number.startswith("8.16.") and not mathcomp2:
        wrong = [f"{name} states\n{now[name][0]}\nand recorded is\n{recorded[name][0]}"
                 for name in names if now[name] != recorded[name]]
        if wrong:
            raise Failure("\n".join(wrong))
    modules = [name[:-2] for name in files(source) if name[:-2] not in UNSTATED]
    before = [f"From {LOGICAL} Require Import {' '.join(modules)}.", "Open Scope R_scope."]
    try:
        ask(folder, None, modules, [f"Definition as_recorded_{number} : {recorded[name][0]} := @{name}."
                                    for number, name in enumerate(names)], before=before)
    except Failure as failure:
        raise Failure(f"statements that are not the recorded ones, {', '.join(names)}:\n{failure}") from failure


def coqchk(folder, modules, alone=False):
    """Coq's small independent checker on these modules, and on all that they rest on unless `alone`. Fails unless it says
    that they rest on the four axioms and on nothing else: no guard, positivity or universe check was left out."""
    command = [str(COQC.with_name(COQC.name.replace("coqc", "coqchk"))), "-silent", "-o", "-R", ".", LOGICAL]
    names = [f"{LOGICAL}.{module}" for module in modules]
    output = run([*command, *(["-norec"] if alone else []), *names], folder, "coqchk", errors=True)
    summary = output.partition("CONTEXT SUMMARY")[2]
    sections = {}
    for heading, body in re.findall(r"^\* ([^:]+):(.*(?:\n    .*)*)", summary, re.MULTILINE):
        sections[heading.strip()] = [] if "<none>" in body or "predicative" in body else body.split()
    if "Axioms" not in sections or len(sections) < 5:
        raise Failure(f"coqchk answers\n{output[-2000:]}")
    allowed = {f"Coq.{kind}.{name}" for name in AXIOMS for kind in ("Reals", "Logic")}
    # Alone, names of the libraries that their modules seal count as axioms.
    extra = {heading: [name for name in names if name not in allowed and (not alone or name.startswith(LOGICAL))]
             for heading, names in sections.items()}
    extra = {heading: names for heading, names in extra.items() if names}
    if extra:
        raise Failure("coqchk: " + "; ".join(f"{heading}: {' '.join(names)}" for heading, names in extra.items()))
    return sorted(sections["Axioms"])
