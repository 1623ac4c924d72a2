"""Giving back memory: whole feeds are megabytes, and glibc keeps what a thread has once asked for.

By itself it has a heap per thread, and after the first large buffer takes later ones from there, where they are given
back to nobody. With few heaps, and large buffers always mapped by themselves, a buffer is the system's again as soon as
it is done with. Other C libraries need no such thing, or know it by other names: there nothing is done.
"""

import ctypes
from typing import Final

_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
LARGE_BYTES: Final = 256 * 1024
HEAPS: Final = 2


def spare_memory() -> None:
    """Have large buffers given back as soon as they are freed."""
    try:
        mallopt = ctypes.CDLL("libc.so.6").mallopt
    except (OSError, AttributeError):
        return
    mallopt(_M_ARENA_MAX, HEAPS)
    mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)
