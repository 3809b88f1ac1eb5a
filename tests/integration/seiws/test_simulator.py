"""The client and the simulated SEI: every operation, every refusal, every way to fail."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from hashlib import md5
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests
from sqlalchemy import URL, Engine, func, select

from portal.content.repository import open_file
from portal.demo.seiws.faults import BEFORE, Fault
from portal.demo.seiws.installation import Permission
from portal.demo.seiws.server import Simulator
from portal.numero import from_chave
from portal.readonly import reading
from portal.sei import service
from portal.sei.documentos import open_documento
from portal.sei.tables import anexo, procedimento
from portal.sei.values import Ambiguous, Documento, EmAndamento, NivelAcesso, Opening
from portal.seiws.client import CHUNK, SeiWs
from portal.seiws.values import (
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
    Unconfirmed,
    Versao,
    Why,
)
from tests.integration.engines import KINDS
from tests.integration.sei.town import town
from tests.integration.seiws.conftest import NOW, Clock, client_of
from tests.integration.seiws.told import CHAVE, MARIA, UNIDADE, access_to, arquivo_of
from tests.patience import ends_by_itself

TIPO, SERIE, ANEXO = "100000502", "64", "263"
SEFAZ = "110000106"
DAY = NOW.date()
PETITION = b"%PDF-1.4 " + bytes(range(256)) * 40
PROOF = b"%PDF-1.4 " + bytes(range(256)) * (CHUNK // 256 + 1)


def novo(*arquivos: str, **more: object) -> ProcessoNovo:
    """A petition of uploaded files."""
    documentos = tuple(
        DocumentoExterno(SERIE if n == 0 else ANEXO, each, DAY, remetente=MARIA)
        for n, each in enumerate(arquivos)
    )
    plain = ProcessoNovo(UNIDADE, TIPO, "Isenção VDA-2026-000123", (MARIA,), documentos)
    return replace(plain, **more)  # type: ignore[arg-type] # its own fields


def upload(client: SeiWs, data: bytes = PETITION, nome: str = "petição.pdf") -> str:
    ended = client.upload(UNIDADE, arquivo_of(data, nome))
    assert isinstance(ended, str), ended
    return ended


def file_one(client: SeiWs, **more: object) -> ProcessoGerado:
    ended = client.open_processo(novo(upload(client), **more))
    assert isinstance(ended, ProcessoGerado), ended
    return ended


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(procedimento)) or 0


@contextmanager
def one_more(engine: Engine, more: int = 1) -> Iterator[None]:
    """Exactly so many processos are added inside."""
    before = count(engine)
    yield
    assert count(engine) == before + more


# What a filed petition becomes


@pytest.mark.parametrize("sei_copy", KINDS, indirect=True)
def test_a_filed_petition_is_in_the_consulta(
    client: SeiWs, sei_copy: URL, repositorio: Path
) -> None:
    files = upload(client), upload(client, PROOF, "comprovante.pdf")
    filed = client.open_processo(novo(*files, unidades_envio=(SEFAZ,), manter_aberto=False))
    assert isinstance(filed, ProcessoGerado)
    numero = from_chave("".join(filter(str.isalnum, filed.procedimento_formatado)))
    assert numero is not None
    now = (NOW + timedelta(seconds=1)).replace(tzinfo=ZoneInfo("America/Sao_Paulo"))
    with town(sei_copy, mostra_descricao=True) as tenant:
        found = service.track(tenant, numero, now=now)
        assert not isinstance(found, Ambiguous)
        assert found.procedimento.formatado == filed.procedimento_formatado
        assert isinstance(found.situacao, EmAndamento)
        assert [stay.unidade.sigla for stay in found.situacao.stays] == ["SEFAZ"]
        assert found.contents is not None
        listed = [item for item in found.contents.items if isinstance(item, Documento)]
        assert [item.numero_sei for item in listed] == [
            each.documento_formatado for each in filed.documentos
        ]
        assert [item.serie for item in listed] == ["Requerimento", "Anexo"]
        assert all(item.opening is Opening.OPENS for item in listed)
        for item, data in zip(listed, (PETITION, PROOF), strict=True):
            _, conteudo = open_documento(tenant, numero, item.numero_sei, now=now)
            assert conteudo.anexo is not None
            assert conteudo.anexo.hash == md5(data, usedforsecurity=False).hexdigest()
            day = conteudo.anexo.incluido_em
            with closing(open_file(repositorio, conteudo.anexo.id_anexo, day)) as file:
                assert b"".join(file.chunks()) == data
        with reading(tenant.sei) as sei:
            query = select(anexo.c.id_anexo).where(anexo.c.id_anexo.in_(map(int, files)))
            assert {str(each) for each in sei.scalars(query)} == set(files)


def test_it_can_be_found_again_by_all_that_reconciliation_has(client: SeiWs) -> None:
    one, two = upload(client), upload(client, PROOF)
    filed = client.open_processo(novo(one, two))
    assert isinstance(filed, ProcessoGerado)
    numero = filed.procedimento_formatado
    assert client.find_processo(UNIDADE, numero) == ProcessoEncontrado(
        filed.id_procedimento, numero, "Isenção VDA-2026-000123", TIPO, (UNIDADE,)
    )
    assert client.find_documento_of(UNIDADE, numero, one) == filed.documentos[0]
    assert client.find_documento_of(UNIDADE, numero, two) == filed.documentos[1]
    assert client.find_documento_of(UNIDADE, numero, "999999") is None
    documento = client.find_documento(UNIDADE, filed.documentos[0].documento_formatado)
    assert documento is not None
    assert not isinstance(documento, Rejected | NotSent | NotAllowed)
    assert documento.procedimento_formatado == numero
    assert documento.id_serie == SERIE
    assert client.find_processo(UNIDADE, "9310.01.9999999/2026-00") is None
    assert client.find_documento(UNIDADE, "9999999") is None


def test_the_same_files_make_no_second_processo(client: SeiWs, engine: Engine) -> None:
    petition = novo(upload(client))
    assert isinstance(client.open_processo(petition), ProcessoGerado)
    with one_more(engine, 0):
        again = client.open_processo(petition)
    assert isinstance(again, Rejected)
    assert again.why is Why.ARQUIVO_TAKEN


def test_a_processo_goes_on(client: SeiWs) -> None:
    filed = file_one(client)
    numero = filed.procedimento_formatado
    noted = client.add_andamento(UNIDADE, numero, "Recebido – portal")
    assert not isinstance(noted, Rejected | NotSent | NotAllowed | Unconfirmed)
    assert noted.descricao == "Recebido - portal"
    listed = client.list_andamentos(UNIDADE, numero, ["1", "13", "30", "65"])
    assert isinstance(listed, tuple)
    assert [each.id_tarefa for each in listed] == ["65", "30", "13", "1"]
    assert listed[0].data_hora == "20/03/2026 16:30:05"
    assert listed[0].find("DESCRICAO") is not None
    documento = DocumentoExterno(ANEXO, upload(client, PROOF), DAY, numero="2ª via")
    included = client.include_documento(UNIDADE, numero, documento)
    assert isinstance(included, DocumentoIncluido)
    assert client.send_processo(UNIDADE, numero, [SEFAZ], keep_open=False) is None
    found = client.find_processo(UNIDADE, numero)
    assert isinstance(found, ProcessoEncontrado)
    assert found.unidades_abertas == (SEFAZ,)
    again = client.send_processo(UNIDADE, numero, [SEFAZ], keep_open=False)
    assert isinstance(again, Rejected)
    # In a unidade that has closed it, a documento opens it again.
    documento = DocumentoExterno(ANEXO, upload(client, b"third"), DAY)
    assert isinstance(client.include_documento(UNIDADE, numero, documento), DocumentoIncluido)
    found = client.find_processo(UNIDADE, numero)
    assert isinstance(found, ProcessoEncontrado)
    assert set(found.unidades_abertas) == {SEFAZ, UNIDADE}


def test_a_restricted_documento_restricts_the_whole(client: SeiWs, sei_copy: URL) -> None:
    filed = file_one(client)
    restrito = DocumentoExterno(
        ANEXO, upload(client), DAY, nivel_acesso=NivelAcesso.RESTRITO, id_hipotese_legal="4"
    )
    numero = filed.procedimento_formatado
    assert isinstance(client.include_documento(UNIDADE, numero, restrito), DocumentoIncluido)
    assert isinstance(client.find_processo(UNIDADE, numero), ProcessoEncontrado)
    elsewhere = client.find_processo(SEFAZ, numero)
    assert isinstance(elsewhere, Rejected)
    assert "não possui acesso" in elsewhere.message


def test_people_are_the_contacts_that_sei_knows(client: SeiWs, engine: Engine) -> None:
    unknown = Participante("Zulmira Inédita", cpf="52998224725")
    filed = file_one(client, interessados=(MARIA, unknown))
    assert isinstance(filed, ProcessoGerado)
    twice = novo(upload(client), interessados=(MARIA, Participante("Outra", cpf=MARIA.cpf)))
    refused = client.open_processo(twice)
    assert refused == Rejected("Foram encontrados participantes duplicados.")
    wrong = client.open_processo(novo(upload(client), interessados=(Participante("X", "123"),)))
    assert wrong == Rejected("CPF do Interessado inválido.")


def test_lists_tell_what_is_allowed(client: SeiWs, simulator: Simulator) -> None:
    tipos = client.list_tipos_procedimento(UNIDADE)
    assert isinstance(tipos, tuple)
    assert Item(TIPO, "IPTU: Isenção para Aposentado ou Pensionista") in tipos
    series = client.list_series(UNIDADE)
    assert isinstance(series, tuple)
    assert Item("5", "Despacho", "I") in series
    unidades = client.list_unidades()
    assert isinstance(unidades, tuple)
    assert Item(UNIDADE, "PROTOCOLO", "Protocolo Geral") in unidades
    # Without a unidade the lists are of all.
    hipoteses = client.list_hipoteses_legais("")
    assert isinstance(hipoteses, tuple)
    assert Item("4", "Informação Pessoal", "Art. 31 da Lei nº 12.527/2011") in hipoteses
    extensoes = client.list_extensoes(UNIDADE)
    assert isinstance(extensoes, tuple)
    assert "pdf" in {each.nome for each in extensoes}
    installation = simulator.sei.installation
    installation.permissions = [Permission("gerarProcedimento", id_tipo=TIPO)]
    assert client.list_tipos_procedimento(UNIDADE) == (
        Item(TIPO, "IPTU: Isenção para Aposentado ou Pensionista"),
    )
    assert client.list_series(UNIDADE) == ()


# What is refused


def test_the_rules_of_a_new_processo(client: SeiWs, engine: Engine, simulator: Simulator) -> None:
    file = upload(client)
    refused = {
        "não encontrado": novo(file, id_tipo_procedimento="1"),
        "sigiloso": novo(file, nivel_acesso=NivelAcesso.SIGILOSO),
        "Hipótese Legal não informada.": novo(file, nivel_acesso=NivelAcesso.RESTRITO),
        "Hipótese Legal não encontrada.": novo(
            file, nivel_acesso=NivelAcesso.RESTRITO, id_hipotese_legal="99"
        ),
        "não aplicável ao Nível": novo(
            file, nivel_acesso=NivelAcesso.PUBLICO, id_hipotese_legal="4"
        ),
        "desativada": novo(file, unidades_envio=("110000301",)),
        "aplicável para documentos externos": _with(file, id_serie="5"),
        "Tipo de documento [7777]": _with(file, id_serie="7777"),
        "não pode estar no futuro": _with(file, data=DAY + timedelta(days=1)),
        "não foi adicionado pela unidade": novo(file, id_unidade=SEFAZ),
        "não encontrado na base de dados": novo("999999"),
    }
    with one_more(engine, 0):
        for words, petition in refused.items():
            ended = client.open_processo(petition)
            assert isinstance(ended, Rejected), ended
            assert words in ended.message
        simulator.sei.installation.max_documentos = 0
        ended = client.open_processo(novo(file))
        assert isinstance(ended, Rejected)
        assert "número máximo de documentos" in ended.message


def test_a_refused_processo_burns_a_number_and_nothing_else(client: SeiWs) -> None:
    first = file_one(client)
    assert isinstance(client.open_processo(novo("999999")), Rejected)
    second = file_one(client)
    drawn = [int(each.procedimento_formatado[8:15]) for each in (first, second)]
    assert drawn[1] == drawn[0] + 2


def test_the_rules_of_files(client: SeiWs, simulator: Simulator) -> None:
    refused = {
        "vazio": arquivo_of(b""),
        "não possui extensão": arquivo_of(b"x", "petição"),
        "restrição de segurança": arquivo_of(b"x", "a.PHP"),
        "não autorizado": arquivo_of(b"x", "a.exe"),
        "corrompido": replace(arquivo_of(b"xy"), md5="0" * 32),
        "excede": replace(arquivo_of(b"xy"), size=1),
        "tamanho máximo geral": replace(arquivo_of(b"xy"), size=51 * 1024 * 1024),
    }
    for words, file in refused.items():
        ended = client.upload(UNIDADE, file)
        assert isinstance(ended, Rejected), ended
        assert words in ended.message
    simulator.sei.installation.extensoes["txt"] = 1
    ended = client.upload(UNIDADE, replace(arquivo_of(b"x", "a.txt"), size=2 * 1024 * 1024))
    assert ended == Rejected("O tamanho máximo permitido para arquivos TXT é 1Mb.")


def test_a_file_that_was_not_finished_is_no_document(client: SeiWs, simulator: Simulator) -> None:
    simulator.faults.fail(Fault.BREAK, at="adicionarConteudoArquivo", times=1)
    assert isinstance(client.upload(UNIDADE, arquivo_of(PROOF)), NotSent)
    with simulator.sei.engine.connect() as connection:
        key = connection.scalar(select(func.max(anexo.c.id_anexo)))
    ended = client.open_processo(novo(str(key)))
    assert ended == Rejected("Arquivo não foi ativado.")


def test_after_a_day_a_file_without_a_document_is_gone(
    client: SeiWs, clock: Clock, repositorio: Path
) -> None:
    kept, lost = upload(client), upload(client)
    assert isinstance(client.open_processo(novo(kept)), ProcessoGerado)
    clock.now += timedelta(hours=24, seconds=1)
    ended = client.open_processo(novo(lost))
    assert isinstance(ended, Rejected)
    assert ended.why is Why.ARQUIVO_GONE
    assert {path.name for path in repositorio.rglob("*") if path.is_file()} == {kept}


def test_who_may_not_is_not_allowed(client: SeiWs, simulator: Simulator) -> None:
    petition = novo(upload(client))
    strangers = (
        replace(client.access, sigla="portal"),
        replace(client.access, chave="f" * 72),
        replace(client.access, chave=CHAVE[:8] + "f" * 64),
        replace(client.access, chave="Portal do Protocolo"),
    )
    for access in strangers:
        assert isinstance(SeiWs(access).open_processo(petition), NotAllowed)
    for id_unidade in ("1", "110000301"):
        assert isinstance(client.upload(id_unidade, arquivo_of(b"x")), NotAllowed)
    installation = simulator.sei.installation
    for operacao in ("incluirDocumento", "gerarProcedimento"):
        installation.take_away(operacao)
        ended = client.open_processo(petition)
        assert isinstance(ended, NotAllowed)
        assert operacao in ended.message
    installation.enabled = False
    assert isinstance(client.open_processo(petition), NotSent)


# Versions


@pytest.mark.parametrize("versao", ["3.0", "4.0", "4.1", "4.1.2"])
def test_an_older_sei_takes_its_files_in_the_message(
    simulator: Simulator, engine: Engine, repositorio: Path, versao: str
) -> None:
    simulator.sei.installation.versao = Versao.parse(versao)
    client = client_of(simulator, versao)
    with one_more(engine, 0):
        assert isinstance(client.open_processo(novo(upload(client))), Unconfirmed)
    inline = DocumentoExterno(SERIE, None, DAY, inline=arquivo_of(PROOF))
    with one_more(engine):
        filed = client.open_processo(replace(novo(), documentos=(inline,)))
    assert isinstance(filed, ProcessoGerado)
    numero = filed.procedimento_formatado
    (listed,) = client.list_andamentos(UNIDADE, numero, ["30"])
    attribute = listed.find("ANEXO")
    assert attribute is not None
    (file,) = repositorio.rglob(attribute.id_origem)
    assert file.read_bytes() == PROOF


@pytest.mark.parametrize("versao", ["4.1.3", "5.0", "5.0.4"])
def test_a_newer_one_takes_them_by_their_id(simulator: Simulator, versao: str) -> None:
    simulator.sei.installation.versao = Versao.parse(versao)
    assert file_one(client_of(simulator, versao))


def test_its_wsdl_serves_as_well_as_ours(simulator: Simulator) -> None:
    assert file_one(SeiWs(access_to(simulator.endereco, wsdl=simulator.wsdl)))
    assert requests.get(simulator.endereco, timeout=20).content == b""


# Every way to fail


def asking(simulator: Simulator, fault: Fault) -> SeiWs:
    """A client of little patience, where it is to be tried."""
    return client_of(simulator, patience=2.0 if fault is Fault.SLOW else 20.0)


@pytest.mark.parametrize("fault", list(Fault))
def test_no_fault_makes_two_processos_or_hides_one(
    simulator: Simulator, engine: Engine, fault: Fault
) -> None:
    """What the client says is so: of what it calls not done nothing is there."""
    client = client_of(simulator)
    petition = novo(upload(client))
    simulator.faults.fail(fault, at="gerarProcedimento", times=1)
    with ends_by_itself(), one_more(engine, 0 if fault in BEFORE else 1):
        ended = asking(simulator, fault).open_processo(petition)
    expected = {
        Fault.REFUSE: Rejected,
        Fault.PERMISSION: NotAllowed,
        Fault.MAINTENANCE: NotSent,
        Fault.DISABLED: NotSent,
    }
    assert isinstance(ended, expected.get(fault, Unconfirmed))
    assert simulator.faults.fault is None
    # The second attempt finds out which it was.
    with one_more(engine, 1 if fault in BEFORE else 0):
        again = client.open_processo(petition)
    assert isinstance(again, ProcessoGerado if fault in BEFORE else Rejected)
    if isinstance(again, Rejected):
        assert again.why is Why.ARQUIVO_TAKEN


@pytest.mark.parametrize("operacao", ["adicionarArquivo", "adicionarConteudoArquivo"])
@pytest.mark.parametrize("fault", list(Fault))
def test_an_upload_that_fails_may_be_begun_anew(
    simulator: Simulator, fault: Fault, operacao: str
) -> None:
    client = client_of(simulator)
    simulator.faults.fail(fault, at=operacao, times=1)
    with ends_by_itself():
        ended = asking(simulator, fault).upload(UNIDADE, arquivo_of(PROOF))
    assert not isinstance(ended, str)
    assert isinstance(client.open_processo(novo(upload(client, PROOF))), ProcessoGerado)


@pytest.mark.parametrize("fault", list(Fault))
def test_a_question_that_fails_may_be_asked_again(simulator: Simulator, fault: Fault) -> None:
    client = client_of(simulator)
    numero = file_one(client).procedimento_formatado
    simulator.faults.fail(fault, at="consultarProcedimento", times=2)
    for _ in range(2):
        with ends_by_itself():
            ended = asking(simulator, fault).find_processo(UNIDADE, numero)
        assert isinstance(ended, Rejected | NotAllowed | NotSent)
    assert isinstance(client.find_processo(UNIDADE, numero), ProcessoEncontrado)


def test_a_fault_stays_until_it_is_taken_back(simulator: Simulator, client: SeiWs) -> None:
    simulator.faults.fail(Fault.MAINTENANCE)
    for _ in range(3):
        assert isinstance(client.list_unidades(), NotSent)
        assert isinstance(client.upload(UNIDADE, arquivo_of(b"x")), NotSent)
    simulator.faults.fail(None)
    assert upload(client)


def test_off_is_off_and_on_again_it_is_the_same(simulator: Simulator, client: SeiWs) -> None:
    petition = novo(upload(client))
    simulator.turn_off()
    ended = client.open_processo(petition)
    assert ended == NotSent("Não houve conexão com o SEI (ConnectionRefusedError).")
    assert not simulator.is_on
    simulator.turn_on()
    assert isinstance(client.open_processo(petition), ProcessoGerado)


def test_files_outlive_a_restart(simulator: Simulator, client: SeiWs) -> None:
    petition = novo(upload(client))
    again = Simulator(
        type(simulator.sei)(
            simulator.sei.engine,
            simulator.sei.repositorio,
            simulator.sei.installation,
            simulator.sei.clock,
        )
    )
    with closing(again):
        assert isinstance(client_of(again).open_processo(petition), ProcessoGerado)


def test_a_database_that_fails_is_an_error_and_nothing_is_there(
    simulator: Simulator, client: SeiWs, engine: Engine
) -> None:
    petition = novo(upload(client))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON atributo_andamento"
            " BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    with one_more(engine, 0):
        assert isinstance(client.open_processo(petition), Unconfirmed)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
    assert isinstance(client.open_processo(petition), ProcessoGerado)


# The wire


def test_it_answers_this_machine_alone(simulator: Simulator) -> None:
    for send in (requests.get, requests.post):
        answer = send(simulator.endereco, headers={"Host": "sei.example"}, timeout=20)
        assert answer.status_code == 421
    assert requests.get(simulator.wsdl.partition("?")[0], timeout=20).status_code == 404
    assert requests.post(f"{simulator.endereco}x", timeout=20).status_code == 404


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ("<a", "SOAP-ENV:Client", "Bad Request"),
        ("", "SOAP-ENV:Client", "Bad Request"),
        ("<!DOCTYPE a><a/>", "SOAP-ENV:Client", "DTD are not supported"),
        ("<e:Envelope xmlns:e='{0}'><e:Body><x/></e:Body></e:Envelope>", "SOAP-ENV:Server", "'x'"),
    ],
)
def test_what_is_no_message_gets_phps_own_fault(
    simulator: Simulator, body: str, code: str, words: str
) -> None:
    told = body.format("http://schemas.xmlsoap.org/soap/envelope/")
    answer = requests.post(simulator.endereco, told, timeout=20)
    assert answer.status_code == 500
    assert code in answer.text
    assert words in answer.text


def test_many_at_once_are_one_after_the_other(simulator: Simulator, engine: Engine) -> None:
    clients = [client_of(simulator) for _ in range(4)]
    with one_more(engine, 8), ThreadPoolExecutor(4) as pool:
        filed = list(pool.map(file_one, clients * 2))
    assert len({each.procedimento_formatado for each in filed}) == 8


def _with(arquivo: str, **more: object) -> ProcessoNovo:
    petition = novo(arquivo)
    (documento,) = petition.documentos
    changed = replace(documento, **more)  # type: ignore[arg-type] # its own fields
    return replace(petition, documentos=(changed,))
