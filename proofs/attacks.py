"""What must fail does: weakened lemmas, ways to have a theorem without its proof or with another statement, changed digits.
Each is tried on a copy of what was compiled, and has to fail where it is meant to."""

import pathlib
import re
import shutil
import tempfile

import coq
from generated import generate
from sources import SOURCE, Failure, files, statements

# A claim's theorem, on which the attacks are tried, and a way to have anything from 1 < 0.
VICTIM = "Statements.thm1_b"
ABSURD = "by have := small; move=> h; exfalso; Lra.lra."


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


class Copies:
    """A copy of the sources and one of what was compiled, in a folder that goes away."""

    def __init__(self, build):
        self.build, self.temporary = build, tempfile.TemporaryDirectory()

    def __enter__(self):
        folder = pathlib.Path(self.temporary.name)
        self.compiled, self.source = folder / "copy", folder / "source"
        shutil.copytree(self.build, self.compiled, ignore=shutil.ignore_patterns("generated", "negative", "CMakeFiles"))
        self.source.mkdir()
        for file in [*files(), "_CoqProject", "claims.txt", "statements.txt"]:
            shutil.copy(SOURCE / file, self.source)
        return self

    def __exit__(self, *_):
        self.temporary.cleanup()

    def replace(self, name, old, new):
        text = (SOURCE / name).read_text(encoding="utf-8")
        (self.source / name).write_text(changed(text, old, new), encoding="utf-8")


def weakened(build):
    """A weaker lemma or another definition that its proof still proves, but what follows does not."""
    cases = [
        ("Duality.v", "Lemma others_ge0 k j : 0 <= s j - x k j.", "Lemma others_ge0 k j : -1 <= s j - x k j.",
         "coqc Duality.v"),
        ("LowerBound.v", "  feasible H -> Lstar P <= L0 W H.\nProof. by move=> H0;",
         "  feasible H -> Lstar P - 1 <= L0 W H.\nProof. move=> H0; suff: Lstar P <= L0 W H by Lra.lra.",
         "coqc Attainment.v"),
        ("Problem.v", "/\\ (omega k * beta k) ^ 2 * n k <= c ^ 2", "/\\ (omega k * beta k) ^ 2 * n k <= 2 * c ^ 2",
         "coqc Duality.v"),
        ("Problem.v", "(\\sum_k (omega k * \\sum_i CE", "(\\sum_k (omega k ^ 2 * \\sum_i CE", "coqc Identity.v"),
    ]
    for name, old, new, where in cases:
        with Copies(build) as copies:
            copies.replace(name, old, new)
            must_fail(f"{name}: {new.splitlines()[0].strip()}", where,
                      lambda: coq.compile_all(copies.source, copies.compiled))


def on_a_statement(build):
    """Ways to have the theorem of a claim without a proof, or the name without the statement."""
    name = VICTIM.split(".")[1]
    text = (SOURCE / "Statements.v").read_text(encoding="utf-8")
    whole = re.search(rf"^Theorem {name}\b.*?^Proof\..*?Qed\.\n", text, re.MULTILINE | re.DOTALL).group()
    stated = whole[: whole.index("Proof.")]
    product = "dot (mean H k) (mean H l)"
    cheap = stated + f"Proof. {ABSURD} Qed.\n"
    rests, differs = f"{VICTIM} rests on", f"{VICTIM} states"
    cases = [
        ("a theorem that says True", f"Theorem {name} : True. Proof. by []. Qed.\n", differs),
        ("a hypothesis left over from a section",
         f"Section Small.\nHypothesis small : 1 < 0.\n{cheap}End Small.\n", differs),
        ("a variable left over from a section", f"Section Small.\nVariable small : 1 < 0.\n{cheap}End Small.\n", differs),
        ("a context left over from a section", f"Section Small.\nContext (small : 1 < 0).\n{cheap}End Small.\n", differs),
        ("a variable outside all sections", f"Variable small : 1 < 0.\n{cheap}", rests),
        ("an axiom between strings that open and close a comment",
         f'Definition opens := "(*"%string.\nAxiom small : 1 < 0.\nDefinition closes := "*)"%string.\n{cheap}', rests),
        ("the guard taken off on two lines",
         "Unset\n  Guard Checking.\nFixpoint small (n : nat) {struct n} : False := small n.\nSet Guard Checking.\n"
         f"{stated}Proof. by case: (small 0). Qed.\n", rests),
        ("a proof that is admitted", f"{stated}Proof. Admitted.\n", rests),
        ("a notation that prints as the claim",
         'Definition same (x : R) : Prop := True.\nNotation "x = 0" := (same x) (at level 70, only printing).\n'
         f"{changed(stated, product + ' = 0', 'same (' + product + ')')}Proof. by []. Qed.\n", differs),
    ]
    with Copies(build) as copies:
        for what, instead, where in cases:
            strings = "From Coq Require Import String.\nOpen Scope R_scope.\n" if "%string" in instead else ""
            copies.replace("Statements.v", whole, strings + instead)
            (copies.compiled / "Statements.v").write_bytes((copies.source / "Statements.v").read_bytes())

            def ask():
                coq.coqc(copies.compiled, "Statements.v")
                recorded = {VICTIM: statements()[VICTIM]}
                coq.require_statements(copies.compiled, copies.source, [VICTIM], recorded)
                coq.require_axioms(copies.compiled, None, [VICTIM])

            must_fail(what, where, ask)
            # A compiled file that is not what was compiled, beside the sources as they are.
            must_fail(f"{what}, its compiled file put in the place of ours", "Statements.vo: not the files",
                      lambda: coq.require_compiled(copies.compiled, copies.source))


