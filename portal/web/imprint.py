"""What a document made in SEI says at its end on paper: which one it is, who signed it, and how
whoever holds the paper finds out whether it is genuine. SEI keeps none of it in the text."""

from collections.abc import Iterator

from portal.sei.values import Conteudo, Documento
from portal.tenancy import Tenant
from portal.web.dates import clock, short
from portal.web.links import Links
from portal.web.sentences import describe_signature


def list_imprint(
    tenant: Tenant, chave: str, documento: Documento, conteudo: Conteudo
) -> Iterator[str]:
    """Sentences, in their order. `chave` is the processo's."""
    address = Links(chave, site=tenant.endereco).documento(documento.numero_sei)
    yield f"{documento.titulo}. Impresso de {address}"
    for signatario in documento.signatarios:
        cargo = f", {signatario.cargo}" if signatario.cargo else ""
        day = signatario.moment
        when = f" em {short(day)} às {clock(day)}" if day else ""
        yield f"{signatario.nome}{cargo}. {describe_signature(signatario)}{when}."
    if conteudo.crc:
        yield (
            f"Código verificador {documento.numero_sei} e código CRC {conteudo.crc}."
            f" Confira em {tenant.endereco}/autenticidade"
        )
