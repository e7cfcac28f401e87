"""What MathComp 2 (Debian 13) asks for in other words than MathComp 1 (Debian 12): its structures are instances of
Hierarchy Builder, which Debian 12 does not have; and its `//` closes two goals more. The files of proofs/ are written for
MathComp 1; where the other is installed, these lines take the place of theirs when the files are compiled. No statement
is among them, and what they prove Coq checks as it checks the rest.
"""

STRUCTURES = "From HB Require Import structures.\n"
REPLACED = {
    "Sums.v": [
        ("From NeuralCollapse Require Import Preamble.\n",
         STRUCTURES + "From NeuralCollapse Require Import Preamble.\n"),
        ("Canonical Rplus_monoid := Monoid.Law RplusA Rplus0x Rplusx0.\n"
         "Canonical Rplus_comoid := Monoid.ComLaw RplusC.\n",
         "HB.instance Definition _ := Monoid.isComLaw.Build R R0 Rplus RplusA RplusC Rplus0x.\n"),
        ("Canonical Rmult_monoid := Monoid.Law RmultA Rmult1x Rmultx1.\n"
         "Canonical Rmult_comoid := Monoid.ComLaw RmultC.\n",
         "HB.instance Definition _ := Monoid.isComLaw.Build R R1 Rmult RmultA RmultC Rmult1x.\n"),
        ("Canonical Rmult_muloid := Monoid.MulLaw Rmult0x Rmultx0.\n",
         "HB.instance Definition _ := Monoid.isMulLaw.Build R R0 Rmult Rmult0x Rmultx0.\n"),
        ("Canonical Rplus_addoid := Monoid.AddLaw RmultDl RmultDr.\n",
         "HB.instance Definition _ := Monoid.isAddLaw.Build R Rmult Rplus RmultDl RmultDr.\n"),
    ],
    "Theorem1.v": [("(v' := h k)) //; last by move=> j; exact: dual.", "(v' := h k)) //.")],
    "Attainment.v": [("(v' := h k)) //; last by move=> j; exact: dual.", "(v' := h k)) //.")],
    "Lists.v": [
        ("From NeuralCollapse Require Import Setting.\n",
         STRUCTURES + "From NeuralCollapse Require Import Setting.\n"),
        ("Canonical Z_eqMixin := EqMixin Z_eqP.\n"
         "Canonical Z_eqType := EqType Z Z_eqMixin.\n",
         "HB.instance Definition _ := hasDecEq.Build Z Z_eqP.\n"),
    ],
}


def for_mathcomp2(name, text):
    """The text of a file as MathComp 2 takes it. Raises ValueError where a line to replace is not there once."""
    for old, new in REPLACED.get(name, []):
        if text.count(old) != 1:
            raise ValueError(f"{name}: found {text.count(old)} times: {old}")
        text = text.replace(old, new)
    return text