def left_out(build):
    """What coqchk must tell, whether or not a theorem uses it."""
    head = "From NeuralCollapse Require Import Preamble.\n"
    cases = [
        ("an axiom of our own", "Axiom cheat : 1 < 0.\n", "NeuralCollapse.Cheat.cheat"),
        ("a lemma that is admitted", "Lemma cheat : 1 < 0.\nProof. Admitted.\n", "NeuralCollapse.Cheat.cheat"),
        ("a parameter in words on two lines", "Parameter\n  cheat : 1 < 0.\n", "NeuralCollapse.Cheat.cheat"),
        ("a function without a guard",
         "Unset\nGuard Checking.\nFixpoint cheat (n : nat) {struct n} : False := cheat n.\n", "NeuralCollapse.Cheat.cheat"),
        ("a type without positivity",
         "Unset Positivity\nChecking.\nInductive cheat := Cheat : (cheat -> False) -> cheat.\n", "NeuralCollapse.Cheat.cheat"),
    ]
    with Copies(build) as copies:
        for what, text, where in cases:
            (copies.compiled / "Cheat.v").write_text(head + text, encoding="utf-8")
            coq.coqc(copies.compiled, "Cheat.v")
            must_fail(what, where, lambda: coq.coqchk(copies.compiled, ["Cheat"], alone=True))


def digits(build, ncverify):
    """A digit of a generated file."""
    folder = build / "negative"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    generate(ncverify, folder)
    cases = [
        ("Paper.v", r"margin_300 : near .*?\s\d\.\d*(\d)\s+5e-\d+", "the last digit of a margin"),
        ("Paper.v", r"loss_enclosed : near .*?\s\d\.\d{20}(\d)\d* ?e-2\s+5e-\d+", "a digit of the minimum loss"),
        ("Collapsed.v", r"floor_T : Z := (\d+)\.", "the threshold"),
        ("Point.v", r"W_rows : .*?\d\.\d{12}(\d)", "a digit of the classifier"),
        ("Point.v", r"slopes : seq \(Z \* Z\) :=\s+\[::\s+\((\d)", "a digit of a slope"),
        ("Weighted.v", r"margin_9_400 : near .*?\s\d\.\d*(\d)\s+5e-\d+", "the last digit of a margin with weights"),
        ("Weighted.v", r"weights : seq Z :=\s+\[::\s+(\d)", "the square of a weight"),
        ("WeightedPoint.v", r"slopes : seq \(Z \* Z\) :=\s+\[::\s+\(\d+, \d+\); \((\d)", "a digit of a slope with weights"),
        ("CollapsedPoint.v", r"lower : R :=\s+\(\d{9}(\d)", "a digit of the lower bound"),
    ]
    for name, pattern, what in cases:
        text = (folder / name).read_text(encoding="utf-8")
        match = re.search(pattern, text, re.DOTALL)
        if not match:
            raise Failure(f"{name}: nothing matches {pattern}")
        wrong = str((int(match.group(1)) + 1) if len(match.group(1)) > 1 else (int(match.group(1)) + 1) % 10)
        path = folder / ("Changed" + name)
        path.write_text(text[: match.start(1)] + wrong + text[match.end(1):], encoding="utf-8")
        must_fail(f"{name}: {what} changed", f"coqc Changed{name}", lambda: coq.coqc(folder, path.name, ".."))
