"""Short stories of a few andamentos and a document or two: what most of a large SEI is made of.

They take no file, so that a million of them fit in a database alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.demo import tramites
from portal.demo.cena import Cena


@dataclass(frozen=True, slots=True)
class Conto:
    """A short story. `peso` is how often it is told in a hundred."""

    tipo: str
    tell: Callable[[Cena], None]
    peso: int
    unidade: str = "PROTOCOLO"
    nivel: str = "0"
    grau: str | None = None


def atendido(c: Cena) -> None:
    """Asked, sent, done."""
    c.write("Formulário", "Pedido registrado no balcão.", sta="F")
    c.send("SEOBRAS")
    c.wait(2, 12)
    c.conclude()


def respondido(c: Cena) -> None:
    """Asked and answered in one unit."""
    c.write("Requerimento", "Requer certidão de inteiro teor.")
    c.wait(1, 8)
    c.write("Certidão", "Certifica-se o que consta.")
    c.conclude()


def anotado(c: Cena) -> None:
    """Told by notes."""
    c.write("Formulário", "Solicita vistoria.", sta="F")
    c.wait(2, 10)
    c.note("Vistoria feita; relatório em elaboração.")
    c.wait(2, 10)
    c.note("Providências tomadas pela equipe de campo.")
    c.conclude()


def em_analise(c: Cena) -> None:
    """Still being looked at, with a draft inside."""
    c.write("Requerimento", "Requer licença.")
    c.send("SEMMA")
    c.sei.minuta(c.processo, "Parecer")


def parado(c: Cena) -> None:
    """Waiting for papers."""
    c.write("Requerimento", "Requer parcelamento.")
    c.wait(1, 9)
    c.sei.suspend(c.processo)


def reservado(c: Cena) -> None:
    """Restrito by one of its documents."""
    c.write("Requerimento", "Requer benefício.")
    c.write("Declaração", "Declaração de renda.", nivel="1")
    c.wait(2, 9)
    c.conclude()


def do_servidor(c: Cena) -> None:
    """Restrito as a whole."""
    c.write("Formulário", "Solicitação de férias.", sta="F")
    c.wait(1, 5)
    c.conclude()


def denuncia(c: Cena) -> None:
    """Sigiloso."""
    c.sei.automatico(c.processo, "Formulário de Ouvidoria", texto=("Denúncia.",), nivel="2")
    c.wait(1, 5)
    c.note("Apuração iniciada.")


def com_outro_orgao(c: Cena) -> None:
    """Sent to another body and received there."""
    c.write("Ofício", "Encaminha o pedido ao órgão competente.")
    c.wait(1, 4)
    tramites.send_out(c.sei, c.processo, tramites.ESTRADAS)
    c.wait(1, 3)
    tramites.deliver(c.sei, c.processo, tramites.ESTRADAS)


CONTOS = (
    Conto("Iluminação Pública: Troca de Lâmpada", atendido, 22),
    Conto("Acesso à Informação: Pedido do Cidadão", respondido, 20),
    Conto("Meio Ambiente: Autorização para Poda ou Corte de Árvore", anotado, 18),
    Conto("Obras: Alvará de Construção", em_analise, 10),
    Conto("Dívida Ativa: Parcelamento", parado, 4),
    Conto("Assistência Social: Benefício Eventual", reservado, 8),
    Conto("Pessoal: Férias", do_servidor, 11, "SEDUC", "1"),
    Conto("Ouvidoria: Denúncia", denuncia, 1, "OUVIDORIA", "2", "R"),
    Conto("Demanda Externa: Outros Órgãos Públicos", com_outro_orgao, 2),
    Conto("Legislativo: Requerimento de Vereador", respondido, 4, "CM-PROTOCOLO"),
)
