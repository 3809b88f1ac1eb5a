"""What a version of the open data promised stays, under the same name, until the next."""

from typing import get_args

import msgspec

from portal.sei.values import EstadoTramite, FormaAutenticacao, Opening
from portal.web import open_data
from portal.web.extract import ACESSOS, FORMAS, TRAMITES
from portal.web.open_search import Pesquisa

PROMISED = {
    "Processo": "versao numero tipo nivel_acesso hipotese_legal orgao autuacao unidade_geradora"
    " descricao interessados mais_interessados situacao recebido_de historico conteudo"
    " relacionados pagina dados",
    "DocumentoDoProcesso": "versao processo documento conteudo",
    "Conferencia": "versao processo documento conferir_no_sei",
    "ConteudoDoDocumento": "formato endereco codigo_crc",
    "Documento": "item numero_sei tipo numero data incluido_em externo conferencia assinaturas"
    " acesso hipotese_legal arquivo pagina dados",
    "ProcessoAnexado": "item processo",
    "ProcessoCitado": "numero tipo hipotese_legal pagina dados",
    "Assinatura": "nome cargo momento autenticacao forma",
    "Arquivo": "nome bytes",
    "Historico": "etapas proximo",
    "Conteudo": "itens proximo",
    "Etapa": "codigo momento unidade frase texto_sei especie principal tramite",
    "Tramite": "estado orgao enviado_em decidido_em",
    "Unidade": "sigla nome orgao",
    "HipoteseLegal": "nome base_legal",
    "Permanencia": "unidade desde",
    "EmAndamento": "estado unidades",
    "Concluido": "estado unidade em",
    "Sobrestado": "estado unidade desde espera",
    "Anexado": "estado processo",
    "ComOutroOrgao": "estado tramite",
    "Bloqueado": "estado unidade",
    "Eliminado": "estado",
    "NaoInformada": "estado",
    "Pesquisa": "versao opcoes total processos olhados_desde proximo",
    "Opcoes": "tipo unidade onde",
    "Opcao": "codigo nome",
    "ProcessoEncontrado": "numero tipo autuacao unidade_geradora estado aberto_em outras_unidades"
    " pagina dados",
    "Escolhas": "versao escolhas",
    "Escolha": "numero tipo endereco",
}
"""Fields of version 1. A field may be added, with a new second number; one that goes, or takes
another name, is version 2."""


def test_no_field_of_this_version_is_missing() -> None:
    assert open_data.VERSION.startswith("1.")
    answers = (
        open_data.Processo, open_data.DocumentoDoProcesso, open_data.Escolhas,
        open_data.Conferencia, Pesquisa,
    )  # fmt: skip
    _, schemas = msgspec.json.schema_components(answers)
    assert {name: set(schema["properties"]) for name, schema in schemas.items()} == {
        name: set(fields.split()) for name, fields in PROMISED.items()
    }, "say it in VERSION and here"


def test_every_state_of_sei_has_a_name_in_the_data() -> None:
    assert ACESSOS.keys() == set(Opening)
    assert set(ACESSOS.values()) == set(get_args(get_args(open_data.Acesso)[0]))
    assert TRAMITES.keys() == set(EstadoTramite)
    assert set(TRAMITES.values()) == set(get_args(open_data.EstadoTramite))
    assert FORMAS.keys() == set(FormaAutenticacao)
    assert set(FORMAS.values()) == set(get_args(open_data.Forma))
