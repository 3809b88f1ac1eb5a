"""The named cases of the demo: what each is, and its number, known without building anything.

An example's number depends on the day it was autuado, which depends on `now` alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from portal.demo.calendar import workday_before
from portal.demo.gallery import (
    accesses,
    backstage,
    files,
    hostile,
    levels,
    outside,
    papers,
    states,
)
from portal.demo.gallery.giant import giant
from portal.demo.numbering import nup, sei_mg
from portal.demo.scene import Scene
from portal.demo.town import CAMARA, PREFEITURA
from portal.sei.tables import infra_parametro, protocolo
from portal.sei.values import NivelAcesso

PARAMETRO = "DEMO_AGORA"
"""Row of `infra_parametro` where the generator writes the moment it was told."""
READY = "DEMO_PRONTA"
"""Row that it writes at the end: without it, the building was interrupted."""
SLOTS = 200
"""Numbers a day may use: the first are for examples, the rest for ordinary processos."""
FIRST_ORDINARY = 80
INFORMACAO_PESSOAL = "Informação Pessoal"


@dataclass(frozen=True, slots=True)
class Example:
    """One named case. `days` is how many days before `now` it was autuado."""

    name: str
    tell: Callable[[Scene], None]
    days: int = 60
    tipo: str = "Demanda Externa: Outros Órgãos Públicos"
    unidade: str = "PROTOCOLO"
    nivel: str = NivelAcesso.PUBLICO
    hipotese: str | None = None
    grau: str | None = None
    descricao: str | None = None
    numero: Callable[[int], str] | None = None
    """Its number, from the year, when it is not one of the município's own mask."""
    original: bool = False
    """Came from elsewhere, with the date it already had."""
    generated: bool = True
    interessado: bool = True
    optional: bool = False
    """Made only when asked for."""
    repeats: bool = False
    """Has the digits of another one, which SEI allows since 4.0."""


