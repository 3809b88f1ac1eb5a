"""What a document holds: the page that was signed, or the row of its file."""

from functools import lru_cache

from sqlalchemy import BigInteger, Connection, and_, bindparam, select

from portal.sei import visibility
from portal.sei.queries.rows import Question, flag, settled
from portal.sei.tables import anexo, documento, documento_conteudo, protocolo
from portal.sei.values import Anexo, Conteudo, TipoProtocolo
from portal.sei.visibility import Rules


@lru_cache
def select_conteudo(rules: Rules, with_page: bool, granted: bool = False) -> Question:
    """The content of one document, whose page may be megabytes and is read only when wanted."""
    p, c = protocolo.c, documento_conteudo.c
    signed = and_(c.conteudo_assinatura.is_not(None), p.sta_protocolo == TipoProtocolo.GERADO.value)
    return settled(
        select(
            c.crc_assinatura,
            flag(signed).label("signed"),
            *((c.conteudo_assinatura,) if with_page else ()),
            anexo.c.id_anexo,
            anexo.c.nome,
            anexo.c.tamanho,
            anexo.c.hash,
            anexo.c.dth_inclusao,
        )
        .select_from(protocolo)
        .join(documento, documento.c.id_documento == p.id_protocolo)
        .outerjoin(documento_conteudo, c.id_documento == p.id_protocolo)
        .outerjoin(
            anexo,
            and_(
                anexo.c.id_protocolo == p.id_protocolo,
                anexo.c.sin_ativo == "S",
                p.sta_protocolo == TipoProtocolo.RECEBIDO.value,
            ),
        )
        .where(
            p.id_protocolo == bindparam("id_documento", type_=BigInteger),
            visibility.conteudo_criterion(rules, granted),
        )
        .order_by(anexo.c.id_anexo)
        .limit(1)
    )


def find_conteudo(
    sei: Connection, rules: Rules, id_documento: int, *, with_page: bool, granted: bool = False
) -> Conteudo | None:
    """What a document holds; None when it holds nothing that anybody may read.

    Whether it opens is for the caller to ask of `visibility` first. Of a document received from
    outside only the file counts, of one made in SEI only the page as it was signed.
    """
    row = sei.execute(
        select_conteudo(rules, with_page, granted), {"id_documento": id_documento}
    ).one_or_none()
    if row is None or (row.id_anexo is None and row.signed != 1):
        return None
    return Conteudo(
        crc=row.crc_assinatura.strip() if row.crc_assinatura else None,
        pagina=row.conteudo_assinatura if with_page and row.id_anexo is None else None,
        anexo=None
        if row.id_anexo is None
        else Anexo(
            id_anexo=row.id_anexo,
            nome=row.nome,
            tamanho=row.tamanho,
            hash=row.hash.strip(),
            incluido_em=row.dth_inclusao.date(),
        ),
    )
