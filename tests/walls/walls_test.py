#!/usr/bin/env python3
"""The arrows of the house: fails where a folder includes what it must not know.

    files <- problem <- theory, solvers, bottleneck, certificates <- properties <- screen
             problem's numbers <- trial               <- properties
                        theory, certificates <- measure
                                         trial, properties, measure, screen <- reports <- cli

    files, problem, theory, certificates <- proofs/writer <- cli
    all rooms but reports and screen <- library, the functions of include/ncverify <- cli
    trial <- campaign <- cli <- mpi
    library, measure, reports <- python
    files, problem, measure, and of cli how an option is read <- experiments

    files, which everything may use, knows of problem nothing but problem/errors.hpp: how input is refused.
    trial, the engine, and campaign, its store, know no problem: of the room of that name only numbers, randomness and how input is refused.
    screen/kernel, which solves, and measure/kernel, which multiplies, know nothing but themselves. include/, the public interface, consists of plain values
    and functions over them: it knows the standard library and itself, and every room may fill its values.

Usage: walls_test.py [ROOT]. First the check is turned on a small tree with known violations.
"""

import pathlib
import re
import sys
import tempfile

ALLOWED = {
    "files": {"files"},
    "problem": {"files", "problem"},
    "theory": {"files", "problem", "theory"},
    "solvers": {"files", "problem", "solvers"},
    "bottleneck": {"files", "problem", "bottleneck"},
    "certificates": {"files", "problem", "certificates"},
    "proofs": {"files", "problem", "theory", "certificates", "proofs"},
    "trial": {"files", "trial"},
    "properties": {"files", "problem", "bottleneck", "theory", "solvers", "certificates", "trial", "properties"},
    "measure": {"files", "problem", "theory", "certificates", "measure"},
    "screen": {"files", "problem", "bottleneck", "theory", "solvers", "certificates", "trial", "properties", "screen"},
    "campaign": {"files", "trial", "campaign"},
    "reports": {"files", "problem", "bottleneck", "theory", "solvers", "certificates", "trial", "properties", "measure", "screen",
                "reports"},
    "library": {"files", "problem", "bottleneck", "theory", "solvers", "certificates", "trial", "properties", "measure", "library"},
    "cli": {"files", "problem", "bottleneck", "theory", "solvers", "certificates", "proofs", "trial", "properties", "reports", "measure",
            "screen", "library", "campaign", "cli"},
    "mpi": {"trial", "campaign", "cli", "mpi"},
    "experiments": {"files", "problem", "measure", "experiments"},
    "python": {"files", "problem", "bottleneck", "theory", "solvers", "certificates", "trial", "properties", "reports", "measure",
               "library", "python"},
    "include": set(),
}
EXCEPTIONS = {("files", "problem/errors.hpp"), ("experiments", "cli/option.hpp"), ("experiments", "cli/command_line.hpp"),
              ("mpi", "problem/errors.hpp"),
              *((room, f"problem/{header}.hpp") for room in ("trial", "campaign") for header in ("errors", "scalar", "enclosure", "random", "suggestion", "progress",
                                                               "cancellation"))}
