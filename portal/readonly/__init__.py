"""Engines on somebody else's database that can read and do nothing else.

Three guards, each enough by itself: the account has `SELECT` only (the operator's), the session is
read-only (the server's), and the engine refuses any statement that is not a SELECT (ours).
"""

from portal.readonly.engine import inspecting, open_readonly, reading, was_stopped
from portal.readonly.guard import Explain, WriteRefused
from portal.readonly.kept import Kept

__all__ = [
    "Explain",
    "Kept",
    "WriteRefused",
    "inspecting",
    "open_readonly",
    "reading",
    "was_stopped",
]
