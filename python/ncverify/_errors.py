"""What goes wrong, and what would be right."""

import re

# Options of the command line that the library's words name, with a number that follows: here they are arguments.
_OPTION = re.compile(r"--(bias|classifier|counts|digits|dim|features|ignore-label|jobs|labels|lambda-[wh]|summary|"
                     r"weights)\b(?: (-?[0-9]+))?")


def _as_argument(option: "re.Match[str]") -> str:
    name = option[1].replace("-", "_").replace("ignore_label", "ignored_label")
    return name if option[2] is None else f"{name}={option[2]}"


class InputError(ValueError):
    """Input that cannot be used; raised before any work starts.

    Attributes
    ----------
    where : str
        The argument that the problem stands in.
    what : str
        What is wrong, with the offending value.
    expected : str
        What would be right.

    Examples
    --------
    >>> import ncverify as nc
    >>> try:
    ...     nc.theory([100, 0], "1e-4", "1e-5")
    ... except nc.InputError as error:
    ...     print(error.where)
    counts
    """

    def __init__(self, where: str, what: str, expected: str):
        if where.startswith("--"):  # the library names an option of the command line: here it is an argument
            where = where[2:].replace("-", "_")
        what, expected = (_OPTION.sub(_as_argument, text) for text in (what, expected))
        super().__init__(where, what, expected)
        self.where = where
        self.what = what
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; expected {self.expected}"


class UndecidedError(ArithmeticError):
    """The rounding of a number lies too close to a tie for the digits worked with; ask for another number of digits."""
