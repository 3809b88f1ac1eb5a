"""Which part of a file a request wants (RFC 9110, 14)."""

import re

from flask import request


def asked_part(size: int, etag: str) -> range | None:
    """The bytes this request wants; None for all of them, and an empty range for what is not there.

    Several parts at once are too rarely meant to be worth their format: all is sent instead.
    """
    # Compared strongly: a weak one is never the same, and a date is not enough.
    if request.headers.get("If-Range", etag).strip() != etag:
        return None
    # The last none of the bytes, which Werkzeug takes for no range.
    if re.fullmatch(r"bytes=\s*-0+", request.headers.get("Range", "").lower()):
        return range(0)
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return None
    start, stop = wanted.ranges[0]
    if start < 0:
        start = max(0, size + start)
    return range(start, size if stop is None else min(stop, size))
