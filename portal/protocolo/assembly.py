"""A draft made into the files that SEI gets: the form is one, photos of a documento are another."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import md5, sha256

from portal.arquivos import checks
from portal.arquivos.names import with_ending
from portal.arquivos.store import PART, Store
from portal.arquivos.values import Kind, Refused
from portal.errors import PortalError
from portal.protocolo.values import DraftFileView, DraftView, FileState, SentFile
from portal.servicos.values import DocumentoPedido, Servico

MAIN_LABEL = "Requerimento.pdf"


class NotJoined(PortalError):
    """Photos that were taken one by one do not make a PDF together."""


@contextmanager
def assembling(
    store: Store,
    tenant: str,
    draft: DraftView,
    servico: Servico,
    write_main: Callable[[Sequence[SentFile]], bytes],
) -> Iterator[tuple[SentFile, ...]]:
    """All files of a complete draft in the order of the service, and before them the main one,
    which is written last: it has the hashes of the others.

    What is made here is kept in the store before the block begins, and deleted again when it
    fails. Raises NotJoined, Damaged and FilesAway.
    """
    made: list[SentFile] = []

    def keep(content: bytes, label: str, id_serie: str, pages: int | None) -> SentFile:
        file = _describe(content, label, id_serie, pages)
        made.append(file)
        for offset in range(0, len(content), PART):
            store.put(tenant, file.id, offset, content[offset : offset + PART])
        return file

    try:
        files: list[SentFile] = []
        for documento in servico.documentos:
            pdfs, photos = _files_of(draft, documento)
            files += [_as_it_is(file, documento.id_serie) for file in pdfs]
            if photos:
                parts = [store.read(tenant, photo.id, photo.length) for photo in photos]
                joined = checks.make_pdf(parts)
                if isinstance(joined, Refused):
                    raise NotJoined(joined.reason)
                label = with_ending(documento.nome, "pdf")
                files.append(keep(joined, label, documento.id_serie, len(photos)))
        main = keep(write_main(files), MAIN_LABEL, servico.sei.id_serie, None)
        yield (main, *files)
    except BaseException:
        for file in made:
            store.delete(tenant, file.id)
        raise


def _files_of(
    draft: DraftView, documento: DocumentoPedido
) -> tuple[list[DraftFileView], list[DraftFileView]]:
    """PDFs and photos, each in their order."""
    files = [
        f for f in draft.files if f.documento == documento.chave and f.state is FileState.READY
    ]
    return (
        [f for f in files if f.kind is Kind.PDF],
        [f for f in files if f.kind is Kind.FOTO],
    )


def _as_it_is(file: DraftFileView, id_serie: str) -> SentFile:
    """No byte of a PDF is changed: a signature in it would be lost."""
    if file.sha256 is None or file.md5 is None:
        raise ValueError(f"file {file.id} was never looked at")
    return SentFile(
        id=file.id,
        label=with_ending(file.label, "pdf"),
        id_serie=id_serie,
        size=file.length,
        sha256=file.sha256,
        md5=file.md5,
        pages=file.pages,
    )


def _describe(content: bytes, label: str, id_serie: str, pages: int | None) -> SentFile:
    return SentFile(
        id=uuid.uuid4(),
        label=label,
        id_serie=id_serie,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        md5=md5(content, usedforsecurity=False).hexdigest(),
        pages=pages,
    )
