#!/usr/bin/env python3
"""Puts the parts of the HTML pages that are the same for all data into one C++ file.

A page is a single file that asks for nothing from elsewhere: the style sheet carries KaTeX's fonts as data URIs, one
script is the libraries, another the page's own scripts in the order below, and the content security policy allows these
scripts alone, by their hashes.

Usage: bundle.py --katex FOLDER --output FILE.cpp
"""

import argparse
import base64
import hashlib
import pathlib
import re

PAGE = pathlib.Path(__file__).resolve().parent

# One idea each; later ones may use what earlier ones define.
SHARED = ["elements", "words", "numbers", "typeset", "theme", "figures", "heat_map", "frame"]
PAGES = {
    "report": ["commands", "verdict", "findings", "distribution", "claim_detail", "filter", "claims",
               "dependency_layout", "dependency_graph", "picture_matrices", "picture_path", "picture_norms", "picture_phases",
               "picture_precision", "picture_landscape", "picture_screen", "picture_training", "pictures",
               "picture_weights", "class_weights", "record", "page"],
    "measure": [f"measure/{name}" for name in ("split", "geometry", "classes", "metrics", "decays", "spectrum", "inputs", "header",
                                               "page")],
    "trajectory": ["measure/split", "measure/metrics",
                   *(f"trajectory/{name}" for name in ("runs", "gap", "metrics", "margins", "matrices", "page"))],
}
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


def text_of(name):
    return (PAGE / "scripts" / f"{name}.js").read_text(encoding="utf-8")


def library_script(katex):
    """The libraries. Without module and define, each makes itself a global."""
    libraries = [katex / "katex.min.js", PAGE / "vendor" / "d3.js", PAGE / "vendor" / "plot.js"]
    return "\n".join(path.read_text(encoding="utf-8") for path in libraries) + "\n"


def page_script(page):
    """A page's own scripts as one, in a scope of their own."""
    return '(() => {\n"use strict";\n' + "\n".join(map(text_of, SHARED + PAGES[page])) + "\n})();\n"


def require_all_named():
    """No script may lie there that no page runs."""
    scripts = PAGE / "scripts"
    named = {"start", *SHARED, *(name for names in PAGES.values() for name in names)}
    for path in sorted(scripts.rglob("*.js")):
        if path.relative_to(scripts).with_suffix("").as_posix() not in named:
            raise SystemExit(f"bundle.py: no page has {path.relative_to(scripts)}")


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


def template(name):
    return (PAGE / f"{name}.mustache").read_text(encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--katex", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    require_all_named()
    start, library = text_of("start"), library_script(arguments.katex)
    pages = {page: page_script(page) for page in PAGES}
    for text in (start, library, *pages.values()):
        if re.search(r"</script|<!--", text, re.IGNORECASE):
            raise SystemExit("bundle.py: a script holds what would end its element")
    style = katex_style(arguments.katex) + "".join(
        (PAGE / "style" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    if re.search(r"</style", style, re.IGNORECASE):
        raise SystemExit("bundle.py: a style sheet holds what would end its element")
    arguments.output.write_text(
        '// Written by reports/page/bundle.py.\n#include "reports/page_parts.hpp"\n\n'
        "namespace ncverify::reports::page_parts {\n"
        + constant("page_template", template("page")) + constant("survey_page", template("survey"))
        + constant("style", style) + constant("start_script", start) + constant("library_script", library)
        + "".join(constant(f"{page}_plain", template(f"plain_{page}")) + constant(f"{page}_script", text)
                  + constant(f"{page}_policy", policy(start, library, text)) for page, text in pages.items())
        + "}  // namespace ncverify::reports::page_parts\n", encoding="utf-8")


if __name__ == "__main__":
    main()
