#!/usr/bin/python3
"""Checks report.json files against reports/report.schema.json: schema_test.py REPORT.json..."""

import copy
import json
import pathlib
import sys

import jsonschema

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "reports" / "report.schema.json"


def spoiled(report):
    """Variants of a valid report that the schema must refuse."""
    for path, value in [
        (["surprise"], 1),
        (["run", "threads"], 4),
        (["run", "seed"], -1),
        (["timing", "total_s"], "1"),
        (["claims", 0, "verdict"], "true"),
        (["claims", 0, "worst_error"], 3.1e-51),
        (["claims", 0, "cases", "passed"], -1),
        (["screens"], None),
        (["screens", 0, "claims", 0, "histogram", "1e-7"], -1),
        (["pictures", "matrices", "logits", "solver", 0, 0], 3.1),
        (["pictures", "path", "steps", 0], [0, "1"]),
        (["pictures", "weights", 0, "weightings", 0, "rule"], "inverse"),
        (["ledgers", 0, "random"], -1),
        (["ledgers", 0, "claims", 0, "runs"], "3"),
    ]:
        variant = copy.deepcopy(report)
        target = variant
        for key in path[:-1]:
            if isinstance(target, list) and not target or isinstance(target, dict) and target.get(key) is None:
                target = None
                break
            target = target[key]
        if target is not None:
            target[path[-1]] = value
            yield ".".join(map(str, path)), variant


def main(paths):
    if not paths:
        print("usage: schema_test.py REPORT.json...", file=sys.stderr)
        return 2
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failed = False
    for path in paths:
        report = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        for error in validator.iter_errors(report):
            print(f"{path}: {error.json_path}: {error.message}", file=sys.stderr)
            failed = True
        for name, variant in spoiled(report):
            if validator.is_valid(variant):
                print(f"{path}: the schema lets a wrong {name} pass", file=sys.stderr)
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
