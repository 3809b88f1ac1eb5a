"""What the client writes is what PHP's own SoapServer reads, and the other way round."""

from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.sei.values import NivelAcesso
from portal.seiws.client import CHUNK, SeiWs
from portal.seiws.contract import get_contract
from portal.seiws.latin1 import fit
from portal.seiws.values import (
    AndamentoListado,
    Atributo,
    DocumentoExterno,
    DocumentoIncluido,
    Item,
    NotAllowed,
    NotSent,
    Participante,
    ProcessoEncontrado,
    ProcessoGerado,
    ProcessoNovo,
    Rejected,
    Versao,
    Why,
)
from portal.seiws.wsdl import write_wsdl
from tests.integration.seiws.php import SoapServer, soap_server
from tests.integration.seiws.told import CHAVE, DAY, MARIA, NOVO, UNIDADE, access_to, arquivo_of

VERSIONS = ("3.0", "4.0", "4.1", "5.0")
GERADO = {
    "IdProcedimento": "1210000000774",
    "ProcedimentoFormatado": "9310.01.0000077/2026-41",
    "LinkAcesso": None,
    "RetornoInclusaoDocumentos": [
        {"IdDocumento": "91", "DocumentoFormatado": "0003934", "LinkAcesso": ""},
        {"IdDocumento": "92", "DocumentoFormatado": "0003935", "LinkAcesso": ""},
    ],
}


@pytest.fixture(scope="module", params=VERSIONS)
def versao(request: pytest.FixtureRequest) -> str:
    versao: str = request.param
    return versao


@pytest.fixture(scope="module")
def php(versao: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoapServer]:
    wsdl = write_wsdl(Versao.parse(versao))
    with soap_server(tmp_path_factory.mktemp("php"), wsdl) as server:
        yield server


@pytest.fixture(scope="module")
def seiws(php: SoapServer, versao: str) -> SeiWs:
    return SeiWs(access_to(php.endereco, versao))


def decoded(php: SoapServer, versao: str) -> dict[str, Any]:
    """The last message, by the names of its parts."""
    operation, arguments = php.seen()
    parts = get_contract(Versao.parse(versao)).operations[operation].parts
    return dict(zip((part.name for part in parts), arguments, strict=True))


def filled(struct: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in struct.items() if value not in (None, [])}


def contact(versao: str, **values: str) -> dict[str, str]:
    return {k: v for k, v in values.items() if k == "Nome" or versao >= "4.1"}


def test_a_processo_arrives_as_it_was_meant(php: SoapServer, seiws: SeiWs, versao: str) -> None:
    php.answers(GERADO)
    assert seiws.open_processo(NOVO) == ProcessoGerado(
        "1210000000774",
        "9310.01.0000077/2026-41",
        (DocumentoIncluido("91", "0003934"), DocumentoIncluido("92", "0003935")),
    )
    parts = decoded(php, versao)
    assert parts["SiglaSistema"] == "PORTAL"
    assert parts["IdentificacaoServico"] == CHAVE
    assert parts["IdUnidade"] == UNIDADE
    assert parts["UnidadesEnvio"] == ["110000107", "110000108"]
    assert parts["SinManterAbertoUnidade"] == "N"
    procedimento = filled(parts["Procedimento"])
    first, second = map(filled, procedimento.pop("Interessados"))
    assert procedimento == {
        "IdTipoProcedimento": "100000502",
        "Especificacao": "Isenção de IPTU - portal VDA-2026-000123",
        "Observacao": "Recebido pelo portal.\nCódigo VDA-2026-000123",
    }
    assert first == contact(versao, Cpf="99900001079", Nome="Maria Aparecida Ferreira")
    assert second == contact(versao, Cnpj="99900001000104", Nome="Padaria Pão & Cia <Ltda>")
    one, other = map(filled, parts["Documentos"])
    assert filled(one.pop("Remetente")) == first
    assert one == {"Tipo": "R", "IdSerie": "64", "Data": "04/03/2026", "IdArquivo": "701"}
    assert other == one | {"IdSerie": "263", "IdArquivo": "702", "Numero": 'comprovante de "renda"'}


