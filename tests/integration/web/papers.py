"""Documents as tests see them: what is in SEI and in its repository, and who reads it here."""

import json
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client import REGISTRY
from sqlalchemy import Connection, update

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento
from portal.sei import tables
from tests.app import TENANTS, client_of

NUMERO, CHAVE = "1500.01.0250326/2023-04", "1500010250326202304"
BASE = f"/processos/{CHAVE}"
PDF = b"%PDF-1.4 " + bytes(range(256)) * 400
WITH_FILES = TENANTS + 'repositorio = "repositorio"\n'


class Scene:
    """What is in SEI and in its repository, and somebody who reads it here."""

    def __init__(self, app: Flask, folder: Path, connection: Connection) -> None:
        self.folder = folder / "repositorio"
        self.connection = connection
        self.sei = SeiBuilder(connection, repositorio=self.folder)
        self.client = client_of(app)
        self.processo = self.sei.processo(NUMERO)

    def save(self) -> None:
        self.sei.flush()
        self.connection.commit()

    def externo(self, conteudo: bytes = PDF, arquivo: str = "Petição.pdf", **more: str) -> str:
        """The address of an external document that there is from now on."""
        documento = self.sei.externo(self.processo, content=conteudo, file_name=arquivo, **more)  # type: ignore[arg-type]
        return self.address(documento)

    def address(self, documento: Documento) -> str:
        self.save()
        return f"{BASE}/documentos/{documento.numero}"

    def path(self) -> Path:
        """The only file of the repository."""
        [path] = [p for p in self.folder.rglob("*") if not p.is_dir()]
        return path

    def set_page(self, documento: Documento, html: str) -> None:
        self.save()
        table = tables.documento_conteudo
        self.connection.execute(
            update(table)
            .where(table.c.id_documento == documento.id)
            .values(conteudo_assinatura=html)
        )
        self.connection.commit()


def problems(problem: str) -> float:
    """How many of them have been counted."""
    labels = {"tenant": "acacias", "problem": problem}
    return REGISTRY.get_sample_value("portal_file_problems_total", labels) or 0


def file_lines(written: pytest.CaptureFixture[bytes]) -> list[dict[str, str]]:
    """What the log says of files."""
    said = [json.loads(line) for line in written.readouterr().out.splitlines()]
    return [line for line in said if line["event"] == "file"]
