#!/usr/bin/env python3
"""The examples of the docstrings and of docs/python.md run; stubs and signatures agree with what is compiled.

Usage: documented_test.py ROOT, with the module's folder on PYTHONPATH.
"""

import ast
import doctest
import importlib
import inspect
import pathlib
import pkgutil
import re
import sys
import unittest

try:
    import numpy
except ImportError:
    print("skipped: no numpy")
    sys.exit(77)

import ncverify as nc
from ncverify import _ncverify

ROOT = pathlib.Path(sys.argv[1])


class Documented(unittest.TestCase):
    def test_examples_of_docstrings(self):
        names = [name for _, name, _ in pkgutil.iter_modules(nc.__path__) if name != "_ncverify"]
        attempted = 0
        for module in [nc, *(importlib.import_module(f"ncverify.{name}") for name in names)]:
            result = doctest.testmod(module)
            self.assertEqual(result.failed, 0, module.__name__)
            attempted += result.attempted
        self.assertGreater(attempted, 20)

    def test_the_guide_s_examples(self):
        result = doctest.testfile(str(ROOT / "docs/python.md"), module_relative=False)
        self.assertEqual(result.failed, 0)
        self.assertGreater(result.attempted, 5)

    def test_every_public_name_has_a_docstring_and_annotations(self):
        for name in nc.__all__:
            if name == "__version__":
                continue
            thing = getattr(nc, name)
            self.assertTrue(inspect.getdoc(thing), name)
            if inspect.isfunction(thing):
                signature = inspect.signature(thing)
                for parameter in signature.parameters.values():
                    self.assertIsNot(parameter.annotation, inspect.Parameter.empty, (name, parameter.name))
                    self.assertIn(parameter.name, thing.__doc__, name)
                for section in ("Parameters", "Returns", "Raises", "Examples"):
                    self.assertRegex(inspect.getdoc(thing), rf"\n{section}\n-+\n", name)
        self.assertTrue((pathlib.Path(nc.__file__).parent / "py.typed").exists())

    def test_the_stub_is_what_is_compiled(self):
        stub = ast.parse((pathlib.Path(nc.__file__).parent / "_ncverify.pyi").read_text())
        functions = {node.name: node for node in stub.body if isinstance(node, ast.FunctionDef)}
        public = {name for name in dir(_ncverify) if not name.startswith("_")}
        self.assertEqual(public, set(functions) | {"Measured", "version"})
        kinds = {"List[int]": "List[int]", "List[str]": "List[str]", "Any": "object", "Optional[int]": "Optional[int]"}
        for name, node in functions.items():
            written = [kinds.get(ast.unparse(each.annotation), ast.unparse(each.annotation)) for each in node.args.posonlyargs]
            compiled = re.match(rf"{name}\((.*)\) -> ", getattr(_ncverify, name).__doc__).group(1)
            # Later releases of pybind11 write list[int] for List[int].
            self.assertEqual([each.lower() for each in written], re.split(r",? ?arg\d+: ", compiled.lower())[1:], name)

    def test_version(self):
        self.assertRegex(nc.__version__, r"^\d+\.\d+\.\d+$")
        self.assertIn(f"VERSION {nc.__version__} ", (ROOT / "CMakeLists.txt").read_text())


if __name__ == "__main__":
    del sys.argv[1:]
    unittest.main(verbosity=1)
