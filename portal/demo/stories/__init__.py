"""What happens in a prefeitura, a story for each service."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.demo.scene import Scene
from portal.demo.stories import administration, environment, taxes, works


@dataclass(frozen=True, slots=True)
class Story:
    """How processos of a tipo begin, and what happens to them."""

    tipo: str
    tell: Callable[[Scene], None]
    descricao: str
    unidade: str = "PROTOCOLO"
    nivel: str = "0"
    hipotese: str | None = None
    company: bool = False
    """Asked for by a company rather than a person."""
    days: int = 90
    """Workdays it usually takes: stories begin about as long ago, some long before."""
    weight: int = 3
    """How often it happens."""


STORIES = (
    Story("IPTU: Revisão de Lançamento", taxes.iptu_revision, "Área construída", weight=6),
    Story("IPTU: Isenção para Aposentado ou Pensionista", taxes.iptu_exemption, "Isenção"),
    Story("ITBI: Restituição de Valor Pago a Maior", taxes.itbi_refund, "ITBI"),
    Story("Dívida Ativa: Parcelamento", taxes.instalments, "Parcelamento", days=180),
    Story("Obras: Alvará de Construção", works.building_permit, "Residência", weight=6),
    Story("Obras: Habite-se", works.occupancy, "Habite-se", days=40),
    Story("Obras: Denúncia de Obra Irregular", works.irregular_work, "Obra sem placa", days=50),
    Story(
        "Posturas: Alvará de Localização e Funcionamento",
        works.business_permit,
        "Alvará de funcionamento",
        company=True,
        days=40,
        weight=5,
    ),
    Story("Iluminação Pública: Troca de Lâmpada", works.dead_lamp, "Poste", days=12),
    Story("Trânsito: Recurso de Multa", works.fine_appeal, "Recurso", days=60, weight=4),
    Story(
        "Trânsito: Credencial de Estacionamento para Pessoa Idosa",
        works.parking_card,
        "Credencial",
        days=12,
    ),
    Story(
        "Meio Ambiente: Autorização para Poda ou Corte de Árvore",
        environment.tree_pruning,
        "Poda de árvore na calçada",
        days=50,
        weight=6,
    ),
    Story(
        "Meio Ambiente: Licença Ambiental Simplificada",
        environment.environmental_licence,
        "Lava-jato",
        company=True,
    ),
    Story(
        "Saúde: Licença Sanitária",
        environment.sanitary_licence,
        "Licença sanitária",
        company=True,
        days=45,
    ),
    Story(
        "Assistência Social: Benefício Eventual",
        environment.family_aid,
        "Benefício eventual",
        nivel="1",
        hipotese="Informação Pessoal",
        days=15,
    ),
    Story(
        "Compras: Pregão Eletrônico",
        administration.tender,
        "Gêneros alimentícios",
        unidade="SEDUC",
        company=True,
    ),
    Story(
        "Compras: Dispensa de Licitação",
        administration.small_purchase,
        "Conserto de telhado",
        unidade="SEDUC",
        company=True,
        days=30,
    ),
    Story(
        "Contratos: Termo Aditivo",
        administration.contract_extension,
        "Prorrogação de prazo",
        unidade="SEPLAN-GAMAPCCCRTCTFACICSMPLAN",
        company=True,
        days=30,
    ),
    Story(
        "Pessoal: Férias",
        administration.holidays,
        "Férias",
        unidade="SEDUC",
        nivel="1",
        hipotese="Informação Pessoal",
        days=15,
    ),
    Story(
        "Pessoal: Licença para Tratamento da Própria Saúde",
        administration.medical_leave,
        "Licença",
        unidade="SESAU",
        nivel="1",
        hipotese="Informação Pessoal",
        days=15,
    ),
    Story(
        "Pessoal: Sindicância",
        administration.inquiry,
        "Sindicância",
        unidade="GABINETE",
        nivel="1",
        hipotese="Investigação de Responsabilidade de Servidor",
        weight=1,
    ),
    Story(
        "Legislativo: Projeto de Lei",
        administration.bill,
        "Arborização",
        unidade="CM-PROTOCOLO",
        days=45,
    ),
    Story(
        "Acesso à Informação: Pedido do Cidadão",
        administration.information_request,
        "Recapeamento",
        days=20,
    ),
    Story(
        "Ouvidoria: Reclamação",
        administration.complaint,
        "Coleta de lixo",
        unidade="OUVIDORIA",
        days=15,
    ),
    Story(
        "Ouvidoria: Denúncia",
        administration.denunciation,
        "Denúncia",
        unidade="OUVIDORIA",
        nivel="1",
        hipotese="Informação Pessoal",
        days=50,
        weight=1,
    ),
)
