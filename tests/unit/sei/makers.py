"""Values of SEI as most of them are, for tests that need no database."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from portal.sei.values import (
    Andamento,
    Atributo,
    EstadoProtocolo,
    NivelAcesso,
    Procedimento,
    StaDocumento,
    Tarefa,
    TipoProtocolo,
    Unidade,
)
from portal.sei.visibility import DocumentFacts, Referenced, Rules
from tests.unit.sei.conftest import NOW

OBRAS = Unidade(7, "SEOBRAS", "Secretaria Municipal de Obras e Urbanismo", "PMVA")


def make_andamento(
    nome: str | None,
    id_tarefa: int | None = 65,
    *,
    modulo: str | None = None,
    moment: datetime = NOW,
    id_atividade: int = 1,
    **atributos: Any,
) -> Andamento:
    """An andamento by its template; an attribute is its `valor`, or `Atributo`'s other fields in a
    tuple; a list makes several rows of one name."""
    rows = []
    for name, values in atributos.items():
        for value in values if isinstance(values, list) else [values]:
            fields = value if isinstance(value, tuple) else (value, None)
            rows.append(Atributo(name, *fields))
    return Andamento(
        id_atividade=id_atividade,
        moment=moment,
        unidade=OBRAS,
        tarefa=Tarefa(id_tarefa, nome, modulo),
        atributos=tuple(rows),
    )


def make_referenced(**changes: Any) -> Referenced:
    """A público document made in SEI and signed."""
    signed = Referenced(
        id_protocolo=501,
        formatado="0000501",
        chave="0000501",
        tipo_protocolo=TipoProtocolo.GERADO,
        nivel_acesso_local=NivelAcesso.PUBLICO,
        nivel_acesso_global=NivelAcesso.PUBLICO,
        id_orgao=0,
        id_unidade_geradora=OBRAS.id_unidade,
        nome="Parecer",
        assinado=True,
    )
    return replace(signed, **changes)


def make_other_processo(**changes: Any) -> Referenced:
    """Another processo, público."""
    other = make_referenced(
        id_protocolo=900,
        formatado="9310.01.0000009/2026-31",
        chave="9310010000009202631",
        tipo_protocolo=TipoProtocolo.PROCESSO,
        nome="IPTU: Revisão de Lançamento",
        assinado=False,
    )
    return replace(other, **changes)


def make_procedimento(**changes: Any) -> Procedimento:
    """A público processo, with everything there is to know about one."""
    processo = Procedimento(
        id_procedimento=1,
        formatado="9310.01.0000001/2026-05",
        chave="9310010000001202605",
        tipo="Obras: Alvará de Construção",
        estado=EstadoProtocolo.NORMAL,
        nivel_acesso_local=NivelAcesso.PUBLICO,
        nivel_acesso_global=NivelAcesso.PUBLICO,
        hipotese_legal=None,
        orgao="Prefeitura Municipal de Vale das Acácias",
        autuacao=date(2026, 2, 18),
        unidade_geradora=OBRAS,
        concluded_on=None,
        eliminado=False,
        descricao="Rua das Flores, 10",
    )
    return replace(processo, **changes)


def make_rules(**changes: Any) -> Rules:
    """The rules of a tenant that chose nothing."""
    rules = Rules(
        restritos=True,
        documentos_de_restritos=False,
        andamentos_de_restritos=False,
        descricao=False,
        data_corte=None,
        unidade_teste=None,
    )
    return replace(rules, **changes)


def make_facts(**changes: Any) -> DocumentFacts:
    """A document of which nothing keeps it closed."""
    facts = DocumentFacts(
        nivel_acesso_local=NivelAcesso.PUBLICO,
        nivel_acesso_global=NivelAcesso.PUBLICO,
        sta_documento=StaDocumento.INTERNO,
        id_serie=5,
        included_on=date(2026, 3, 1),
        intimacao_pendente=False,
    )
    return replace(facts, **changes)
