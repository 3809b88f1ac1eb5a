"""Short stories of a few andamentos and a document or two: what most of a large SEI is made of.

They take no file, so that a million of them fit in a database alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.demo import tramites
from portal.demo.scene import Scene


@dataclass(frozen=True, slots=True)
class ShortStory:
    """A short story. `weight` is how often it is told in a hundred."""

    tipo: str
    tell: Callable[[Scene], None]
    weight: int
    unidade: str = "PROTOCOLO"
    nivel: str = "0"
    grau: str | None = None


def done(s: Scene) -> None:
    """Asked, sent, done."""
    s.write("Formulário", "Pedido registrado no balcão.", sta="F")
    s.send("SEOBRAS")
    s.wait(2, 12)
    s.conclude()


def answered(s: Scene) -> None:
    """Asked and answered in one unit."""
    s.write("Requerimento", "Requer certidão de inteiro teor.")
    s.wait(1, 8)
    s.write("Certidão", "Certifica-se o que consta.")
    s.conclude()


def noted(s: Scene) -> None:
    """Told by notes."""
    s.write("Formulário", "Solicita vistoria.", sta="F")
    s.wait(2, 10)
    s.note("Vistoria feita; relatório em elaboração.")
    s.wait(2, 10)
    s.note("Providências tomadas pela equipe de campo.")
    s.conclude()


def under_review(s: Scene) -> None:
    """Still being looked at, with a draft inside."""
    s.write("Requerimento", "Requer licença.")
    s.send("SEMMA")
    s.sei.minuta(s.processo, "Parecer")


def waiting(s: Scene) -> None:
    """Waiting for papers."""
    s.write("Requerimento", "Requer parcelamento.")
    s.wait(1, 9)
    s.sei.suspend(s.processo)


def reserved(s: Scene) -> None:
    """Restrito by one of its documents."""
    s.write("Requerimento", "Requer benefício.")
    s.write("Declaração", "Declaração de renda.", nivel="1")
    s.wait(2, 9)
    s.conclude()


def of_a_servidor(s: Scene) -> None:
    """Restrito as a whole."""
    s.write("Formulário", "Solicitação de férias.", sta="F")
    s.wait(1, 5)
    s.conclude()


def denunciation(s: Scene) -> None:
    """Sigiloso."""
    s.sei.automatico(s.processo, "Formulário de Ouvidoria", text=("Denúncia.",), nivel="2")
    s.wait(1, 5)
    s.note("Apuração iniciada.")


def sent_elsewhere(s: Scene) -> None:
    """Sent to another body and received there."""
    s.write("Ofício", "Encaminha o pedido ao órgão competente.")
    s.wait(1, 4)
    tramites.send_out(s.sei, s.processo, tramites.ESTRADAS)
    s.wait(1, 3)
    tramites.deliver(s.sei, s.processo, tramites.ESTRADAS)


SHORT_STORIES = (
    ShortStory("Iluminação Pública: Troca de Lâmpada", done, 22),
    ShortStory("Acesso à Informação: Pedido do Cidadão", answered, 20),
    ShortStory("Meio Ambiente: Autorização para Poda ou Corte de Árvore", noted, 18),
    ShortStory("Obras: Alvará de Construção", under_review, 10),
    ShortStory("Dívida Ativa: Parcelamento", waiting, 4),
    ShortStory("Assistência Social: Benefício Eventual", reserved, 8),
    ShortStory("Pessoal: Férias", of_a_servidor, 11, "SEDUC", "1"),
    ShortStory("Ouvidoria: Denúncia", denunciation, 1, "OUVIDORIA", "2", "R"),
    ShortStory("Demanda Externa: Outros Órgãos Públicos", sent_elsewhere, 2),
    ShortStory("Legislativo: Requerimento de Vereador", answered, 4, "CM-PROTOCOLO"),
)