def test_every_field_is_there_and_nil_but_the_one_that_must_not(
    php: SoapServer, seiws: SeiWs, versao: str
) -> None:
    php.answers(GERADO)
    seiws.open_processo(NOVO)
    parts, structs = decoded(php, versao), get_contract(Versao.parse(versao)).structs
    for name, struct in (
        ("Procedimento", parts["Procedimento"]),
        ("Interessado", parts["Procedimento"]["Interessados"][0]),
        ("Remetente", parts["Documentos"][0]["Remetente"]),
        ("Documento", parts["Documentos"][1]),
    ):
        assert struct.keys() == {field.name for field in structs[name]} - {"ConteudoMTOM"}
    bare = parts["Documentos"][1]
    assert bare["Remetente"] is None
    assert bare["NomeArquivo"] is None
    assert bare["Interessados"] == bare["Destinatarios"] == bare["Campos"] == []
    assert parts["Procedimento"]["Assuntos"] == []
    assert parts["ProcedimentosRelacionados"] == []
    assert parts["IdMarcador"] is None


def test_what_has_no_parts_has_empty_arrays(php: SoapServer, seiws: SeiWs, versao: str) -> None:
    php.answers(GERADO | {"RetornoInclusaoDocumentos": []})
    bare = ProcessoNovo(UNIDADE, "100000502", "", (), (), NivelAcesso.RESTRITO, "4")
    assert isinstance(seiws.open_processo(bare), ProcessoGerado)
    parts = decoded(php, versao)
    assert parts["Documentos"] == parts["UnidadesEnvio"] == []
    assert parts["SinManterAbertoUnidade"] == "S"
    assert parts["Procedimento"]["Interessados"] == []
    assert parts["Procedimento"]["NivelAcesso"] == "1"
    assert parts["Procedimento"]["IdHipoteseLegal"] == "4"


@pytest.mark.parametrize("versao", ["5.0"], scope="module")
@given(text=st.text(min_size=1, max_size=120))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_text_arrives_without_damage(
    php: SoapServer, seiws: SeiWs, versao: str, text: str
) -> None:
    php.answers(GERADO | {"RetornoInclusaoDocumentos": []})
    seiws.open_processo(ProcessoNovo(UNIDADE, "1", text, (Participante(text),), ()))
    procedimento = decoded(php, versao)["Procedimento"]
    # PHP gives an empty element of a text as an empty text.
    assert procedimento["Especificacao"] == fit(text, 100)
    assert procedimento["Interessados"][0]["Nome"] == fit(text, 250)


@pytest.mark.parametrize("versao", ["5.0"], scope="module")
def test_what_latin1_lacks_would_be_kept_as_the_name_of_a_character(
    php: SoapServer, seiws: SeiWs, versao: str
) -> None:
    """Why there is `latin1.py`: SEI's own decoder, told otherwise."""
    php.answers([])
    seiws._calls.ask("listarSeries", lambda answer: answer, IdUnidade="Petição – teste")
    assert decoded(php, versao)["IdUnidade"] == "Petição &#8211; teste"


def test_a_file_arrives_piece_after_piece(php: SoapServer, seiws: SeiWs, versao: str) -> None:
    php.answers("701")
    data = bytes(range(256)) * 40
    # Decomposed, as a Mac names its files.
    assert seiws.upload(UNIDADE, arquivo_of(data, "petic\u0327a\u0303o – 1.pdf")) == "701"
    parts = decoded(php, versao)
    assert parts["Nome"] == "petição - 1.pdf"
    assert parts["Tamanho"] == "10240"
    assert parts["Hash"] == arquivo_of(data).md5
    assert b64decode(parts["Conteudo"]) == data
    # The second piece is answered "701" too, which is neither true nor false.
    assert isinstance(seiws.upload(UNIDADE, arquivo_of(bytes(CHUNK) + b"rest")), NotSent)
    parts = decoded(php, versao)
    assert (parts["IdArquivo"], b64decode(parts["Conteudo"])) == ("701", b"rest")


def test_an_inline_file_has_its_name_and_no_id(php: SoapServer, seiws: SeiWs, versao: str) -> None:
    php.answers({"IdDocumento": "91", "DocumentoFormatado": "0003934", "LinkAcesso": ""})
    documento = DocumentoExterno("64", None, DAY, remetente=MARIA, inline=arquivo_of(b"%PDF-1.4"))
    included = seiws.include_documento(UNIDADE, "9310.01.0000077/2026-41", documento)
    assert included == DocumentoIncluido("91", "0003934")
    struct = decoded(php, versao)["Documento"]
    assert struct["NomeArquivo"] == "petição.pdf"
    assert b64decode(struct["Conteudo"]) == b"%PDF-1.4"
    assert struct["IdArquivo"] is None
    assert struct["ProtocoloProcedimento"] == "9310.01.0000077/2026-41"


