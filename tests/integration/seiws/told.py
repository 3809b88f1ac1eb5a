"""What the tests of SEI's web service tell it."""

from datetime import date
from hashlib import md5

from portal.seiws.values import (
    Access,
    ArquivoEnviado,
    DocumentoExterno,
    Participante,
    ProcessoNovo,
    Versao,
)

CHAVE = "0a1b2c3d" + "4e" * 32
UNIDADE = "110000101"
MARIA = Participante("Maria Aparecida Ferreira", cpf="99900001079")
PADARIA = Participante("Padaria Pão & Cia <Ltda>", cnpj="99900001000104")
DAY = date(2026, 3, 4)
NOVO = ProcessoNovo(
    id_unidade=UNIDADE,
    id_tipo_procedimento="100000502",
    especificacao="Isenção de IPTU – portal VDA-2026-000123",
    interessados=(MARIA, PADARIA),
    documentos=(
        DocumentoExterno("64", "701", DAY, remetente=MARIA),
        DocumentoExterno("263", "702", DAY, numero="comprovante de “renda”"),
    ),
    observacao="Recebido pelo portal.\nCódigo VDA-2026-000123",
    unidades_envio=("110000107", "110000108"),
    manter_aberto=False,
)


def access_to(endereco: str, versao: str = "5.0", wsdl: str = "") -> Access:
    return Access(endereco, "PORTAL", CHAVE, Versao.parse(versao), wsdl)


def arquivo_of(data: bytes, nome: str = "petição.pdf", piece: int = 65_536) -> ArquivoEnviado:
    """A file that is read in pieces."""
    starts = range(0, len(data), piece)
    return ArquivoEnviado(
        nome,
        len(data),
        md5(data, usedforsecurity=False).hexdigest(),
        lambda: (data[at : at + piece] for at in starts),
    )
