"""Small PNG pictures drawn by hand: the brasão on every page, a sketch, a photograph."""

import struct
from functools import cache
from math import cos, sin, tau
from random import Random
from typing import TypeAlias
from zlib import compress, crc32

Colour: TypeAlias = tuple[int, int, int]

PAPER, INK, FADED = (250, 248, 240), (45, 45, 60), (170, 170, 175)
GREEN, DARK_GREEN, GOLD, WHITE = (31, 107, 58), (22, 74, 41), (230, 180, 60), (255, 255, 255)
SKY, GRASS, BARK, LEAF = (176, 206, 230), (120, 150, 90), (96, 72, 52), (58, 104, 52)


class Canvas:
    """An RGB picture; what falls outside it is cut off."""

    def __init__(self, width: int, height: int, colour: Colour) -> None:
        self.width = width
        self.height = height
        self.rows = [bytearray(bytes(colour) * width) for _ in range(height)]

    def fill(self, left: int, top: int, right: int, bottom: int, colour: Colour) -> None:
        """A filled rectangle; right and bottom are outside it."""
        left, right = max(left, 0), min(right, self.width)
        if left < right:
            for row in self.rows[max(top, 0) : max(bottom, 0)]:
                row[left * 3 : right * 3] = bytes(colour) * (right - left)

    def outline(self, left: int, top: int, right: int, bottom: int, colour: Colour) -> None:
        """The four sides of a rectangle, two pixels thick."""
        self.fill(left, top, right, top + 2, colour)
        self.fill(left, bottom - 2, right, bottom, colour)
        self.fill(left, top, left + 2, bottom, colour)
        self.fill(right - 2, top, right, bottom, colour)

    def disc(self, x: int, y: int, radius: int, colour: Colour) -> None:
        """A filled circle."""
        for dy in range(-radius, radius + 1):
            half = int((radius**2 - dy**2) ** 0.5)
            self.fill(x - half, y + dy, x + half + 1, y + dy + 1, colour)

    def png(self) -> bytes:
        """The file: 8 bits of each colour, no filter."""
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        pixels = compress(b"".join(b"\0" + row for row in self.rows), 9)
        chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))


@cache
def draw_brasao() -> bytes:
    """A shield with an acácia: the arms of a place that does not exist."""
    c = Canvas(48, 56, WHITE)
    for inset, colour in ((0, GOLD), (2, GREEN)):
        c.fill(4 + inset, 2 + inset, 44 - inset, 32, colour)
        c.disc(24, 32, 20 - inset, colour)
    c.fill(22, 26, 26, 44, GOLD)
    for x, y in ((15, 22), (24, 17), (33, 22), (24, 25)):
        c.disc(x, y, 6, GOLD)
    return c.png()


@cache
def draw_sketch() -> bytes:
    """The plan of a small house on its lot, drawn with a ruler and scanned."""
    c = Canvas(620, 460, PAPER)
    c.outline(40, 40, 580, 420, FADED)
    c.outline(120, 90, 460, 360, INK)
    for left, top, right, bottom in (
        (120, 220, 460, 222),
        (290, 90, 292, 360),
        (380, 90, 382, 220),
    ):
        c.fill(left, top, right, bottom, INK)
    for x in (186, 316, 396):
        c.fill(x, 220, x + 28, 222, PAPER)  # doors
    c.fill(290, 266, 292, 294, PAPER)
    for x in (160, 330):
        c.fill(x, 358, x + 60, 362, FADED)  # windows
    for step in range(120, 461, 34):
        c.fill(step, 384, step + 2, 392, INK)
    c.fill(120, 387, 462, 389, INK)  # the measure below it
    specks = Random("scan")
    for _ in range(260):
        x, y = specks.randrange(620), specks.randrange(460)
        c.fill(x, y, x + 1, y + 1, FADED)
    return c.png()


@cache
def draw_tree() -> bytes:
    """A sibipiruna over a pavement, from a telephone that was not held very still."""
    c = Canvas(480, 360, SKY)
    c.fill(0, 280, 480, 310, GRASS)
    c.fill(0, 310, 480, 360, FADED)
    c.fill(340, 150, 480, 290, PAPER)
    c.fill(330, 135, 480, 152, (150, 90, 70))
    c.fill(212, 170, 236, 300, BARK)
    leaves = Random("leaves")
    for _ in range(420):
        out, turn = leaves.random() ** 0.5, leaves.random() * tau
        x, y = 224 + 130 * out * cos(turn), 112 + 78 * out * sin(turn)
        shade = leaves.randrange(-18, 30)
        colour = (LEAF[0] + shade, LEAF[1] + shade, LEAF[2] + shade // 2)
        c.disc(int(x), int(y), leaves.randrange(5, 17), colour)
    return c.png()
