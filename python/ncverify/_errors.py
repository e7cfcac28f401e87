"""What goes wrong, and what would be right."""


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
        super().__init__(where, what, expected)
        self.where = where
        self.what = what
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; expected {self.expected}"


class UndecidedError(ArithmeticError):
    """The rounding of a number lies too close to a tie for the digits worked with; ask for another number of digits."""
