"""What happens in a prefeitura, a story for each service."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.demo.cena import Cena
from portal.demo.historias import administracao, ambiente, obras, tributos


@dataclass(frozen=True, slots=True)
class Historia:
    """How processos of a tipo begin, and what happens to them."""

    tipo: str
    tell: Callable[[Cena], None]
    descricao: str
    unidade: str = "PROTOCOLO"
    nivel: str = "0"
    hipotese: str | None = None
    empresa: bool = False
    """Asked for by a company rather than a person."""
    dias: int = 90
    """Workdays it usually takes: stories begin about as long ago, some long before."""
    peso: int = 3
    """How often it happens."""


HISTORIAS = (
    Historia("IPTU: Revisão de Lançamento", tributos.revisao_de_iptu, "Área construída", peso=6),
    Historia("IPTU: Isenção para Aposentado ou Pensionista", tributos.isencao_de_iptu, "Isenção"),
    Historia("ITBI: Restituição de Valor Pago a Maior", tributos.restituicao_de_itbi, "ITBI"),
    Historia("Dívida Ativa: Parcelamento", tributos.parcelamento, "Parcelamento", dias=180),
    Historia("Obras: Alvará de Construção", obras.alvara_de_construcao, "Residência", peso=6),
    Historia("Obras: Habite-se", obras.habite_se, "Habite-se", dias=40),
    Historia("Obras: Denúncia de Obra Irregular", obras.obra_irregular, "Obra sem placa", dias=50),
    Historia(
        "Posturas: Alvará de Localização e Funcionamento",
        obras.alvara_de_funcionamento,
        "Alvará de funcionamento",
        empresa=True,
        dias=40,
        peso=5,
    ),
    Historia("Iluminação Pública: Troca de Lâmpada", obras.troca_de_lampada, "Poste", dias=12),
    Historia("Trânsito: Recurso de Multa", obras.recurso_de_multa, "Recurso", dias=60, peso=4),
    Historia(
        "Trânsito: Credencial de Estacionamento para Pessoa Idosa",
        obras.vaga_de_idoso,
        "Credencial",
        dias=12,
    ),
    Historia(
        "Meio Ambiente: Autorização para Poda ou Corte de Árvore",
        ambiente.poda_de_arvore,
        "Poda de árvore na calçada",
        dias=50,
        peso=6,
    ),
    Historia(
        "Meio Ambiente: Licença Ambiental Simplificada",
        ambiente.licenca_ambiental,
        "Lava-jato",
        empresa=True,
    ),
    Historia(
        "Saúde: Licença Sanitária",
        ambiente.licenca_sanitaria,
        "Licença sanitária",
        empresa=True,
        dias=45,
    ),
    Historia(
        "Assistência Social: Benefício Eventual",
        ambiente.beneficio_eventual,
        "Benefício eventual",
        nivel="1",
        hipotese="Informação Pessoal",
        dias=15,
    ),
    Historia(
        "Compras: Pregão Eletrônico",
        administracao.pregao,
        "Gêneros alimentícios",
        unidade="SEDUC",
        empresa=True,
    ),
    Historia(
        "Compras: Dispensa de Licitação",
        administracao.dispensa,
        "Conserto de telhado",
        unidade="SEDUC",
        empresa=True,
        dias=30,
    ),
    Historia(
        "Contratos: Termo Aditivo",
        administracao.aditivo,
        "Prorrogação de prazo",
        unidade="SEPLAN-GAMAPCCCRTCTFACICSMPLAN",
        empresa=True,
        dias=30,
    ),
    Historia(
        "Pessoal: Férias",
        administracao.ferias,
        "Férias",
        unidade="SEDUC",
        nivel="1",
        hipotese="Informação Pessoal",
        dias=15,
    ),
    Historia(
        "Pessoal: Licença para Tratamento da Própria Saúde",
        administracao.licenca_saude,
        "Licença",
        unidade="SESAU",
        nivel="1",
        hipotese="Informação Pessoal",
        dias=15,
    ),
    Historia(
        "Pessoal: Sindicância",
        administracao.sindicancia,
        "Sindicância",
        unidade="GABINETE",
        nivel="1",
        hipotese="Investigação de Responsabilidade de Servidor",
        peso=1,
    ),
    Historia(
        "Legislativo: Projeto de Lei",
        administracao.projeto_de_lei,
        "Arborização",
        unidade="CM-PROTOCOLO",
        dias=45,
    ),
    Historia(
        "Acesso à Informação: Pedido do Cidadão",
        administracao.pedido_de_informacao,
        "Recapeamento",
        dias=20,
    ),
    Historia(
        "Ouvidoria: Reclamação",
        administracao.reclamacao,
        "Coleta de lixo",
        unidade="OUVIDORIA",
        dias=15,
    ),
    Historia(
        "Ouvidoria: Denúncia",
        administracao.denuncia,
        "Denúncia",
        unidade="OUVIDORIA",
        nivel="1",
        hipotese="Informação Pessoal",
        dias=50,
        peso=1,
    ),
)
