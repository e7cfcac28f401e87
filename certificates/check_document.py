"""The text of a certificate as JSON, for check.py: strictly, numbers in quotes."""

import json


class NoCertificate(ValueError):
    """The file is not what README.md describes."""


def refuse_number(text):
    raise NoCertificate(f"{text[:20]} stands without quotes")


def read_whole(text):
    """None is below zero; -0 is no way to write 0."""
    if text.startswith("-"):
        raise NoCertificate(f"{text[:20]} is no whole number from 0 on")
    return int(text)


def read_document(data, no_repeats):
    """The object that the bytes of a file are; `no_repeats` makes an object of its pairs."""
    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=no_repeats, parse_float=refuse_number, parse_int=read_whole,
                              parse_constant=refuse_number)
    except RecursionError:
        raise NoCertificate("nested too deeply") from None
    except NoCertificate:
        raise
    except ValueError as error:  # not UTF-8, a byte order mark, not JSON, an integer of thousands of digits
        raise NoCertificate(str(error)) from None
    if not isinstance(document, dict):
        raise NoCertificate("not an object")
    return document
