"""The receipt of a submission."""

from collections.abc import Iterator

from portal.protocolo.paper.typesetting import typeset
from portal.protocolo.paper.words import Pair, tell_arrival, tell_people
from portal.protocolo.values import SubmissionView


def make_recibo(
    orgao: str, submission: SubmissionView, codigo: str, endereco: str, qr: bytes
) -> bytes:
    """The PDF, dated when what it says last changed. `endereco` is where anybody may check the
    receipt by its `codigo`, and `qr` the same as an SVG."""
    data = {
        "orgao": orgao,
        "recebido": list(_tell_submission(submission)),
        "quem": list(tell_people(submission.content)),
        "documentos": [
            {"nome": _name(file.label, file.documento), "sha256": file.sha256}
            for file in submission.files
        ],
        "codigo": codigo,
        "endereco": endereco,
        "qr": qr.decode(),
    }
    return typeset("recibo", data, submission.autuado_at or submission.received_at)


def _tell_submission(submission: SubmissionView) -> Iterator[Pair]:
    yield from tell_arrival(submission)
    yield "Serviço", submission.content.servico
    if submission.content.unidade:
        yield "Unidade", submission.content.unidade


def _name(label: str, documento: str | None) -> str:
    return f"{label} (nº SEI {documento})" if documento else label