PUBLIC = "ncverify"  # how the headers of include/ are included
KERNELS = ("screen/kernel", "measure/kernel")
SUFFIXES = {".hpp", ".cpp", ".h", ".hh", ".cc", ".cxx", ".hxx", ".ipp", ".inl", ".inc", ".cu", ".cuh", ".in"}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*(?:include|include_next|import)[ \t]*[<"]([^>"]+)[>"]', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


PAPERS = re.compile(r"^set\(NCVERIFY_PAPERS ([^)]*)\)", re.MULTILINE)


def allowed_with_papers(root):
    """ALLOWED, with the papers beside `properties` that CMakeLists.txt lists; each knows what that one may, and itself."""
    allowed = dict(ALLOWED)
    lists = root / "CMakeLists.txt"
    papers = PAPERS.search(lists.read_text(encoding="utf-8")) if lists.is_file() else None
    for paper in papers.group(1).split() if papers else []:
        allowed.setdefault(paper, (ALLOWED["properties"] - {"properties"}) | {paper})
        allowed["cli"] = allowed["cli"] | {paper}
    return allowed


def complaint(folder, included, allowed):
    """What is wrong with `folder` including `included`, or None."""
    parts = included.split("/")
    if ".." in parts or "." in parts or included.startswith("/"):
        return "relative or absolute path"
    if (folder, included) in EXCEPTIONS:
        return None
    if folder in KERNELS and parts[0] in allowed and parts[:2] != folder.split("/"):
        return f"{folder} must not know {parts[0]}"
    if folder == "include" and parts[0] != PUBLIC and ("/" in included or "." in included):
        return f"{folder} must not know {included}"
    if parts[0] in allowed and parts[0] not in allowed[folder.split("/")[0]]:
        return f"{folder} must not know {parts[0]}"
    return None


def violations(root):
    """Every forbidden include under `root`, as 'file:line: include: reason'."""
    found = []
    allowed = allowed_with_papers(root)
    for folder in sorted(allowed) + [*KERNELS]:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in SUFFIXES or not path.is_file():
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            text = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
            for match in INCLUDE.finditer(text):
                reason = complaint(folder, match.group(1), allowed)
                if reason:
                    line = text.count("\n", 0, match.start(1)) + 1
                    found.append(f"{path.relative_to(root)}:{line}: {match.group(1)}: {reason}")
    return found


def self_check():
    """The check sees every kind of violation, and nothing where there is none."""
    wrong = {
        "trial/a.cpp": '#include "problem/configuration.hpp"\n',
        "toy/a.cpp": '#include "properties/case.hpp"\n',
        "trial/toy.cpp": '#include "toy/paper.hpp"\n',
        "trial/b.hpp": '#include "properties/case.hpp"\n',
        "trial/c.cpp": '#include "theory/closed_form.hpp"\n',
        "trial/d.cpp": '#include "solvers/solve.hpp"\n',
        "trial/e.cpp": '#include "certificates/check.hpp"\n',
        "problem/t.cpp": '#include "trial/trial.hpp"\n',
        "solvers/t.cpp": '#include "trial/claim.hpp"\n',
        "theory/a.cpp": '#include "solvers/search.hpp"\n',
        "theory/b.hpp": '# include "certificates/check.hpp"\n',
        "solvers/deep/a.cu": '#include <theory/minimizer.hpp>\n',
        "certificates/a.cpp": '/* c */ \n  #include "theory/constants.hpp"\n',
        "certificates/b.cpp": '#include "solvers/slopes.hpp"\n',
        "problem/a.hpp": '#include "properties/claim.hpp"\n',
        "problem/b.hpp": '#include "theory/constants.hpp"\n',
        "solvers/b.hpp": '#include "reports/report.hpp"\n',
        "properties/a.cpp": '#include "reports/report.hpp"\n',
        "properties/b.cpp": '#include "cli/main.hpp"\n',
        "reports/a.cpp": '#include "cli/main.hpp"\n',
        "measure/a.cpp": '#include "solvers/search.hpp"\n',
        "theory/c.cpp": '#include "measure/network.hpp"\n',
        "files/a.cpp": '#include "problem/objective.hpp"\n',
        "files/b.hpp": '#include "measure/network.hpp"\n',
        "measure/b.cpp": '#include "reports/text.hpp"\n',
        "screen/a.cpp": '#include "cli/options.hpp"\n',
        "screen/b.cpp": '#include "reports/screens.hpp"\n',
        "screen/kernel/c.hpp": '#include "files/json.hpp"\n',
        "screen/kernel/a.hpp": '#include "problem/errors.hpp"\n',
        "screen/kernel/b.cu": '#include "screen/claims.hpp"\n',
        "measure/kernel/a.hpp": '#include "measure/network.hpp"\n',
        "measure/kernel/b.cpp": '#include "problem/errors.hpp"\n',
        "proofs/writer/a.cpp": '#include "solvers/search.hpp"\n',
        "theory/d.cpp": '#include "proofs/writer/coq_text.hpp"\n',
        "library/a.cpp": '#include "reports/report.hpp"\n',
        "solvers/c.cpp": '#include "library/checked.hpp"\n',
        "include/ncverify/a.hpp": '#include "problem/errors.hpp"\n',
        "include/ncverify/b.hpp": '#include <boost/multiprecision/mpfr.hpp>\n',
        "cli/a.cpp": '#include "../problem/errors.hpp"\n',
        "experiments/a.cpp": '#include "theory/closed_form.hpp"\n',
        "experiments/b.cpp": '#include "cli/messages.hpp"\n',
        "measure/c.cpp": '#include "experiments/settings.hpp"\n',
        "campaign/a.cpp": '#include "properties/paper.hpp"\n',
        "campaign/b.cpp": '#include "reports/report.hpp"\n',
        "cli/b.cpp": '#include "mpi/ranks.hpp"\n',
    }
    right = {
        "CMakeLists.txt": "set(NCVERIFY_PAPERS properties toy)\n",
        "toy/right.cpp": '#include "theory/closed_form.hpp"\n#include "toy/paper.hpp"\n#include "trial/paper.hpp"\n',
        "trial/right.cpp": '#include "problem/enclosure.hpp"\n#include "problem/random.hpp"\n#include "files/json.hpp"\n',
        "theory/right.cpp": '#include <vector>\n#include "problem/errors.hpp"\n// #include "solvers/search.hpp"\n',
        "experiments/right.cpp": '#include "cli/option.hpp"\n#include "measure/measurement.hpp"\n#include <torch/nn.h>\n',
        "include/ncverify/right.hpp": '#include <string>\n#include "ncverify/theory.hpp"\n',
        "files/right.cpp": '#include "problem/errors.hpp"\n',
        "reports/right.cpp": '#include "measure/network.hpp"\n#include "screen/record.hpp"\n',
        "cli/right.cpp": '#include "reports/report.hpp"\n#include "theory/minimizer.hpp"\n',
    }
    with tempfile.TemporaryDirectory() as directory:
        root = pathlib.Path(directory)
        for name, text in {**wrong, **right}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        found = {violation.split(":")[0] for violation in violations(root)}
    if found != set(wrong):
        print("self-check failed: missed", sorted(set(wrong) - found), "wrongly seen", sorted(found - set(wrong)),
              file=sys.stderr)
        return False
    return True


def main(arguments):
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parents[2]
    if not self_check():
        return 1
    missing = [folder for folder in ALLOWED if not (root / folder).is_dir()]
    if missing:
        print(f"{root}: no folder {', '.join(missing)}", file=sys.stderr)
        return 1
    found = violations(root)
    for violation in found:
        print(violation, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
