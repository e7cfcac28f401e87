#!/usr/bin/env python3
"""Documents say nothing of files, sections and options that do not exist.

    documents_test.py NCVERIFY [ROOT]

In every Markdown file: relative links, their anchors, `file:` links, paths of this repository in code spans, and quoted
command lines, whose commands and options must be those of NCVERIFY's own help; those of ncverify-train, which need not be
built, must be in its sources' tables. In comments of sources: documents cited, and
their sections where one is named, as in "(docs/model.md, Constants)". First the check is turned on a small tree with known
faults.
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unicodedata
import urllib.parse

SKIPPED = {"build", ".git", "vendor", "node_modules"}
# Outputs of commands and scripts, which no file of the repository need be.
WRITTEN = {"report.md", "comment.md", "gpu.md", "speed.md", "OUT.md"}
SOURCES = {".hpp", ".cpp", ".cu", ".in", ".py", ".js", ".v", ".txt", ".sh", ".cmake", ".yml", ".cff", ""}
PLACEHOLDERS = {"--options"}

FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?:(?: {4}|\t).*\n|\n(?= {4}))+", re.MULTILINE)
SPAN = re.compile(r"(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)")
LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
REFERENCE = re.compile(r"^\[[^\]]+\]:\s*<?(\S+?)>?\s*$", re.MULTILINE)
HTML_LINK = re.compile(r"""<(?:a|img)\b[^>]*\b(?:href|src)=["']([^"']+)["']""")
HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
FILE_LINK = re.compile(r"(?<![\w/.])file:([^\s)\"'>`]+)")
CITED = re.compile(r"(?<![\w./<-])((?:[\w.-]+/)*[\w-]+\.md)\b(?:(?:,| \() ?([A-Z][^().\"]*))?")


def files(root):
    """Every file that belongs to the repository, in order."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - SKIPPED)
        where = pathlib.Path(folder)
        if where.relative_to(root).as_posix() == "reports":
            folders[:] = [name for name in folders if name != "out"]
        found += [where / name for name in sorted(names)]
    return found


def without_code(text):
    """Markdown with code blocks blanked, lines kept."""
    blank = lambda match: re.sub(r"[^\n]", " ", match.group())
    return INDENTED.sub(blank, FENCE.sub(blank, text))


def code_lines(text):
    """The lines of code blocks, continued ones joined."""
    blocks = [match.group() for match in FENCE.finditer(text)]
    blocks += [match.group() for match in INDENTED.finditer(FENCE.sub("", text))]
    return [line.strip() for block in blocks for line in re.sub(r"\\\n\s*", " ", block).splitlines()]


def headings(text):
    """The headings of a Markdown text as a reader sees them."""
    found = HEADING.findall(FENCE.sub("", text))
    return [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip() for heading in found]


def anchors(text):
    """What GitHub calls the headings of a Markdown text in links."""
    found = set(re.findall(r"""<a\b[^>]*\b(?:id|name)=["']([^"']+)["']""", text))
    times = {}
    for heading in headings(text):
        kept = [c for c in heading.lower() if c in " -_" or unicodedata.category(c)[0] in "LNM"]
        slug = "".join(kept).replace(" ", "-")
        found.add(f"{slug}-{times[slug]}" if slug in times else slug)
        times[slug] = times.get(slug, 0) + 1
    return found


def link_faults(root, path, text):
    prose = SPAN.sub("", without_code(text))
    targets = LINK.findall(prose) + REFERENCE.findall(prose) + HTML_LINK.findall(prose)
    for target in targets:
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue  # another site, or file:, which is below
        name, _, anchor = target.partition("#")
        there = path if not name else path.parent / urllib.parse.unquote(name)
        if not there.exists() or root.resolve() not in [there.resolve(), *there.resolve().parents]:
            yield f"link to {target}: no such file"
        elif anchor and there.suffix == ".md" and anchor not in anchors(there.read_text(encoding="utf-8")):
            yield f"link to {target}: no such section"
    for target in FILE_LINK.findall(text):
        name = re.sub(r"(:\d+|#.*)$", "", target)
        if name.startswith("/") or not ((root / name).exists() or (path.parent / name).exists()):
            yield f"file:{target}: no such file in the repository"


def span_faults(root, path, text, names):
    """Paths in code spans: `folder/file.ext` and `folder/` of the repository, `FILE.md`, `file.cpp` of this folder."""
    folders = {entry.name for where in (root, path.parent) for entry in where.iterdir() if entry.is_dir()} - SKIPPED
    for span in SPAN.findall(without_code(text)):
        if re.fullmatch(r"[\w.-]+/[\w./*-]*", span) and span.split("/")[0] in folders:
            if span.startswith("reports/out"):
                continue
            if span.endswith("/") or "." in pathlib.PurePosixPath(span).name or "*" in span:
                if not (list(root.glob(span)) or list(path.parent.glob(span))):
                    yield f"`{span}`: no such file"
        elif re.fullmatch(r"[A-Z_]+\.md", span):
            if not ((path.parent / span).exists() or (root / span).exists()):
                yield f"`{span}`: no such document"
        elif re.fullmatch(r"[\w-]+\.(cpp|hpp|cu|py|js)|[A-Z]\w*\.v", span):
            if not any(name.name == span and path.parent in name.parents for name in names):
                yield f"`{span}`: no such file in {path.parent.relative_to(root) or 'the repository'}"


