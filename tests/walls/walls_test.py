#!/usr/bin/env python3
"""The arrows of the house: fails where a folder includes what it must not know.

    files <- problem <- theory, solvers, certificates <- properties <- screen
                        theory, certificates <- measure
                                                properties, measure, screen <- reports <- cli

    files, which everything may use, knows of problem nothing but problem/errors.hpp: how input is refused.
    screen/kernel, which solves, knows nothing but itself.

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
    "certificates": {"files", "problem", "certificates"},
    "properties": {"files", "problem", "theory", "solvers", "certificates", "properties"},
    "measure": {"files", "problem", "theory", "certificates", "measure"},
    "screen": {"files", "problem", "theory", "solvers", "certificates", "properties", "screen"},
    "reports": {"files", "problem", "theory", "solvers", "certificates", "properties", "measure", "screen", "reports"},
    "cli": {"files", "problem", "theory", "solvers", "certificates", "properties", "reports", "measure", "screen", "cli"},
}
EXCEPTIONS = {("files", "problem/errors.hpp")}
KERNEL = "screen/kernel"
SUFFIXES = {".hpp", ".cpp", ".h", ".hh", ".cc", ".cxx", ".hxx", ".ipp", ".inl", ".inc", ".cu", ".cuh", ".in"}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*(?:include|include_next|import)[ \t]*[<"]([^>"]+)[>"]', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def complaint(folder, included):
    """What is wrong with `folder` including `included`, or None."""
    parts = included.split("/")
    if ".." in parts or "." in parts or included.startswith("/"):
        return "relative or absolute path"
    if (folder, included) in EXCEPTIONS:
        return None
    if folder == KERNEL and parts[0] in ALLOWED and parts[:2] != KERNEL.split("/"):
        return f"{folder} must not know {parts[0]}"
    if parts[0] in ALLOWED and parts[0] not in ALLOWED[folder.split("/")[0]]:
        return f"{folder} must not know {parts[0]}"
    return None


def violations(root):
    """Every forbidden include under `root`, as 'file:line: include: reason'."""
    found = []
    for folder in sorted(ALLOWED) + [KERNEL]:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in SUFFIXES or not path.is_file():
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            text = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
            for match in INCLUDE.finditer(text):
                reason = complaint(folder, match.group(1))
                if reason:
                    line = text.count("\n", 0, match.start(1)) + 1
                    found.append(f"{path.relative_to(root)}:{line}: {match.group(1)}: {reason}")
    return found


def self_check():
    """The check sees every kind of violation, and nothing where there is none."""
    wrong = {
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
        "cli/a.cpp": '#include "../problem/errors.hpp"\n',
    }
    right = {
        "theory/right.cpp": '#include <vector>\n#include "problem/errors.hpp"\n// #include "solvers/search.hpp"\n',
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
