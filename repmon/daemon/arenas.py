"""glibc gives each busy thread a heap of its own, and keeps it: two for all are enough here and save several MB.

See mallopt(3), M_ARENA_MAX. Other C libraries have no such thing, and nothing to save.
"""

import ctypes

M_ARENA_MAX = -8
ENOUGH = 2


def share_heaps() -> None:
    """Let all threads share two heaps. To be called before threads are started."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, ENOUGH)
