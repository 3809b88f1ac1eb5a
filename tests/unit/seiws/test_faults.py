"""What SEI's words mean. Those in the table are SEI 4.1's own."""

import pytest

from portal.seiws.faults import VALIDATION, SoapFault, judge
from portal.seiws.values import NotAllowed, NotSent, Rejected, Unconfirmed, Why

ERROR = "INFRA_ERRO"

NOT_ALLOWED = [
    ("Sistema [PORTAL] não encontrado.", ERROR),
    ("Serviço do sistema [PORTAL] não encontrado.", ERROR),
    ("Serviço [Portal] do sistema [PORTAL] não encontrado.", ERROR),
    ("Serviço [x] do sistema [y] não possui autenticação por Chave de Acesso.", ERROR),
    ("Serviço [x] do sistema [y] não possui autenticação por Endereço.", ERROR),
    ("Chave de Acesso inválida para o serviço [Portal] do sistema [PORTAL].", ERROR),
    ("Acesso negado.", ERROR),
    ("Unidade [110000999] não encontrada.", ERROR),
    ("Unidade SEINFRA-EXT está desativada.", ERROR),
    (
        "Nenhuma operação configurada para [gerarProcedimento] no serviço [Portal] com tipo de "
        "processo [Manutenção de vias em manutenção] na unidade [PROTOCOLO].",
        VALIDATION,
    ),
    ("Procedure 'registrarOuvidoria' not present", ""),
]
NOT_NOW = [
    ("Sistema em Manutenção", VALIDATION),
    ("O SEI está em manutenção até as 14h.", VALIDATION),
    ("Serviços não estão disponíveis.", ERROR),
    ("SEI indisponível para atualização de versão.", VALIDATION),
]
REJECTED = [
    ("Especificação possui tamanho superior a 100 caracteres.", VALIDATION),
    ('Tipo de processo "Obras em Manutenção" não está liberado para a unidade X/Y.', VALIDATION),
    ("CPF do Interessado inválido.", VALIDATION),
    ("Tipo de procedimento [100] não encontrado.", ERROR),
    ("Tipo de documento [7] não encontrado.", ERROR),
    ("Tipo de documento não informado.", ERROR),
    ("Assunto [00.1] não encontrado.", ERROR),
    ("Nome do Interessado vazio ou nulo.", ERROR),
    ("Unidade PROTOCOLO não possui acesso ao processo 123.", ERROR),
    ("Documento não pode referenciar outro procedimento.", ERROR),
    ("O número máximo de documentos para inclusão ao gerar um processo … é 5.", ERROR),
    ("Número do Protocolo somente deve ser informado em conjunto com a Data.", ERROR),
    ("Não é possível informar o nome do arquivo para documento gerado.", ERROR),
    ("Identificador de tarefa [3] reservado.", ERROR),
    ("Nenhum critério informado para pesquisa de andamentos.", ERROR),
    ("Bad Request", ""),
]
TOLD = [
    ("Arquivo já está associado com um protocolo.", Why.ARQUIVO_TAKEN),
    ("Arquivo não encontrado na base de dados.", Why.ARQUIVO_GONE),
    ("Já existe um processo utilizando o número de protocolo 123.", Why.NUMERO_TAKEN),
    ("Processo [123] não encontrado.", Why.NOT_FOUND),
    ("Documento 0003934 não encontrado.", Why.NOT_FOUND),
    ("Documento 0003934 foi cancelado.", Why.OTHER),
]
UNKNOWN = [
    ("Erro no serviço de geração de procedimento.", ERROR),
    ("Erro processando inclusão de documento.", ERROR),
    ("Servidor de indexação não encontrado.", ERROR),
    ("Processo [1] não encontrado.\\nErro indexando processo.", ERROR),
    ("SOAP-ERROR: Encoding: object has no 'IdDocumento' property", ""),
    ("", ERROR),
]


@pytest.mark.parametrize(("text", "kind"), NOT_ALLOWED)
def test_who_we_are_or_what_we_may_stops_the_queue(text: str, kind: str) -> None:
    for lasting in (True, False):
        assert judge(SoapFault(text, kind), lasting=lasting) == NotAllowed(text)


@pytest.mark.parametrize(("text", "kind"), NOT_NOW)
def test_maintenance_is_for_later(text: str, kind: str) -> None:
    for lasting in (True, False):
        assert judge(SoapFault(text, kind), lasting=lasting) == NotSent(text)


@pytest.mark.parametrize(("text", "kind"), REJECTED)
def test_a_rule_refuses(text: str, kind: str) -> None:
    for lasting in (True, False):
        assert judge(SoapFault(text, kind), lasting=lasting) == Rejected(text)


@pytest.mark.parametrize(("text", "why"), TOLD)
def test_some_refusals_tell_about_an_earlier_attempt(text: str, why: Why) -> None:
    assert judge(SoapFault(text, VALIDATION), lasting=True) == Rejected(text, why)


@pytest.mark.parametrize(("text", "kind"), UNKNOWN)
def test_what_nobody_knows_is_no_refusal(text: str, kind: str) -> None:
    """A fault may follow what it seems to deny."""
    fault = SoapFault(text, kind)
    assert isinstance(judge(fault, lasting=True), Unconfirmed)
    assert isinstance(judge(fault, lasting=False), NotSent)


def test_words_are_matched_loosely() -> None:
    assert judge(SoapFault("ACESSO NEGADO", ERROR), lasting=True) == NotAllowed("ACESSO NEGADO")
    decomposed = "Arquivo ja\u0301 esta\u0301 associado com um protocolo."
    refused = judge(SoapFault(decomposed, VALIDATION), lasting=True)
    assert isinstance(refused, Rejected)
    assert refused.why is Why.ARQUIVO_TAKEN


def test_several_messages_are_several_lines() -> None:
    fault = SoapFault("Hipótese Legal não informada.\\nCPF do Interessado inválido.", VALIDATION)
    told = "Hipótese Legal não informada.\nCPF do Interessado inválido."
    assert judge(fault, lasting=True) == Rejected(told)


def test_a_message_is_no_longer_than_a_screen() -> None:
    refused = judge(SoapFault("x" * 100_000, VALIDATION), lasting=True)
    assert len(refused.message) == 1000
