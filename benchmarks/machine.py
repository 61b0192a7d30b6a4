"""What the figures were measured on."""

import importlib.metadata
import os
import platform
from typing import Final

from scanner.version import VERSION

_LIBRARIES: Final = ("hyperscan", "regex", "pyarrow", "numpy", "orjson", "pypdfium2", "lxml", "isal")


def machine() -> dict[str, str]:
    """Processor, memory, system, load, and the versions of what does the work."""
    libraries = {name: importlib.metadata.version(name) for name in _LIBRARIES}
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        # Above the number of cores, others took part of the machine: wall times suffer most.
        "load when it began": f"{os.getloadavg()[0]:.1f}",
        "dowse": VERSION,
        "python": platform.python_version(),
        **libraries,
    }


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