def test_andamentos_are_asked_for_and_read(php: SoapServer, seiws: SeiWs, versao: str) -> None:
    unidade = {"IdUnidade": UNIDADE, "Sigla": "PROTOCOLO", "Descricao": "Protocolo Geral"}
    usuario = {"IdUsuario": "1", "Sigla": "portal", "Nome": "Portal"}
    anexo = {"Nome": "ANEXO", "Valor": "petição.pdf", "IdOrigem": "701"}
    documento = {"Nome": "DOCUMENTO", "Valor": "0003934", "IdOrigem": "91"}
    andamento = {
        "IdAndamento": "5", "IdTarefa": "30", "IdTarefaModulo": None, "Descricao": "Anexado",
        "DataHora": "04/03/2026 10:11:12", "Unidade": unidade, "Usuario": usuario,
        "Atributos": [anexo, documento],
    }  # fmt: skip
    php.answers([andamento])
    listed = seiws.list_andamentos(UNIDADE, "123", ("30", "13"))
    atributos = (Atributo("ANEXO", "petição.pdf", "701"), Atributo("DOCUMENTO", "0003934", "91"))
    assert listed == (AndamentoListado("5", "30", "Anexado", "04/03/2026 10:11:12", atributos),)
    parts = decoded(php, versao)
    assert parts["Tarefas"] == ["30", "13"]
    assert parts["Andamentos"] == []
    assert parts["SinRetornarAtributos"] == "S"
    assert seiws.find_documento_of(UNIDADE, "123", "701") == DocumentoIncluido("91", "0003934")
    assert seiws.find_documento_of(UNIDADE, "123", "702") is None


def test_a_processo_is_read_though_half_of_it_is_nil(php: SoapServer, seiws: SeiWs) -> None:
    unidade = {"IdUnidade": UNIDADE, "Sigla": "PROTOCOLO", "Descricao": "Protocolo Geral"}
    fields = dict.fromkeys(
        ("AndamentoGeracao", "AndamentoConclusao", "UltimoAndamento", "TipoPrioridade")
    )
    arrays: dict[str, list[object]] = {
        name: []
        for name in ("Assuntos", "Interessados", "Observacoes", "ProcedimentosRelacionados",
                     "ProcedimentosAnexados")
    }  # fmt: skip
    answer = {
        "IdProcedimento": "77", "ProcedimentoFormatado": "123", "Especificacao": "Isenção",
        "DataAutuacao": "04/03/2026", "LinkAcesso": "",
        "TipoProcedimento": {"IdTipoProcedimento": "100000502", "Nome": "IPTU"},
        "UnidadesProcedimentoAberto": [{"Unidade": unidade, "UsuarioAtribuicao": None}],
    }  # fmt: skip
    php.answers(answer | fields | arrays)
    found = ProcessoEncontrado("77", "123", "Isenção", "100000502", (UNIDADE,))
    assert seiws.find_processo(UNIDADE, "123") == found


def test_lists_are_read(php: SoapServer, seiws: SeiWs) -> None:
    php.answers([{"IdSerie": "64", "Nome": "Requerimento", "Aplicabilidade": "E"}])
    assert seiws.list_series(UNIDADE) == (Item("64", "Requerimento", "E"),)
    php.answers([])
    assert seiws.list_tipos_procedimento(UNIDADE) == ()


def test_faults_are_read(php: SoapServer, seiws: SeiWs) -> None:
    php.answers({"fault": "Arquivo já está associado com um protocolo.", "type": "INFRA_VALIDACAO"})
    refused = seiws.open_processo(NOVO)
    assert refused == Rejected("Arquivo já está associado com um protocolo.", Why.ARQUIVO_TAKEN)
    php.answers({"fault": "Acesso negado.", "type": "INFRA_ERRO"})
    assert seiws.open_processo(NOVO) == NotAllowed("Acesso negado.")


def test_an_operation_that_sei_has_not_is_not_allowed(tmp_path: Path) -> None:
    """By the words of PHP's own SOAP layer."""
    other = write_wsdl(Versao.parse("5.0")).replace(b"listarSeries", b"listarOutras")
    with soap_server(tmp_path, other) as server:
        answer = SeiWs(access_to(server.endereco)).list_series(UNIDADE)
    assert isinstance(answer, NotAllowed)
    assert "listarSeries" in answer.message
