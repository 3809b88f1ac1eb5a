"""`flask assets build`: the files a page links to, compressed once and not on every request."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from portal.errors import os_reason
from portal.web.assets import Asset, list_assets, static_folder
from portal.web.tenant import all_tenants

assets = AppGroup("assets", help="Arquivos estáticos do portal.")


@assets.command("build")
def build() -> None:
    """Grava em instance/static os estilos e scripts, também comprimidos."""
    folder = static_folder(current_app.instance_path)
    for asset in list_assets(all_tenants()):
        try:
            sizes = _write(folder, asset)
        except OSError as error:
            raise click.ClickException(
                f"não foi possível gravar em {folder}: {os_reason(error)}"
            ) from error
        click.echo(f"{asset.name}: {', '.join(sizes)}")


def _write(folder: Path, asset: Asset) -> list[str]:
    """The file and its compressed copies; the size of each, to be read."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [f"{len(asset.content):7} bytes"]
    for suffix, content in _compressed(asset.content):
        if len(content) >= len(asset.content):
            continue
        _replace(folder / f"{asset.name}{suffix}", content)
        sizes.append(f"{suffix[1:]} {len(content)}")
    # Last, since its being there says that the others are.
    _replace(folder / asset.name, asset.content)
    return sizes


def _compressed(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield ".gz", gzip.compress(content, 9, mtime=0)
    try:
        import brotli  # type: ignore[import-untyped,unused-ignore] # not in every installation
    except ModuleNotFoundError:
        click.echo("brotli não está instalado: só haverá arquivos .gz", err=True)
        return
    yield ".br", brotli.compress(content, quality=11)


def _replace(path: Path, content: bytes) -> None:
    """Write as a whole, since a server may be reading the one that is there."""
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(content)
    draft.replace(path)
