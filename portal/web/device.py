"""A browser in three words, so that its owner knows it again. What it sends is not kept."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "no Android"),
    ("iPhone", "no iPhone"),
    ("iPad", "no iPad"),
    ("Windows", "no Windows"),
    ("CrOS", "no Chromebook"),
    ("Macintosh", "no Mac"),
    ("Linux", "no Linux"),
)
"""In this order: many call themselves what others are as well."""


def name_device(user_agent: str) -> str:
    """`Chrome no Android`; `Outro navegador` for what says nothing that we know."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Outro navegador")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} {system}".strip()
