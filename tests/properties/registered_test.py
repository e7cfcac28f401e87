#!/usr/bin/env python3
"""Fails where claims are written and never tried: a section of properties/claims/ that sections.hpp does not declare, or
that no file of properties/ takes into the registry, or a file there that nothing includes.

Usage: registered_test.py [ROOT]. First the check is turned on small trees with known mistakes.
"""

import pathlib
import re
import sys
import tempfile

SECTION = re.compile(r"^(std::vector<Claim>|Claim) (\w+)\(\)( \{|;)", re.MULTILINE)
UNNAMED = re.compile(r"^namespace \{$.*?^\}  // namespace$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def code(path):
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def uses(name, paths):
    """Whether one of the files speaks of the function."""
    return any(re.search(rf"\b{name}\b", code(path)) for path in paths)


def complaints(root):
    """Every claim section that goes astray, in words."""
    folder = root / "properties"
    sources = sorted((folder / "claims").rglob("*.cpp"))
    registries = sorted(folder.glob("*.cpp"))
    declared = {name: kind for kind, name, _ in SECTION.findall(code(folder / "claims/sections.hpp"))}
    found = []
    for name, kind in declared.items():
        # A single claim is part of another file's section.
        callers = registries if kind != "Claim" else [
            path for path in sources + registries if not re.search(rf"^Claim {name}\(\) \{{", code(path), re.MULTILINE)]
        if not uses(name, callers):
            found.append(f"sections.hpp: {name} is not in the registry")
    headers = [path for path in folder.rglob("*") if path.suffix in (".hpp", ".cpp")]
    for source in sources:
        text = UNNAMED.sub("", source.read_text(encoding="utf-8"))
        defined = [name for _, name, end in SECTION.findall(COMMENT.sub("", text)) if end == " {"]
        found += [f"{source.name}: sections.hpp does not declare {name}" for name in defined if name not in declared]
        own = f'"properties/claims/{source.stem}.hpp"'
        if not defined and not any(own in path.read_text(encoding="utf-8") for path in headers if path != source):
            found.append(f"{source.name}: defines no claims, and nothing includes its header")
    return found


RIGHT = {
    "registry.cpp": "for (auto section : {one_claims,\n    two_claims}) {\n",
    "claims/sections.hpp": "std::vector<Claim> one_claims();\nClaim single_claim();  ///< (a)\nstd::vector<Claim> two_claims();\n",
    "claims/one.cpp": '#include "properties/claims/helper.hpp"\nstd::vector<Claim> one_claims() {\n    return {single_claim()};\n}\n',
    "claims/two.cpp": "namespace {\n\nstd::vector<Claim> some() {\n}\n\n}  // namespace\n\nstd::vector<Claim> two_claims() {\n}\n",
    "claims/single.cpp": "Claim single_claim() {\n}\n",
    "claims/helper.cpp": '#include "properties/claims/helper.hpp"\nint help() {\n}\n',
    "claims/helper.hpp": "int help();\n",
}
# What is written instead, and what the complaint is about.
WRONG = [
    ({"registry.cpp": "for (auto section : {one_claims}) {  // two_claims\n"}, "two_claims"),
    ({"claims/three.cpp": "std::vector<Claim> three_claims() {\n}\n"}, "three_claims"),
    ({"claims/three.cpp": "namespace {\nstd::vector<Claim> three_claims() {\n}\n}  // namespace\n"}, "three.cpp"),
    ({"claims/other.cpp": "Claim other_claim() {\n}\n"}, "other_claim"),
    ({"claims/one.cpp": '#include "properties/claims/helper.hpp"\nstd::vector<Claim> one_claims() {\n}\n'}, "single_claim"),
    ({"claims/one.cpp": "std::vector<Claim> one_claims() {\n    return {single_claim()};\n}\n"}, "helper.cpp"),
]


def self_check():
    """Every mistake is seen, and nothing where there is none."""
    for changes, about in [({}, None)] + WRONG:
        with tempfile.TemporaryDirectory() as directory:
            root = pathlib.Path(directory)
            (root / "properties/claims").mkdir(parents=True)
            for name, text in {**RIGHT, **changes}.items():
                (root / "properties" / name).write_text(text, encoding="utf-8")
            found = complaints(root)
        if len(found) != (about is not None) or not all(about in complaint for complaint in found):
            print(f"self-check failed: with {changes} found {found}", file=sys.stderr)
            return False
    return True


def main(arguments):
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parents[2]
    if not self_check():
        return 1
    found = complaints(root)
    for complaint in found:
        print(complaint, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
