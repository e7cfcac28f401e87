"""The program where a user other than root may run it: root's checkout is often below a folder that is root's alone."""

import pathlib
import shutil
import tempfile


def for_anybody(test, program):
    """A copy of `program` in a folder open to all, which the test's end removes; for subprocess.run(executable=..)."""
    folder = tempfile.TemporaryDirectory()
    test.addCleanup(folder.cleanup)
    pathlib.Path(folder.name).chmod(0o755)
    return shutil.copy(program, folder.name)
