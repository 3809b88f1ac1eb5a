"""A service to be changed by tests."""

from portal.servicos.toml import read_servicos
from portal.servicos.values import Servico

PODA = """
[poda]
nome = "Poda de árvore"
tema = "Rua e meio ambiente"
resumo = "Pedir que a prefeitura pode uma árvore."
explicacao = "A prefeitura vai até lá."
quem_pode = ["Qualquer pessoa"]
prazo = "Até 20 dias."
etapas = ["Um servidor visita a árvore."]
busca = ["galho", "fiação"]

[poda.sei]
id_tipo_procedimento = "100000509"
id_unidade = "110000101"
id_serie = "64"

[[poda.documentos]]
chave = "fotos"
nome = "Fotos"
porque = "Mostram a árvore."
exemplo = "Uma da árvore inteira."
id_serie = "263"

[[poda.campos]]
chave = "lugar"
rotulo = "A árvore está"
tipo = "escolha"
opcoes = ["Na rua", "Num terreno"]
"""


def read(text: str = PODA) -> tuple[Servico, ...]:
    return read_servicos("servicos.toml", text)


def read_changed(old: str, new: str) -> tuple[Servico, ...]:
    """With one line of it changed."""
    assert PODA.count(old) == 1, old
    return read(PODA.replace(old, new))
