"""The theory of neural collapse for imbalanced cross-entropy learning: computed, solved, certified, measured.

The functions do what the commands of the same names do, and answer with frozen objects whose attributes are named as in
the JSON that the commands print: numbers are doubles and arrays of doubles, ``.exact`` has every digit, ``.as_dict()``
the JSON. Input that cannot be used raises `InputError`, a `ValueError`.

Examples
--------
>>> import ncverify as nc
>>> solution = nc.solve([100, 100, 200, 200], "1e-4", "1e-5")
>>> solution.status
'certified'
>>> theory = nc.theory([100, 100, 200, 200], "1e-4", "1e-5")
>>> abs(solution.objective - theory.minimum_loss) < 1e-15
True
"""

from ._accumulator import Accumulator
from ._errors import InputError, UndecidedError
from ._functions import (Certification, Solution, Theory, Verification, WeightDesign, certify, solve, theory, verify,
                         weights)
from ._measure import Measurement, measure
from ._results import Record, Result, Rows
from ._tracker import Tracker
from ._ncverify import version as __version__

__all__ = ["Accumulator", "Certification", "InputError", "Measurement", "Record", "Result", "Rows", "Solution", "Theory",
           "Tracker", "UndecidedError", "Verification", "WeightDesign", "certify", "measure", "solve", "theory", "verify",
           "weights", "__version__"]