EXAMPLES = (
    Example("principal", states.hub, 150, "Meio Ambiente: Licença Ambiental Simplificada"),
    Example(
        "concluido",
        states.concluido,
        200,
        "Meio Ambiente: Autorização para Poda ou Corte de Árvore",
        descricao="Poda de sibipiruna na calçada",
    ),
    Example(
        "restrito",
        levels.restrito,
        12,
        "Pessoal: Férias",
        "SEDUC",
        NivelAcesso.RESTRITO,
        INFORMACAO_PESSOAL,
        descricao="Férias de servidora da Educação",
    ),
    Example(
        "sigiloso",
        levels.sigiloso,
        90,
        "Ouvidoria: Denúncia",
        "OUVIDORIA",
        NivelAcesso.SIGILOSO,
        INFORMACAO_PESSOAL,
        "R",
        descricao="Denúncia sob apuração sigilosa",
    ),
    Example("edital", states.edital, 180, "Gestão Documental: Eliminação de Documentos"),
    Example(
        "publico",
        levels.publico,
        45,
        "IPTU: Revisão de Lançamento",
        descricao="Revisão da área construída",
    ),
    Example("quarenta", levels.forty, 160, "Obras: Alvará de Construção"),
    Example(
        "restrito_por_documento",
        levels.restrito_by_document,
        90,
        "IPTU: Isenção para Aposentado ou Pensionista",
    ),
    Example("anexado_a_restrito", levels.anexado_to_restrito, 80, "IPTU: Revisão de Lançamento"),
    Example("rebaixado", levels.lowered, 90, "Convênios: Prestação de Contas"),
    Example("sobrestado", states.sobrestado),
    Example("sobrestado_vinculado", states.sobrestado_for_another),
    Example("ja_sobrestado", states.once_sobrestado, 90),
    Example("anexado", states.anexado),
    Example("desanexado", states.desanexado),
    Example("relacionado", states.relacionado),
    Example("relacionado_a_sigiloso", states.relacionado_to_sigiloso),
    Example("bloqueado", states.bloqueado),
    Example("reaberto", states.reaberto, 80, "Iluminação Pública: Troca de Lâmpada"),
    Example(
        "varias_unidades",
        states.several_units,
        50,
        "Posturas: Alvará de Localização e Funcionamento",
    ),
    Example("eliminado", states.eliminado, 170),
    Example("recem_criado", states.just_made, 0),
    Example("teste", states.of_test_unit, 20, unidade="TESTE"),
    Example("camara", states.of_camara, 60, "Legislativo: Projeto de Lei", "CM-PROTOCOLO"),
    Example("dois_orgaos", states.two_orgaos, 40, unidade="GABINETE"),
    Example("nome_antigo", states.former_name, 700),
    Example("sem_tarefa", states.without_tarefa),
    Example("sem_andamentos", states.without_andamentos, 2400, generated=False),
    Example(
        "sem_interessado", levels.publico, 50, "IPTU: Revisão de Lançamento", interessado=False
    ),
    Example("tramita", outside.in_transit, 25),
    Example("tramite_em_verificacao", outside.overdue, 40),
    Example("tramite_recebido", outside.received_there),
    Example("tramite_recusado", outside.refused),
    Example("tramite_cancelado", outside.cancelled),
    Example("tramite_nao_saiu", outside.never_left),
    Example(
        "tramite_chegou",
        outside.arrived,
        numero=lambda year: sei_mg("2970", 11873, year),
        original=True,
    ),
    Example(
        "tramite_chegou_federal",
        outside.arrived_federal,
        numero=lambda year: nup("99990", 4816, year),
        original=True,
    ),
    Example("tramite_avulso", outside.lone_document),
    Example("tramite_reenviado", outside.sent_again, 80),
    Example("tramite_voltou", outside.came_back, 90),
    Example("tramite_repetido", outside.repeated),
    Example(
        "tramite_restrito",
        outside.restrito,
        nivel=NivelAcesso.RESTRITO,
        hipotese=INFORMACAO_PESSOAL,
    ),
    Example("assinaturas", papers.assinaturas),
    Example("documento_cancelado", papers.cancelled),
    Example("documento_excluido", papers.deleted),
    Example("documento_movido", papers.moved),
    Example("documento_restrito", papers.restricted_document),
    Example("publicado", papers.published, tipo="Pessoal: Aposentadoria"),
    Example("formularios", papers.formularios, tipo="Ouvidoria: Reclamação", unidade="OUVIDORIA"),
    Example("intimacao_pendente", papers.intimacao_pendente),
    Example("intimacao_cumprida", papers.intimacao_cumprida),
    Example("acesso_externo", accesses.acesso_externo),
    Example("acesso_antigo", accesses.old_acesso_externo, 2000),
    Example("internas", backstage.internal, 150),
    Example("mudancas", backstage.changes),
    Example("federacao", backstage.federation),
    Example(
        "credenciais",
        backstage.credentials,
        150,
        "Pessoal: Sindicância",
        "CGM",
        NivelAcesso.SIGILOSO,
        "Investigação de Responsabilidade de Servidor",
        "S",
    ),
    Example("hostil", hostile.hostile, descricao="<b>Especificação</b> & \"aspas\" 'simples'"),
    Example("ambiguo", levels.publico, 30, numero=lambda year: f"9310.01.0700001/{year}-44"),
    Example(
        "ambiguo_outro",
        levels.publico,
        30,
        numero=lambda year: f"9310.010.700001/{year}-44",
        repeats=True,
    ),
    Example(
        "com_letras",
        states.concluido,
        300,
        "Meio Ambiente: Autorização para Poda ou Corte de Árvore",
        numero=lambda year: f"PMVA-070002/{13015:06d}/{year}",
    ),
    Example(
        "migrado",
        states.concluido,
        1500,
        "Meio Ambiente: Autorização para Poda ou Corte de Árvore",
        numero=lambda year: f"9310.01.0000777/{year}-00",
        original=True,
    ),
    Example(
        "documentos",
        files.of_every_kind,
        30,
        "Obras: Alvará de Construção",
        descricao="Reforma de calçada e muro",
    ),
    Example("gigante", giant, 1400, "Obras: Alvará de Construção", optional=True),
)


def examples(now: datetime) -> Mapping[str, str]:
    """The number of every example, by name, of a demo built with this `now`."""
    return {e.name: number_of(index, e, now) for index, e in enumerate(EXAMPLES)}


def find_examples(connection: Connection) -> Mapping[str, str]:
    """Those that the demo in a database has; none when no demo was built there."""
    made = select(infra_parametro.c.valor).where(infra_parametro.c.nome == PARAMETRO)
    now = connection.scalar(made)
    if now is None:
        return {}
    numbers = examples(datetime.fromisoformat(now))
    formatado = protocolo.c.protocolo_formatado
    there = set(connection.scalars(select(formatado).where(formatado.in_(numbers.values()))))
    return {name: numero for name, numero in numbers.items() if numero in there}


def is_complete(connection: Connection) -> bool:
    """Whether a demo was built in a database, to its end."""
    query = select(infra_parametro.c.nome).where(infra_parametro.c.nome == READY)
    return connection.scalar(query) is not None


def day_of(example: Example, now: datetime) -> date:
    """The workday on which an example was autuado."""
    return workday_before(now.date() - timedelta(days=example.days))


def original_of(example: Example, now: datetime) -> date | None:
    """The date it brought, some weeks earlier in the year of its number; None when it was ours."""
    day = day_of(example, now)
    first = date(day.year, 1, 2)
    return max(first, day - timedelta(days=40)) if example.original else None


def number_of(index: int, example: Example, now: datetime) -> str:
    """The number of the example at a place in `EXAMPLES`."""
    day = day_of(example, now)
    if example.numero is not None:
        return example.numero(day.year)
    orgao = CAMARA if example.unidade.startswith("CM-") else PREFEITURA
    return sei_mg(orgao.codigo, day.timetuple().tm_yday * SLOTS + index, day.year)
