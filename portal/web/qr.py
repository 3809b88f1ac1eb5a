"""QR codes, as SVG that a strict content policy lets through."""

from functools import lru_cache
from io import BytesIO


@lru_cache(maxsize=256)
def draw_qr(address: str) -> bytes:
    """A picture of the address. Without style attributes, and dark on white in every colour
    scheme: cameras expect it so."""
    import segno  # 27 ms, for a picture that few ask for

    svg = BytesIO()
    segno.make(address, error="m", micro=False).save(
        svg, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True,
        svgclass=None, lineclass=None, nl=False,
    )  # fmt: skip
    return svg.getvalue()
