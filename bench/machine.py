"""What the figures were measured on: the processor's name, how many, and how busy."""

import os
import pathlib
import re


def description():
    """The machine as it is now."""
    match = re.search(r"^model name\s*:\s*(.*)$", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return {"cpu": match.group(1) if match else "unknown", "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}


def sentence(of):
    """The line above a table."""
    return f"{of['cpu']}, {of['cores']} cores, load {of['load']:.1f} beside the benchmark's own; processor time of one thread.\n\n"