def training_tables(root):
    """The options and the presets of ncverify-train, as its sources have them."""
    options, presets = (root / "experiments" / name for name in ("option_table.hpp", "preset.cpp"))
    if not options.exists():
        return set(), set()
    return (set(re.findall(r'\.name = "(--[a-z0-9-]+)"', options.read_text(encoding="utf-8"))) | {"--help", "--version"},
            set(re.findall(r'\{"([a-z0-9-]+)", Architecture::', presets.read_text(encoding="utf-8"))))


def training_faults(root, line, words):
    """Of a command line of ncverify-train, or of experiments/run, which hands its options on."""
    options, presets = training_tables(root)
    for position, word in enumerate(words[1:], start=1):
        option = word.split("=")[0]
        if option.startswith("--") and option not in options:
            yield f"{line}: ncverify-train has no option {option}"
        if word == "--preset" and words[position + 1:] and not re.fullmatch(r"[A-Z]+", words[position + 1]) \
                and words[position + 1] not in presets:
            yield f"{line}: ncverify-train has no preset {words[position + 1]}"


def command_faults(root, path, text, commands, presets):
    """Command lines in code blocks and code spans, and options in code spans of the documents for users."""
    spans = [" ".join(span.split()) for span in SPAN.findall(without_code(text))]
    every_option = set().union(*commands.values()) | training_tables(root)[0]
    for line in code_lines(text) + spans:
        try:
            words = shlex.split(line, comments=True)
        except ValueError:
            continue  # a formula, or prose
        if words and words[0].split("/")[-1] == "ncverify-train" or words[:1] == ["experiments/run"]:
            yield from training_faults(root, line, words)
            continue
        for position, word in enumerate(words):
            if re.match(r"(scripts|bench|tests|experiments(?!/(?:runs|data)/)|\.ci)/[\w./-]+$", word) and not (root / word).exists():
                yield f"{line}: no {word}"
            if word == "--preset" and words[position + 1:] and words[position + 1] not in presets:
                yield f"{line}: no preset {words[position + 1]}"
        if words and (words[0] == "ncverify" or words[0].endswith("bin/ncverify")) and len(words) > 1:
            command = words[1]
            if command.startswith("--"):
                continue
            if not re.fullmatch(r"[A-Z]+", command) and command not in commands:
                yield f"{line}: no command {command}"
                continue
            for word in words[2:]:
                option = word.split("=")[0]
                if option.startswith("--") and option not in commands.get(command, every_option) | PLACEHOLDERS:
                    yield f"{line}: {command} has no option {option}"
    if path.parent in (root, root / "docs") and path.name != "CHANGELOG.md":
        for span in spans:
            for option in re.findall(r"(?<!\S)--[a-z][\w-]*", span) if span.startswith("--") else []:
                if option not in every_option:
                    yield f"`{span}`: no command has an option {option}"


def citation_faults(root, path, text):
    """Documents, and sections of documents, that a source cites."""
    flowing = re.sub(r"\n[ \t]*(?:///?|\*|#|--)?[ \t]*", " ", text)
    for name, section in CITED.findall(flowing):
        if name.split("/")[-1] in WRITTEN or name.startswith("FOLDER/"):
            continue
        places = [root / name, path.parent / name, path.parent / "results" / name]
        there = next((place for place in places if place.exists()), None)
        if there is None:
            yield f"cites {name}, which does not exist"
        elif section and "/" in name:
            known = headings(there.read_text(encoding="utf-8"))
            if not any(section.startswith(heading) for heading in known):
                yield f"cites {name}, {section.strip()}: no such section"


def unlisted(root, path, text):
    """Headers beside a README that is its folder's table of contents, and that it does not name."""
    headers = sorted(path.parent.glob("*.hpp"))
    if path.name != "README.md" or not headers or not re.search(r"^\| `", text, re.MULTILINE):
        return []
    words = set(re.findall(r"[\w.]+", " ".join(SPAN.findall(text))))
    return [f"does not name {header.name}" for header in headers
            if header.stem not in words and header.name not in words]


def faults(root, commands):
    """Everything wrong under `root`, as 'file: what'. @param commands  {command: its options}"""
    names = files(root)
    presets = set()
    if (root / "CMakePresets.json").exists():
        known = json.loads((root / "CMakePresets.json").read_text(encoding="utf-8"))
        presets = {preset["name"] for preset in known["configurePresets"]}
    found = []
    for path in names:
        if path.suffix not in SOURCES | {".md"} or path.parent == root / "tests" / "docs":
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path.suffix == ".md":
            wrong = [*link_faults(root, path, text), *span_faults(root, path, text, names),
                     *command_faults(root, path, text, commands, presets), *unlisted(root, path, text)]
        else:
            wrong = citation_faults(root, path, text)
        found += [f"{path.relative_to(root)}: {fault}" for fault in wrong]
    return found


