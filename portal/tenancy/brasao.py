"""The brasão: an image that goes to every reader, so one that cannot run or fetch anything."""

from hashlib import blake2b
from pathlib import Path
from xml.etree import ElementTree

from portal.errors import os_reason
from portal.tenancy.mistakes import Mistake
from portal.tenancy.values import Brasao

LIMIT = 30_000
"""Bytes. It is on every page, and the first visit is often on a slow phone."""


def read_brasao(key: str, path: Path) -> Brasao:
    """The image of this file. Raises Mistake, naming the key, when it is not fit to be served."""
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise Mistake(
                key, f"esperava no máximo {LIMIT // 1000} kB, recebeu {size // 1000 + 1} kB"
            )
        content = path.read_bytes()
    except OSError as error:
        raise Mistake(key, f"não foi possível ler {path}: {os_reason(error)}") from error
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        mimetype = "image/png"
    elif _is_plain_svg(key, content):
        mimetype = "image/svg+xml"
    else:
        raise Mistake(key, "esperava uma imagem SVG ou PNG")
    return Brasao(content, mimetype, blake2b(content, digest_size=6).hexdigest())


def _is_plain_svg(key: str, content: bytes) -> bool:
    """Whether it is SVG. Raises when it is one that could run something or fetch something."""
    if b"<!ENTITY" in content:
        raise Mistake(key, "o SVG declara entidades; salve-o como SVG simples")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        return False
    if root.tag not in ("{http://www.w3.org/2000/svg}svg", "svg"):
        return False
    for element in root.iter():
        name = element.tag.rpartition("}")[2].lower()
        if name in ("script", "foreignobject", "iframe", "handler", "set", "animate"):
            raise Mistake(key, f"o SVG tem <{name}>; salve-o como SVG simples")
        for attribute, value in element.attrib.items():
            local = attribute.rpartition("}")[2].lower()
            if local.startswith("on"):
                raise Mistake(key, f"o SVG tem o atributo {local}; salve-o como SVG simples")
            if local in ("href", "src") and not value.strip().startswith(("#", "data:image/")):
                raise Mistake(key, f"o SVG aponta para fora em {local}; salve-o como SVG simples")
    return True
