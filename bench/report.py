"""What came out, as tables; and the arithmetic of two things measured in turns."""

from collections.abc import Iterable, Sequence
from statistics import median

Cell = str | int | float


def show(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A table; numbers stand to the right."""
    lines = [[_text(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(header, *lines, strict=True)]
    right = [
        all(not cell or cell[0].isdigit() for cell in column)
        for column in zip(*lines, strict=True)
    ]  # fmt: skip
    print(f"\n{title}")
    for line in ([*header], ["-" * width for width in widths], *lines):
        cells = (
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        )
        print("  " + "  ".join(cells).rstrip(), flush=True)


def note(text: str) -> None:
    print(f"  {text}", flush=True)


def skipped(what: str, how: str) -> None:
    """Something was not measured. Never quietly."""
    print(f"\n  *** NOT MEASURED: {what}. {how}", flush=True)


_FAILURES: list[str] = []


def failed(text: str) -> None:
    """Something that must never be so. The command ends with an error for it."""
    _FAILURES.append(text)
    print(f"\n  *** FAILED: {text}", flush=True)


def has_failed() -> bool:
    return bool(_FAILURES)


def at_most(value: float, target: float, unit: str = "") -> str:
    """The target, and whether it was reached."""
    return f"≤ {target:g}{unit}: {'reached' if value <= target else 'missed'}"


def at_least(value: float, target: float, unit: str = "") -> str:
    return f"≥ {target:g}{unit}: {'reached' if value >= target else 'missed'}"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """How many times theirs: the median of each round's own ratio, since what slows a machine
    for a while slows both halves of a round."""
    return median(a / b for a, b in zip(ours, theirs, strict=True))


def _text(cell: Cell) -> str:
    match cell:
        case int():
            return f"{cell:,}".replace(",", " ")
        case float():
            return f"{cell:.2f}"
    return cell
