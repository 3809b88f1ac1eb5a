"""The simulator answers PHP's own SoapClient, which nobody here has written."""

from base64 import b64encode
from hashlib import md5
from typing import Any

import pytest

from portal.demo.seiws.server import Simulator
from portal.seiws.values import Versao
from tests.integration.seiws.php import soap_client
from tests.integration.seiws.told import CHAVE, UNIDADE

FILE = b"%PDF-1.4 petition"
LEVELS = {"NivelAcesso": None, "IdHipoteseLegal": None}


def ask(simulator: Simulator, operation: str, *arguments: object) -> Any:
    return soap_client(simulator.wsdl, operation, "PORTAL", CHAVE, *arguments)


def upload(simulator: Simulator) -> Any:
    half = len(FILE) // 2
    digest = md5(FILE, usedforsecurity=False).hexdigest()
    first, rest = (b64encode(part).decode() for part in (FILE[:half], FILE[half:]))
    name = "petição.pdf"
    key = ask(simulator, "adicionarArquivo", UNIDADE, name, str(len(FILE)), digest, first)
    assert ask(simulator, "adicionarConteudoArquivo", UNIDADE, key, rest) == "1"
    return key


@pytest.mark.parametrize("versao", ["4.1.3", "5.0"])
def test_a_processo_by_php(simulator: Simulator, versao: str) -> None:
    simulator.sei.installation.versao = Versao.parse(versao)
    procedimento = {
        "IdTipoProcedimento": "100000502", "Especificacao": "Isenção", "Assuntos": [],
        "Interessados": [{"Nome": "Zulmira Inédita", "Sigla": None}], "Observacao": None,
        "NumeroProtocolo": None, "DataAutuacao": None, "IdTipoPrioridade": None, **LEVELS,
    }  # fmt: skip
    key = upload(simulator)
    documento = {"Tipo": "R", "IdSerie": "64", "Data": "20/03/2026", "IdArquivo": key, **LEVELS}
    parts: list[object] = [UNIDADE, procedimento, [documento], [], ["110000106"], "S", "N"]
    filed = ask(simulator, "gerarProcedimento", *parts, *[None] * 8)
    (included,) = filed["RetornoInclusaoDocumentos"]
    assert included["DocumentoFormatado"]
    listed = ask(
        simulator, "listarAndamentos", UNIDADE, filed["ProcedimentoFormatado"], "S", [], ["30"], []
    )
    (andamento,) = listed
    assert [each["Nome"] for each in andamento["Atributos"]] == ["ANEXO", "DOCUMENTO"]
    assert andamento["Atributos"][0]["Valor"] == "petição.pdf"
    assert andamento["Atributos"][0]["IdOrigem"] == key
    flags = ["N"] * 6 + ["S"] + ["N"] * 2
    numero = filed["ProcedimentoFormatado"]
    found = ask(simulator, "consultarProcedimento", UNIDADE, numero, *flags)
    assert found["Especificacao"] == "Isenção"
    units = found["UnidadesProcedimentoAberto"]
    assert [each["Unidade"]["Sigla"] for each in units] == ["PROTOCOLO", "SEFAZ"]
    assert units[0]["UsuarioAtribuicao"] is None
    assert found["UltimoAndamento"] is None
    assert found["Assuntos"] == []


def test_a_fault_by_php(simulator: Simulator) -> None:
    told = ask(simulator, "consultarProcedimento", UNIDADE, "123", *["N"] * 9)
    assert told == {
        "fault": "Processo [123] não encontrado.",
        "code": "SOAP-ENV:Client",
        "type": "INFRA_ERRO",
    }


def test_lists_by_php(simulator: Simulator) -> None:
    names = [each["Nome"] for each in ask(simulator, "listarSeries", "", "")]
    assert "Certidão" in names
    assert ask(simulator, "listarHipotesesLegais", UNIDADE, "2") == []
