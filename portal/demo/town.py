"""Vale das Acácias, a município of Minas Gerais that does not exist: its órgãos and its words.

Nothing here is of a real place. The hipóteses legais are laws, so those are real.
"""

from dataclasses import dataclass

from portal.sei import tables

NAME = "Vale das Acácias"
MASK = (
    "@cod_orgao_sei_04d@.@cod_unidade_sei_02d@.@seq_anual_cod_unidade_sei_07d@/@ano_4d@"
    "-@dv_mod97_base10_executivo_federal_2d@"
)
TEST_UNIT = 110000001
"""The unit whose processos are not real, as SEI is installed (`ID_UNIDADE_TESTE`)."""
REFERENCE_SIGLA = "ABC"
"""The nameless órgão 0 of SEI's reference database, which each installation renames."""


@dataclass(frozen=True, slots=True)
class Orgao:
    """An órgão and the four digits its numbers start with."""

    id_orgao: int
    sigla: str
    descricao: str
    codigo: str


@dataclass(frozen=True, slots=True)
class Unidade:
    """A unit, under its name of today."""

    id_unidade: int
    id_orgao: int
    sigla: str
    descricao: str
    active: bool = True


PREFEITURA = Orgao(0, "PMVA", f"Prefeitura Municipal de {NAME}", "9310")
CAMARA = Orgao(1, "CMVA", f"Câmara Municipal de {NAME}", "9320")
ORGAOS = (PREFEITURA, CAMARA)

LONG_NAME = (
    "Gerência de Acompanhamento, Monitoramento, Avaliação e Prestação de Contas de Convênios, "
    "Contratos de Repasse, Termos de Colaboração, Termos de Fomento, Acordos de Cooperação e "
    "Instrumentos Congêneres da Secretaria Municipal de Planejamento"
)
_PREFEITURA = (
    ("PROTOCOLO", "Protocolo Geral"),
    ("GABINETE", "Gabinete do Prefeito"),
    ("PGM", "Procuradoria-Geral do Município"),
    ("CGM", "Controladoria-Geral do Município"),
    ("OUVIDORIA", "Ouvidoria-Geral do Município"),
    ("SEFAZ", "Secretaria Municipal de Fazenda"),
    ("SEFAZ-TRIB", "Coordenadoria de Tributos Imobiliários"),
    ("SEFAZ-DAT", "Coordenadoria de Dívida Ativa"),
    ("SEOBRAS", "Secretaria Municipal de Obras e Urbanismo"),
    ("SEOBRAS-LIC", "Coordenadoria de Licenciamento de Edificações"),
    ("SEOBRAS-FISC", "Fiscalização de Obras e Posturas"),
    ("SEMMA", "Secretaria Municipal de Meio Ambiente"),
    ("SEMMA-ARB", "Coordenadoria de Arborização Urbana"),
    ("SESAU", "Secretaria Municipal de Saúde"),
    ("SESAU-VISA", "Vigilância Sanitária"),
    ("SEDUC", "Secretaria Municipal de Educação"),
    ("SETRAN", "Secretaria Municipal de Trânsito e Mobilidade"),
    ("SETRAN-JARI", "Junta Administrativa de Recursos de Infrações"),
    ("SEADM", "Secretaria Municipal de Administração"),
    ("SEADM-COMPRAS", "Coordenadoria de Compras e Licitações"),
    ("SEADM-RH", "Coordenadoria de Gestão de Pessoas"),
    ("SEADM-ARQUIVO", "Arquivo Público Municipal"),
    ("SEDES", "Secretaria Municipal de Desenvolvimento Social"),
    ("SEPLAN-GAMAPCCCRTCTFACICSMPLAN", LONG_NAME),
)
_CAMARA = (
    ("CM-PROTOCOLO", "Protocolo da Câmara Municipal"),
    ("CM-PRESIDENCIA", "Presidência da Câmara Municipal"),
    ("CM-LEGISLATIVA", "Secretaria Legislativa"),
    ("CM-CONTRATOS", "Setor de Contratos da Câmara"),
)
UNIDADES = (
    Unidade(TEST_UNIT, 0, "TESTE", "Unidade de Teste 1"),
    *(Unidade(110000101 + n, 0, *nome) for n, nome in enumerate(_PREFEITURA)),
    *(Unidade(110000201 + n, 1, *nome) for n, nome in enumerate(_CAMARA)),
    Unidade(110000301, 0, "SEINFRA-EXT", "Secretaria de Infraestrutura (extinta)", active=False),
)
FORMER_NAME = ("SEINFRA", "Secretaria Municipal de Infraestrutura e Serviços Urbanos")
"""What SEOBRAS was called until a reform: old andamentos show this name."""

