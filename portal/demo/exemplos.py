"""The named cases of the demo: what each is, and its number, known without building anything.

An example's number depends on the day it was autuado, which depends on `agora` alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from portal.demo.calendario import workday_before
from portal.demo.cena import Cena
from portal.demo.galeria import acessos, bastidores, estados, externos, hostil, niveis, papeis
from portal.demo.galeria.gigante import gigante
from portal.demo.municipio import CAMARA, PREFEITURA
from portal.demo.numeracao import nup, sei_mg
from portal.sei.tables import infra_parametro, protocolo
from portal.sei.values import NivelAcesso

PARAMETRO = "DEMO_AGORA"
"""Row of `infra_parametro` where the generator writes the moment it was told."""
PRONTA = "DEMO_PRONTA"
"""Row that it writes at the end: without it, the building was interrupted."""
SLOTS = 200
"""Numbers a day may use: the first are for examples, the rest for ordinary processos."""
FIRST_ORDINARY = 80
INFORMACAO_PESSOAL = "Informação Pessoal"


@dataclass(frozen=True, slots=True)
class Exemplo:
    """One named case. `dias` is how many days before `agora` it was autuado."""

    nome: str
    tell: Callable[[Cena], None]
    dias: int = 60
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
    gerado: bool = True
    interessado: bool = True
    opcional: bool = False
    """Made only when asked for."""
    repete: bool = False
    """Has the digits of another one, which SEI allows since 4.0."""


EXEMPLOS = (
    Exemplo("principal", estados.principal, 150, "Meio Ambiente: Licença Ambiental Simplificada"),
    Exemplo(
        "concluido",
        estados.concluido,
        200,
        "Meio Ambiente: Autorização para Poda ou Corte de Árvore",
        descricao="Poda de sibipiruna na calçada",
    ),
    Exemplo(
        "restrito",
        niveis.restrito,
        12,
        "Pessoal: Férias",
        "SEDUC",
        NivelAcesso.RESTRITO,
        INFORMACAO_PESSOAL,
        descricao="Férias de servidora da Educação",
    ),
    Exemplo(
        "sigiloso",
        niveis.sigiloso,
        90,
        "Ouvidoria: Denúncia",
        "OUVIDORIA",
        NivelAcesso.SIGILOSO,
        INFORMACAO_PESSOAL,
        "R",
        descricao="Denúncia sob apuração sigilosa",
    ),
    Exemplo("edital", estados.edital, 180, "Gestão Documental: Eliminação de Documentos"),
    Exemplo(
        "publico",
        niveis.publico,
        45,
        "IPTU: Revisão de Lançamento",
        descricao="Revisão da área construída",
    ),
    Exemplo("quarenta", niveis.quarenta, 160, "Obras: Alvará de Construção"),
    Exemplo(
        "restrito_por_documento",
        niveis.restrito_por_documento,
        90,
        "IPTU: Isenção para Aposentado ou Pensionista",
    ),
    Exemplo("anexado_a_restrito", niveis.anexado_a_restrito, 80, "IPTU: Revisão de Lançamento"),
    Exemplo("rebaixado", niveis.rebaixado, 90, "Convênios: Prestação de Contas"),
    Exemplo("sobrestado", estados.sobrestado),
    Exemplo("sobrestado_vinculado", estados.sobrestado_vinculado),
    Exemplo("ja_sobrestado", estados.ja_sobrestado, 90),
    Exemplo("anexado", estados.anexado),
    Exemplo("desanexado", estados.desanexado),
    Exemplo("relacionado", estados.relacionado),
    Exemplo("relacionado_a_sigiloso", estados.relacionado_a_sigiloso),
    Exemplo("bloqueado", estados.bloqueado),
    Exemplo("reaberto", estados.reaberto, 80, "Iluminação Pública: Troca de Lâmpada"),
    Exemplo(
        "varias_unidades",
        estados.varias_unidades,
        50,
        "Posturas: Alvará de Localização e Funcionamento",
    ),
    Exemplo("eliminado", estados.eliminado, 170),
    Exemplo("recem_criado", estados.recem_criado, 0),
    Exemplo("teste", estados.teste, 20, unidade="TESTE"),
    Exemplo("camara", estados.camara, 60, "Legislativo: Projeto de Lei", "CM-PROTOCOLO"),
    Exemplo("dois_orgaos", estados.dois_orgaos, 40, unidade="GABINETE"),
    Exemplo("nome_antigo", estados.nome_antigo, 700),
    Exemplo("sem_tarefa", estados.sem_tarefa),
    Exemplo("sem_andamentos", estados.sem_andamentos, 2400, gerado=False),
    Exemplo(
        "sem_interessado", niveis.publico, 50, "IPTU: Revisão de Lançamento", interessado=False
    ),
    Exemplo("tramita", externos.tramita, 25),
    Exemplo("tramite_em_verificacao", externos.em_verificacao, 40),
    Exemplo("tramite_recebido", externos.recebido_la),
    Exemplo("tramite_recusado", externos.recusado),
    Exemplo("tramite_cancelado", externos.cancelado),
    Exemplo("tramite_nao_saiu", externos.nao_saiu),
    Exemplo(
        "tramite_chegou",
        externos.chegou,
        numero=lambda ano: sei_mg("2970", 11873, ano),
        original=True,
    ),
    Exemplo(
        "tramite_chegou_federal",
        externos.chegou_federal,
        numero=lambda ano: nup("99990", 4816, ano),
        original=True,
    ),
    Exemplo("tramite_avulso", externos.avulso),
    Exemplo("tramite_reenviado", externos.reenviado, 80),
    Exemplo("tramite_voltou", externos.voltou, 90),
    Exemplo("tramite_repetido", externos.repetido),
    Exemplo(
        "tramite_restrito",
        externos.tramite_restrito,
        nivel=NivelAcesso.RESTRITO,
        hipotese=INFORMACAO_PESSOAL,
    ),
    Exemplo("assinaturas", papeis.assinaturas),
    Exemplo("documento_cancelado", papeis.cancelado),
    Exemplo("documento_excluido", papeis.excluido),
    Exemplo("documento_movido", papeis.movido),
    Exemplo("documento_restrito", papeis.documento_restrito_na_arvore),
    Exemplo("publicado", papeis.publicado, tipo="Pessoal: Aposentadoria"),
    Exemplo("formularios", papeis.formularios, tipo="Ouvidoria: Reclamação", unidade="OUVIDORIA"),
    Exemplo("intimacao_pendente", papeis.intimacao_pendente),
    Exemplo("intimacao_cumprida", papeis.intimacao_cumprida),
    Exemplo("acesso_externo", acessos.acesso_externo),
    Exemplo("acesso_antigo", acessos.acesso_antigo, 2000),
    Exemplo("internas", bastidores.internas, 150),
    Exemplo("mudancas", bastidores.mudancas),
    Exemplo("federacao", bastidores.federacao),
    Exemplo(
        "credenciais",
        bastidores.credenciais,
        150,
        "Pessoal: Sindicância",
        "CGM",
        NivelAcesso.SIGILOSO,
        "Investigação de Responsabilidade de Servidor",
        "S",
    ),
    Exemplo("hostil", hostil.hostil, descricao="<b>Especificação</b> & \"aspas\" 'simples'"),
    Exemplo("ambiguo", niveis.publico, 30, numero=lambda ano: f"9310.01.0700001/{ano}-44"),
    Exemplo(
        "ambiguo_outro",
        niveis.publico,
        30,
        numero=lambda ano: f"9310.010.700001/{ano}-44",
        repete=True,
    ),
    Exemplo(
        "com_letras",
        estados.concluido,
        300,
        "Meio Ambiente: Autorização para Poda ou Corte de Árvore",
        numero=lambda ano: f"PMVA-070002/{13015:06d}/{ano}",
    ),
    Exemplo(
        "migrado",
        estados.concluido,
        1500,
        "Meio Ambiente: Autorização para Poda ou Corte de Árvore",
        numero=lambda ano: f"9310.01.0000777/{ano}-00",
        original=True,
    ),
    Exemplo("gigante", gigante, 1400, "Obras: Alvará de Construção", opcional=True),
)


def exemplos(agora: datetime) -> Mapping[str, str]:
    """The number of every example, by name, of a demo built with this `agora`."""
    return {e.nome: number_of(index, e, agora) for index, e in enumerate(EXEMPLOS)}


def find_exemplos(connection: Connection) -> Mapping[str, str]:
    """Those that the demo in a database has; none when no demo was built there."""
    made = select(infra_parametro.c.valor).where(infra_parametro.c.nome == PARAMETRO)
    agora = connection.scalar(made)
    if agora is None:
        return {}
    numbers = exemplos(datetime.fromisoformat(agora))
    formatado = protocolo.c.protocolo_formatado
    there = set(connection.scalars(select(formatado).where(formatado.in_(numbers.values()))))
    return {nome: numero for nome, numero in numbers.items() if numero in there}


def is_complete(connection: Connection) -> bool:
    """Whether a demo was built in a database, to its end."""
    query = select(infra_parametro.c.nome).where(infra_parametro.c.nome == PRONTA)
    return connection.scalar(query) is not None


def day_of(exemplo: Exemplo, agora: datetime) -> date:
    """The workday on which an example was autuado."""
    return workday_before(agora.date() - timedelta(days=exemplo.dias))


def original_of(exemplo: Exemplo, agora: datetime) -> date | None:
    """The date it brought, some weeks earlier in the year of its number; None when it was ours."""
    day = day_of(exemplo, agora)
    first = date(day.year, 1, 2)
    return max(first, day - timedelta(days=40)) if exemplo.original else None


def number_of(index: int, exemplo: Exemplo, agora: datetime) -> str:
    """The number of the example at a place in `EXEMPLOS`."""
    day = day_of(exemplo, agora)
    if exemplo.numero is not None:
        return exemplo.numero(day.year)
    orgao = CAMARA if exemplo.unidade.startswith("CM-") else PREFEITURA
    return sei_mg(orgao.codigo, day.timetuple().tm_yday * SLOTS + index, day.year)
