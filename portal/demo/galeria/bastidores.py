"""What only the house sees: every remaining tarefa, with attributes made from its template."""

import re
from typing import Any

from portal.demo import pessoas
from portal.demo.cena import Cena
from portal.demo.protocolos import Documento

PLACEHOLDER = re.compile(r"[@#]([A-Z_]+)[@#]")
CREDENCIAIS = (61, 62, *range(66, 70), *range(71, 82), *range(117, 122), 127, 64, 63)
ARQUIVO = (53, 24, 27, 55, 56, 26, 54, 125)
BLOCOS = (34, 35, 36, 37, 38, 39, 40, 95, 96)
INTERNAS = (30, 31, 57, 59, 60, 82, 83, 84, 85, 97, 100)
FEDERACAO = (124, 134, 135, 136)
MUDANCAS = (126, 128, 129, 137)


def internas(c: Cena) -> None:
    """Blocos, archive, attributions: a público whose full history is mostly not public."""
    documento = c.write("Ofício", "Encaminha documentação.")
    for tarefa in (*INTERNAS, *BLOCOS, *ARQUIVO):
        c.wait(0, 1)
        tell(c, tarefa, documento)


def mudancas(c: Cena) -> None:
    """Its tipo, number, date and priority were changed."""
    documento = c.write("Ofício", "Solicita correção da autuação.")
    for tarefa in MUDANCAS:
        c.wait(0, 1)
        tell(c, tarefa, documento)


def federacao(c: Cena) -> None:
    """Shared with another SEI by SEI Federação."""
    documento = c.write("Ofício", "Compartilhe-se com o consórcio.")
    for tarefa in FEDERACAO:
        c.wait(0, 1)
        tell(c, tarefa, documento)


def credenciais(c: Cena) -> None:
    """A sigiloso with everything that may happen to credentials."""
    documento = c.write("Relatório", "Parte reservada.", nivel="2")
    for tarefa in CREDENCIAIS:
        c.wait(0, 1)
        tell(c, tarefa, documento)
    tell(c, 70, documento)


def tell(c: Cena, tarefa: int, documento: Documento) -> None:
    """One andamento of any tarefa, its template filled with what fits each name."""
    template = c.sei.reference.tarefas[tarefa].nome
    atributos: dict[str, Any] = {}
    for nome in PLACEHOLDER.findall(template):
        if nome in ("DOCUMENTOS", "USUARIOS"):
            atributos[nome.removesuffix("S")] = _several(c, nome, documento)
        else:
            atributos[nome] = _sample(c, nome, documento)
    c.sei.andamento(c.processo, tarefa, **atributos)


def _several(c: Cena, nome: str, documento: Documento) -> list[Any]:
    if nome == "DOCUMENTOS":
        return [documento, c.write("Despacho", "À ciência dos servidores.")]
    return [_user("SEFAZ"), _user("SEADM-RH"), _user("PGM")]


def _sample(c: Cena, nome: str, documento: Documento) -> Any:
    """A value for one placeholder, in the shape SEI gives it."""
    hoje = f"{c.processo.relogio:%d/%m/%Y}"
    if nome.startswith("DATA_HORA"):
        return f"{hoje} {c.processo.relogio:%H:%M:%S}"
    if nome.startswith("DATA"):
        return hoje
    if nome.startswith("USUARIO"):
        return _user("CGM" if nome == "USUARIO" else "GABINETE")
    samples: dict[str, Any] = {
        "DOCUMENTO": documento,
        "PROCESSO": c.outros["principal"],
        "UNIDADE": c.sei.unidade("PGM"),
        "BLOCO": ("1482", "1482"),
        "LOCALIZADOR": ("CX-0214", "214"),
        "ANEXO": ("fotografia.jpg", "1"),
        "MOTIVO": "A pedido da unidade.",
        "ORGAO": "CMVA¥Câmara Municipal de Vale das Acácias",
        "ORGAO_DESTINATARIO": "CIRIC¥Consórcio Intermunicipal do Ribeirão Claro",
        "ORGAO_REMETENTE": "PMVA¥Prefeitura Municipal de Vale das Acácias",
        "TIPO_PROCESSO_ANTERIOR": "Ouvidoria: Reclamação",
        "TIPO_PROCESSO_ATUAL": "Iluminação Pública: Troca de Lâmpada",
        "PROTOCOLO_ANTERIOR": "9310.01.0099999/2019-00",
        "PROTOCOLO_ATUAL": c.processo.numero,
        "TIPO_PRIORIDADE_ANTERIOR": None,
        "TIPO_PRIORIDADE_ATUAL": "Pessoa idosa",
    }
    return samples[nome]


def _user(unidade: str) -> str:
    return pessoas.login(pessoas.signer(unidade)[0])
