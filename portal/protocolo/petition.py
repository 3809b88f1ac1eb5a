"""A submission as SEI is told it: one processo with all its documentos, or documentos for one."""

from collections.abc import Callable, Iterable
from datetime import tzinfo

from portal.protocolo.values import SubmissionFileView, SubmissionView
from portal.seiws.values import ArquivoEnviado, DocumentoExterno, Participante, ProcessoNovo

LONGEST_ESPECIFICACAO, LONGEST_NUMERO = 100, 50
"""Characters, of SEI."""

Reader = Callable[[SubmissionFileView], Iterable[bytes]]
"""The bytes of a file from the beginning, each time anew."""


def make_processo(
    sent: SubmissionView, zone: tzinfo, read: Reader, *, inline: bool
) -> ProcessoNovo:
    """The portal's number comes first in the especificação, by which it is found there."""
    to = sent.content.destination
    return ProcessoNovo(
        id_unidade=to.id_unidade,
        id_tipo_procedimento=to.id_tipo_procedimento,
        especificacao=f"{sent.numero} {sent.content.servico}"[:LONGEST_ESPECIFICACAO],
        interessados=(_interessado(sent),),
        documentos=tuple(
            make_documento(sent, file, zone, read, inline=inline) for file in sent.files
        ),
        nivel_acesso=to.nivel_acesso,
        id_hipotese_legal=to.id_hipotese_legal,
        observacao=_observacao(sent, zone),
        unidades_envio=to.unidades_envio,
        manter_aberto=to.manter_aberto,
    )


def make_documento(
    sent: SubmissionView, file: SubmissionFileView, zone: tzinfo, read: Reader, *, inline: bool
) -> DocumentoExterno:
    """By what SEI calls its file, or with its bytes for a SEI that takes no file beforehand. Its
    day is the day of the act, whenever SEI gets it."""
    return DocumentoExterno(
        id_serie=file.id_serie,
        id_arquivo=None if inline else file.id_arquivo,
        data=sent.received_at.astimezone(zone).date(),
        numero=_numero(sent, file),
        nivel_acesso=sent.content.destination.nivel_acesso,
        id_hipotese_legal=sent.content.destination.id_hipotese_legal,
        remetente=Participante(sent.content.applicant.nome, cpf=sent.content.applicant.cpf),
        inline=make_arquivo(file, read) if inline else None,
    )


def _numero(sent: SubmissionView, file: SubmissionFileView) -> str:
    """What stands beside the série: of the main document the portal's number, else its name."""
    if file.id == sent.files[0].id:
        return sent.numero
    return file.label.removesuffix(".pdf")[:LONGEST_NUMERO]


def make_arquivo(file: SubmissionFileView, read: Reader) -> ArquivoEnviado:
    return ArquivoEnviado(file.label, file.size, file.md5, lambda: read(file))


def _interessado(sent: SubmissionView) -> Participante:
    """Who it is for, which is who signed unless they act for another."""
    other = sent.content.represented
    if other is None:
        return Participante(sent.content.applicant.nome, cpf=sent.content.applicant.cpf)
    if len(other.document) == 11:
        return Participante(other.nome, cpf=other.document)
    return Participante(other.nome, cnpj=other.document)


def _observacao(sent: SubmissionView, zone: tzinfo) -> str:
    at = sent.received_at.astimezone(zone)
    text = (
        f"Recebido pelo portal em {at:%d/%m/%Y} às {at:%H:%M:%S} (horário de Brasília) com o"
        f" número {sent.numero}."
    )
    if sent.content.sensitive:
        text += " Quem enviou avisou que há dados pessoais sensíveis."
    return text
