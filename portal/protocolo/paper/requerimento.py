"""The main document of a petition: what was written in the form, and what is sent with it."""

from collections.abc import Iterator, Sequence

from portal.govbr.values import Nivel
from portal.protocolo.paper.typesetting import typeset
from portal.protocolo.paper.words import Pair, tell_instant, tell_people
from portal.protocolo.values import Content, Evidence, SentFile

SIGNATURES = {
    "simples": "assinatura simples (Lei 14.063/2020, art. 4º, I)",
    "avancada": "assinatura avançada (Lei 14.063/2020, art. 4º, II)",
}


def make_requerimento(orgao: str, content: Content, files: Sequence[SentFile]) -> bytes:
    """The PDF, dated when the button was pressed; `files` are those that go with it. Who has access
    to the processo reads it, so the CPF is masked: SEI has it whole, as the interessado's."""
    data = {
        "orgao": orgao,
        "pedido": list(_tell_request(orgao, content)),
        "respostas": [(answer.rotulo, answer.valor or "—") for answer in content.answers],
        "documentos": [{"nome": file.label, "sha256": file.sha256} for file in files],
        "declaracao": content.evidence.declaration,
        "assinatura": list(_tell_signature(content.evidence)),
    }
    return typeset("requerimento", data, content.evidence.at)


def _tell_request(orgao: str, content: Content) -> Iterator[Pair]:
    yield "Para", orgao
    yield "Serviço", content.servico
    if content.intercorrente:
        yield "Processo", content.intercorrente
    yield from tell_people(content)
    if content.sensitive:
        yield "Atenção", "quem pede avisa que há aqui dados pessoais sensíveis"


def _tell_signature(evidence: Evidence) -> Iterator[Pair]:
    yield "Como assinou", SIGNATURES[evidence.kind]
    yield "Conta gov.br", f"nível {Nivel(evidence.nivel).word}"
    yield "Entrou com gov.br em", tell_instant(evidence.signed_in)
    yield "Assinou em", tell_instant(evidence.at)