def known_commands(program):
    """{command: its options}, as the program's help lists them."""
    def help_of(*command):
        return subprocess.run([program, *command, "--help"], check=True, capture_output=True, text=True).stdout
    listed = help_of().split("Subcommands:")[1]
    return {command: set(re.findall(r"(?<![\w-])--[a-z][\w-]*", help_of(command).split("Options:")[1]))
            for command in re.findall(r"^  (\w[\w-]*)", listed, re.MULTILINE)}


def self_check():
    """Every kind of fault is found, and nothing where there is none."""
    tree = {
        "docs/model.md": "# The model\n\n## A `b`, c: d\n\n## Twice\n\n## Twice\n",
        "trial/README.md": "| `claim`, `case.hpp` | words |\n",
        "trial/claim.hpp": "", "trial/case.hpp": "",
        "solvers/search.hpp": "// search (docs/model.md, Twice)\n// and docs/model.md\n// (Twice), README.md here\n",
        "solvers/README.md": "`search.hpp`, [up](../docs/model.md#twice-1), `solvers/*.hpp`, `solvers/`\n",
        "scripts/test": "#!/bin/sh\n# See docs/model.md.\n",
        "experiments/option_table.hpp": '{.name = "--batch",\n{.name = "--preset",\n',
        "experiments/preset.cpp": '    {"mlp7", Architecture::mlp, 7,\n',
        "experiments/run": "",
        "CMakePresets.json": '{"configurePresets": [{"name": "release"}]}',
    }
    right = """# Right
[a](docs/model.md#a-b-c-d) ![p](solvers/search.hpp) [web](https://example.org/x.md) [here](#right) `ncverify solve --counts 1`
`docs/model.md` `reports/out` `--counts 1 --seed 2` file:solvers/search.hpp:1 `a/b` [x][y] `README.md` `report.md`

[y]: docs/model.md

    scripts/test && cmake --preset release
    ncverify solve --counts 1,2 --seed 1   # --nothing
    ncverify COMMAND --help
    experiments/run --preset mlp7 --batch 3
    build/release/bin/ncverify-train --preset=mlp7 --help

```
[no link](nowhere.md)
```
"""
    wrong = {
        "a.md": "[a](docs/absent.md)", "b.md": "[a](docs/model.md#absent)", "c.md": "[a](#absent)",
        "d.md": "text file:solvers/absent.hpp", "e.md": "`solvers/absent.hpp`", "f.md": "`ABSENT.md`",
        "g.md": "    ncverify solve --absent 1\n", "h.md": "```\nncverify absent\n```\n", "i.md": "`ncverify solve --absent`",
        "j.md": "    scripts/absent\n", "k.md": "    cmake --preset absent\n", "l.md": "`--absent FILE`",
        "m.md": "[x][y]\n\n[y]: absent.md\n", "n.md": "![p](absent.png)", "o.md": "[a](../outside.md)",
        "screen/README.md": "| `claims` | words |\n", "solvers/p.md": "`absent.cpp`", "q.md": "`solvers/absent/`", "solvers/deep/g.md": "`h.hpp`", "solvers/f.md": "`deep/absent.hpp`", "r.md": "file:/etc/passwd",
        "s.md": "    ncverify solve --counts 1 \\\n        --absent\n", "t.md": "[a\nb](absent.md)",
        "solvers/a.hpp": "// model.md, Twice", "solvers/b.cpp": "// (docs/model.md,\n// Thrice)",
        "solvers/c.py": "# docs/absent.md", "solvers/d.cpp": "// docs/model.md (Thrice)", "scripts/e": "# ABSENT.md",
        "u.md": "    experiments/run --preset mlp8\n", "v.md": "    ncverify-train --preset mlp7 --absent\n",
        "w.md": "    experiments/absent\n",
    }
    commands = {"solve": {"--counts", "--seed", "--help"}}
    with tempfile.TemporaryDirectory() as directory:
        root = pathlib.Path(directory) / "root"
        for name, text in {**tree, "README.md": right, **wrong}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        (root / "screen" / "kernel.hpp").write_text("", encoding="utf-8")
        (root.parent / "outside.md").write_text("", encoding="utf-8")
        found = {fault.split(":")[0] for fault in faults(root, commands)}
    if found != set(wrong):
        print("self-check failed: missed", sorted(set(wrong) - found), "wrongly seen", sorted(found - set(wrong)),
              file=sys.stderr)
        return False
    return True


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    if not self_check():
        return 1
    root = pathlib.Path(arguments[1]) if len(arguments) == 2 else pathlib.Path(__file__).parents[2]
    found = faults(root.resolve(), known_commands(arguments[0]))
    print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
