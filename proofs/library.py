#!/usr/bin/env python3
"""The development as a library of Coq's own kind, and its pages; what Makefile runs.

Usage: library.py sources FOLDER     the files as the installed MathComp takes them, without those of which not all is
                                     installed that they need, and the _CoqProject that coq_makefile reads
       library.py pages FOLDER       FOLDER/html, by coqdoc, of what is compiled in FOLDER: the statements without their
                                     proofs, those of the claims first, by the paper's sections and numbers (toc.html)
"""

import os
import pathlib
import shutil
import sys

import coq
from sources import SOURCE, Failure, files, stated

TITLE = "Neural collapse for imbalanced data, in Coq"


def write(path, text):
    """Where it is not there already: make goes by the time of a change."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def sources(folder):
    present, mathcomp2 = coq.present(SOURCE), coq.version()[1]
    for name in present:
        write(folder / name, coq.text_of(SOURCE, name, mathcomp2))
    options = [line for line in (SOURCE / "_CoqProject").read_text(encoding="utf-8").splitlines() if line.startswith("-")]
    write(folder / "_CoqProject", "\n".join([*options, *present]) + "\n")
    for name in files():
        if name not in present:
            print(f"left out: {name}, for want of {coq.NEEDS[name]}")


def pages(folder):
    html = folder / "html"
    shutil.rmtree(html, ignore_errors=True)
    html.mkdir()
    present = coq.present(SOURCE)
    first = [name for name in ["Problem.v", *(module + ".v" for module in stated()), "Main.v", "Matrices.v"] if name in present]
    coqdoc = str(coq.COQC.with_name(coq.COQC.name.replace("coqc", "coqdoc")))
    coq.run([coqdoc, "--html", "--gallina", "--utf8", "--interpolate", "--no-externals", "--toc", "--toc-depth", "3",
             "--title", TITLE, "-R", ".", coq.LOGICAL, "-d", "html", *first, *(name for name in present if name not in first)],
            folder, "coqdoc")


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in ("sources", "pages"):
        print(__doc__, file=sys.stderr)
        return 2
    folder = pathlib.Path(arguments[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    coq.COQC = pathlib.Path(os.environ.get("COQC", "coqc"))
    try:
        globals()[arguments[0]](folder)
    except Failure as failure:
        print(f"proofs, {arguments[0]}: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