TIPOS = (
    "IPTU: Revisão de Lançamento",
    "IPTU: Isenção para Aposentado ou Pensionista",
    "ITBI: Restituição de Valor Pago a Maior",
    "Dívida Ativa: Parcelamento",
    "Obras: Alvará de Construção",
    "Obras: Habite-se",
    "Obras: Denúncia de Obra Irregular",
    "Posturas: Alvará de Localização e Funcionamento",
    "Meio Ambiente: Autorização para Poda ou Corte de Árvore",
    "Meio Ambiente: Licença Ambiental Simplificada",
    "Saúde: Licença Sanitária",
    "Trânsito: Recurso de Multa",
    "Trânsito: Credencial de Estacionamento para Pessoa Idosa",
    "Iluminação Pública: Troca de Lâmpada",
    "Compras: Pregão Eletrônico",
    "Compras: Dispensa de Licitação",
    "Compras: Adesão a Ata de Registro de Preços",
    "Contratos: Termo Aditivo",
    "Convênios: Prestação de Contas",
    "Pessoal: Férias",
    "Pessoal: Licença para Tratamento da Própria Saúde",
    "Pessoal: Aposentadoria",
    "Pessoal: Sindicância",
    "Ouvidoria: Denúncia",
    "Ouvidoria: Reclamação",
    "Acesso à Informação: Pedido do Cidadão",
    "Assistência Social: Benefício Eventual",
    "Legislativo: Projeto de Lei",
    "Legislativo: Requerimento de Vereador",
    "Demanda Externa: Outros Órgãos Públicos",
    "Gestão Documental: Eliminação de Documentos",
    "Tributos: Certidão Negativa de Débitos",
)
SERIES = {
    5: "Despacho",
    4: "Despacho Decisório",
    10: "Portaria",
    11: "Ofício",
    15: "Nota Técnica",
    30: "E-mail",
    37: "Contrato",
    48: "Alvará",
    54: "Laudo",
    55: "Licença",
    59: "Notificação",
    63: "Relatório",
    64: "Requerimento",
    68: "Edital",
    81: "Certidão",
    83: "Declaração",
    85: "Proposta",
    86: "Formulário de Ouvidoria",
    89: "RG",
    90: "Termo",
    101: "Projeto",
    111: "Recurso",
    145: "Formulário",
    161: "Planta",
    169: "Recibo",
    191: "Parecer",
    214: "Termo de Referência",
    242: "Termo Aditivo",
    263: "Anexo",
}
SERIE_EMAIL = 30
SERIE_OUVIDORIA = 86
HIPOTESES = {
    3: ("Documento Preparatório", "Art. 7º, § 3º, da Lei nº 12.527/2011"),
    4: ("Informação Pessoal", "Art. 31 da Lei nº 12.527/2011"),
    7: ("Investigação de Responsabilidade de Servidor", "Art. 150 da Lei nº 8.112/1990"),
    18: (
        "Situação Econômico-Financeira de Sujeito Passivo",
        "Art. 198, caput, da Lei nº 5.172/1966 - CTN",
    ),
}
INFORMACAO_PESSOAL = 4
CONFERENCIAS = {
    1: "Documento Original",
    2: "Cópia Autenticada por Cartório",
    3: "Cópia Autenticada Administrativamente",
    4: "Cópia Simples",
}
PARAMETROS = {
    "SEI_VERSAO": "4.1.1",
    "ID_SERIE_EMAIL": str(SERIE_EMAIL),
    "ID_SERIE_OUVIDORIA": str(SERIE_OUVIDORIA),
    "ID_UNIDADE_TESTE": str(TEST_UNIT),
    "SEI_HABILITAR_CONSULTA_PROCESSUAL": "0",
    "SEI_MASCARA_NUMERO_PROCESSO_INFORMADO": "####.##.#######/####-##",
    "VERSAO_MODULO_PEN": "4.0.3",
}
MODULE_VERSIONS = {
    "VERSAO_MODULO_PETICIONAMENTO": ("4.2.0", tables.md_pet_int_protocolo),
    "VERSAO_MODULO_PESQUISA_PUBLICA": ("4.1.0", tables.md_pesq_parametro),
}
"""A module's own parameter, and a table that comes with it."""
