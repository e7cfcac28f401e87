#!/usr/bin/env python3
"""Puts the parts of the report page that are the same for every report into one C++ file.

The page is a single file that asks for nothing from elsewhere: the style sheet carries KaTeX's fonts as data URIs, the
script is the libraries and scripts/*.js in the order below, and the content security policy allows these scripts alone,
by their hashes.

Usage: bundle.py --katex FOLDER --output FILE.cpp
"""

import argparse
import base64
import hashlib
import pathlib
import re

PAGE = pathlib.Path(__file__).resolve().parent

# One idea each; later ones may use what earlier ones define.
SCRIPTS = ["elements", "words", "typeset", "theme", "commands", "verdict", "findings", "distribution", "claim_detail",
           "claims", "dependency_layout", "dependency_graph", "figures", "picture_matrices", "picture_path",
           "picture_norms", "picture_phases", "picture_precision", "picture_landscape", "pictures", "record", "page"]

STYLES = ["base", "verdict", "findings", "claims", "dependencies", "figures", "print"]

# The faces that the statements need; tests/browser looks whether one is missing.
FONTS = ["KaTeX_Main-Regular", "KaTeX_Main-Bold", "KaTeX_Main-Italic", "KaTeX_Math-Italic", "KaTeX_AMS-Regular",
         "KaTeX_Caligraphic-Regular", "KaTeX_Size1-Regular", "KaTeX_Size2-Regular", "KaTeX_Size3-Regular",
         "KaTeX_Size4-Regular"]


def katex_style(katex):
    """KaTeX's style sheet with the faces of FONTS inlined and the others left out."""
    def face(match):
        name = re.search(r"fonts/([\w-]+)\.woff2", match.group())[1]
        if name not in FONTS:
            return ""
        font = base64.b64encode((katex / "fonts" / f"{name}.woff2").read_bytes()).decode()
        return re.sub(r"src:[^};]*", f"src:url(data:font/woff2;base64,{font}) format('woff2')", match.group())

    style = re.sub(r"@font-face\s*\{[^}]*\}", face, (katex / "katex.min.css").read_text(encoding="utf-8"))
    left = re.findall(r"url\((?!data:)[^)]*\)", style)
    if left:
        raise SystemExit(f"bundle.py: katex.min.css asks for {left[0]}, which is not inlined")
    return style


def script(katex):
    """All scripts as one: the libraries, then ours in a scope of their own."""
    libraries = [katex / "katex.min.js", PAGE / "vendor" / "d3.js", PAGE / "vendor" / "plot.js"]
    ours = [PAGE / "scripts" / f"{name}.js" for name in SCRIPTS]
    unknown = sorted(set((PAGE / "scripts").glob("*.js")) - set(ours) - {PAGE / "scripts" / "start.js"})
    if unknown:
        raise SystemExit(f"bundle.py: {unknown[0].name} is not in SCRIPTS")
    read = [path.read_text(encoding="utf-8") for path in libraries + ours]
    cut = len(libraries)
    # Without module and define, each library makes itself a global.
    return "\n".join(read[:cut]) + '\n(() => {\n"use strict";\n' + "\n".join(read[cut:]) + "\n})();\n"


def policy(*scripts):
    """A content security policy under which these scripts run, and nothing is fetched."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
                      for text in scripts)
    return (f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; font-src data:; "
            "base-uri 'none'; form-action 'none'")


def constant(name, text):
    """A C++ definition of `text`; bytes beyond ASCII are escaped, so that compilers need not judge what they are."""
    def escaped(line):
        line = line.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")
        return "".join(character if " " <= character <= "~" else
                       "".join(f"\\{byte:03o}" for byte in character.encode()) for character in line)

    return f"const std::string_view {name} =\n" + "".join(
        f'    "{escaped(line)}"\n' for line in text.splitlines(keepends=True)) + "    ;\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--katex", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    start = (PAGE / "scripts" / "start.js").read_text(encoding="utf-8")
    main_script = script(arguments.katex)
    for text in (start, main_script):
        if re.search(r"</script|<!--", text, re.IGNORECASE):
            raise SystemExit("bundle.py: a script holds what would end its element")
    style = katex_style(arguments.katex) + "".join(
        (PAGE / "style" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    if re.search(r"</style", style, re.IGNORECASE):
        raise SystemExit("bundle.py: a style sheet holds what would end its element")
    arguments.output.write_text(
        '// Written by reports/page/bundle.py.\n#include "reports/page_parts.hpp"\n\n'
        "namespace ncverify::reports::page_parts {\n"
        + constant("page_template", (PAGE / "page.mustache").read_text(encoding="utf-8"))
        + constant("policy", policy(start, main_script))
        + constant("style", style) + constant("start_script", start) + constant("main_script", main_script)
        + "}  // namespace ncverify::reports::page_parts\n", encoding="utf-8")


if __name__ == "__main__":
    main()
