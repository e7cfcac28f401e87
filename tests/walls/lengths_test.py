#!/usr/bin/env python3
"""Files and functions stay short enough to read in one sitting: no file of our own over 350 lines, no function over 80;
and no line of a Coq file over 100 columns, which nothing else lays out.

Usage: lengths_test.py [ROOT]. First the check is turned on texts that are too long.
"""

import ast
import pathlib
import re
import subprocess
import sys

MOST_LINES, MOST_IN_FUNCTION, COLUMNS = 350, 80, {".v": 100}
SUFFIXES = {".cpp", ".hpp", ".cu", ".py", ".js", ".css", ".v", ".in"}
OTHERS = ("reports/page/vendor/",)


def long_functions(text, suffix):
    """Names, or first lines, of functions over MOST_IN_FUNCTION lines, with their lengths."""
    if suffix == ".py":
        return [(node.name, node.end_lineno - node.lineno + 1) for node in ast.walk(ast.parse(text))
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
                and node.end_lineno - node.lineno + 1 > MOST_IN_FUNCTION]
    if suffix not in (".cpp", ".hpp", ".cu", ".js"):
        return []
    found, start, lines = [], None, text.split("\n")
    for number, line in enumerate(lines):
        if line and not line[0].isspace() and not line.startswith(("}", "#", "//", "/*", " *")):
            start = number  # a definition begins in the first column, and so does the brace that ends it
        if line in ("}", "};") and start is not None:
            kind = re.match(r"(namespace|struct|class|enum|union|const |constexpr |inline const|static const|template)",
                            lines[start])
            if not kind and number - start + 1 > MOST_IN_FUNCTION:
                found.append((lines[start], number - start + 1))
            start = None
    return found


def complaints(name, text):
    found = []
    count = text.count("\n")
    if count > MOST_LINES:
        found.append(f"{name}: {count} lines")
    suffix = pathlib.PurePath(name).suffix
    found += [f"{name}: {length} lines in {what}" for what, length in long_functions(text, suffix)]
    found += [f"{name}:{number}: {len(line)} columns" for number, line in enumerate(text.split("\n"), 1)
              if len(line) > COLUMNS.get(suffix, len(line))]
    return found


def self_check():
    body = "    x += 1;\n" * 90
    assert complaints("a.cpp", "int f(int x) {\n" + body + "}\n")
    assert complaints("a.cpp", "int f(int x,\n      int y) {\n" + body + "}\n")
    assert complaints("a.py", "def f(x):\n" + "    x += 1\n" * 90)
    assert complaints("a.js", "function f(x) {\n" + body + "}\n")
    assert complaints("a.css", "a {}\n" * 351)
    assert complaints("a.v", "(* " + "x" * 95 + " *)\n")
    assert not complaints("a.v", "(* " + "x" * 94 + " *)\n")
    assert not complaints("a.cpp", "namespace n {\n\n" + ("int f(int x) {\n" + body[:500] + "}\n\n") * 3 + "}  // namespace n\n")
    assert not complaints("a.hpp", "struct S {\n" + "    int x;\n" * 90 + "};\n")


def tracked(root):
    """What git knows below `root`; nothing where there is no git, or no checkout."""
    try:
        listed = subprocess.run(["git", "-C", root, "ls-files"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return []
    return listed.stdout.split("\n") if listed.returncode == 0 else []


def main(arguments):
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parents[2]
    self_check()
    names = tracked(root) or [str(path.relative_to(root)) for path in root.rglob("*")
                              if path.is_file() and "build" not in path.relative_to(root).parts]
    found = []
    for name in names:
        if pathlib.PurePath(name).suffix in SUFFIXES and not name.startswith(OTHERS) and (root / name).is_file():
            found += complaints(name, (root / name).read_text(encoding="utf-8", errors="replace"))
    print("\n".join(found) if found else f"{len(names)} files looked at")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
