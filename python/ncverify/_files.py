"""Files that appear whole or not at all."""

import os
import tempfile
from typing import Union


def write_whole(path: Union[str, "os.PathLike[str]"], text: str) -> None:
    """The file has the text, or is as it was."""
    path = os.fspath(path)
    folder = os.path.dirname(path) or "."
    handle, beside = tempfile.mkstemp(dir=folder, prefix="." + os.path.basename(path) + ".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(beside, 0o666 & ~mask)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
