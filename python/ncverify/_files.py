"""Files that appear whole or not at all."""

import os
import tempfile
from typing import Union

MOST_OF_A_NAME = 50  # characters of up to four bytes each, in names of at most 255


def write_whole(path: Union[str, "os.PathLike[str]"], text: str) -> None:
    """The file has the text, or is as it was. Where a symbolic link stands its target is written, and a device or a
    pipe stays what it is. Raises OSError."""
    if not os.fspath(path):
        raise FileNotFoundError("a file's name is expected, and not an empty text")
    target = os.path.realpath(os.fsdecode(path))
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "w", encoding="utf-8") as file:  # a device, a pipe; for a folder an OSError
            file.write(text)
        return
    folder, name = os.path.split(target)
    handle, beside = tempfile.mkstemp(dir=folder, prefix="." + name[:MOST_OF_A_NAME] + ".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(beside, 0o666 & ~mask)
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise
