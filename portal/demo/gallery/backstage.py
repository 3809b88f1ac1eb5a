"""What only the house sees: every remaining tarefa, with attributes made from its template."""

import re
from typing import Any

from portal.demo import people
from portal.demo.protocolos import Documento
from portal.demo.scene import Scene

PLACEHOLDER = re.compile(r"[@#]([A-Z_]+)[@#]")
CREDENTIALS = (61, 62, *range(66, 70), *range(71, 82), *range(117, 122), 127, 64, 63)
ARCHIVE = (53, 24, 27, 55, 56, 26, 54, 125)
BLOCOS = (34, 35, 36, 37, 38, 39, 40, 95, 96)
INTERNAL = (30, 31, 57, 59, 60, 82, 83, 84, 85, 97, 100)
FEDERATION = (124, 134, 135, 136)
CHANGES = (126, 128, 129, 137)


def internal(s: Scene) -> None:
    """Blocos, archive, attributions: a público whose full history is mostly not public."""
    documento = s.write("Ofício", "Encaminha documentação.")
    for tarefa in (*INTERNAL, *BLOCOS, *ARCHIVE):
        s.wait(0, 1)
        tell(s, tarefa, documento)


def changes(s: Scene) -> None:
    """Its tipo, number, date and priority were changed."""
    documento = s.write("Ofício", "Solicita correção da autuação.")
    for tarefa in CHANGES:
        s.wait(0, 1)
        tell(s, tarefa, documento)


def federation(s: Scene) -> None:
    """Shared with another SEI by SEI Federação."""
    documento = s.write("Ofício", "Compartilhe-se com o consórcio.")
    for tarefa in FEDERATION:
        s.wait(0, 1)
        tell(s, tarefa, documento)


def credentials(s: Scene) -> None:
    """A sigiloso with everything that may happen to credentials."""
    documento = s.write("Relatório", "Parte reservada.", nivel="2")
    for tarefa in CREDENTIALS:
        s.wait(0, 1)
        tell(s, tarefa, documento)
    tell(s, 70, documento)


def tell(s: Scene, tarefa: int, documento: Documento) -> None:
    """One andamento of any tarefa, its template filled with what fits each name."""
    template = s.sei.reference.tarefas[tarefa].nome
    atributos: dict[str, Any] = {}
    for nome in PLACEHOLDER.findall(template):
        if nome in ("DOCUMENTOS", "USUARIOS"):
            atributos[nome.removesuffix("S")] = _several(s, nome, documento)
        else:
            atributos[nome] = _sample(s, nome, documento)
    s.sei.andamento(s.processo, tarefa, **atributos)


def _several(s: Scene, nome: str, documento: Documento) -> list[Any]:
    if nome == "DOCUMENTOS":
        return [documento, s.write("Despacho", "À ciência dos servidores.")]
    return [_user("SEFAZ"), _user("SEADM-RH"), _user("PGM")]


def _sample(s: Scene, nome: str, documento: Documento) -> Any:
    """A value for one placeholder, in the shape SEI gives it."""
    today = f"{s.processo.clock:%d/%m/%Y}"
    if nome.startswith("DATA_HORA"):
        return f"{today} {s.processo.clock:%H:%M:%S}"
    if nome.startswith("DATA"):
        return today
    if nome.startswith("USUARIO"):
        return _user("CGM" if nome == "USUARIO" else "GABINETE")
    samples: dict[str, Any] = {
        "DOCUMENTO": documento,
        "PROCESSO": s.others["principal"],
        "UNIDADE": s.sei.unidade("PGM"),
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
        "PROTOCOLO_ATUAL": s.processo.numero,
        "TIPO_PRIORIDADE_ANTERIOR": None,
        "TIPO_PRIORIDADE_ATUAL": "Pessoa idosa",
    }
    return samples[nome]


def _user(unidade: str) -> str:
    return people.login(people.signer(unidade)[0])
