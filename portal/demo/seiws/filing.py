"""What changes processos: a new one with its documents, one more document, andamentos, remessas."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import md5
from typing import Any

from portal.demo.documentos import Options
from portal.demo.protocolos import Documento, Processo
from portal.demo.seiws.book import is_normal
from portal.demo.seiws.call import Call
from portal.demo.seiws.contacts import find_contato
from portal.demo.seiws.soap import Refusal
from portal.demo.seiws.uploads import check_name, check_size, decode, find_upload
from portal.demo.target import Row
from portal.demo.town import Unidade
from portal.sei.values import NivelAcesso

ESPECIFICACAO, NUMERO = 100, 50
LINK = "http://127.0.0.1/sei/controlador.php?acao=procedimento_trabalhar&id_procedimento={}"
RESERVED = 1000
"""Below are SEI's own tarefas, of which 65 alone may be written."""
FREE_TEXT = "65"


def open_processo(call: Call) -> Mapping[str, Any]:
    """`gerarProcedimento`."""
    told = call.parts["Procedimento"] or {}
    documentos = call.parts["Documentos"] or []
    tipo = _find_tipo(call, told.get("IdTipoProcedimento") or "")
    call.need_permission(tipo=tipo)
    numero, when = _find_number(call, told)
    most = call.installation.max_documentos
    if len(documentos) > most:
        raise Refusal(
            "O número máximo de documentos para inclusão ao gerar um processo por web services"
            f" é {most}.",
            error=True,
        )
    if any(each["IdProcedimento"] for each in documentos):
        raise Refusal("Documento não pode referenciar outro procedimento.", error=True)
    _check_length(told.get("Especificacao"), ESPECIFICACAO, "Especificação")
    nivel, hipotese = _find_level(call, told, str(call.book.reference.tipos[tipo]))
    processo = call.book.processo(
        numero or call.draw(call.here),
        tipo=tipo,
        unidade=call.here,
        nivel=nivel,
        hipotese=hipotese,
        autuacao=call.book.now,
        original=when.date() if when else None,
        descricao=told.get("Especificacao") or None,
    )
    _name_people(call, processo, told.get("Interessados"), "Interessado", "I")
    included = [_include(call, processo, each) for each in documentos]
    destinos = [call.find_unidade(each) for each in call.parts["UnidadesEnvio"] or []]
    if destinos:
        call.need_permission("enviarProcesso", tipo=tipo)
        _send(call, processo, destinos, keep_open=call.flag("SinManterAbertoUnidade"))
    return {
        "IdProcedimento": processo.id,
        "ProcedimentoFormatado": processo.numero,
        "LinkAcesso": LINK.format(processo.id),
        "RetornoInclusaoDocumentos": [_tell(each) for each in included],
    }


def include_documento(call: Call) -> Mapping[str, Any]:
    """`incluirDocumento`. Where the processo is concluded, it is open again afterwards."""
    told = call.parts["Documento"] or {}
    numero = told.get("ProtocoloProcedimento") or told.get("IdProcedimento") or ""
    if not numero:
        raise Refusal("Processo não informado.")
    processo = call.book.find_processo(numero)
    if processo is None:
        raise Refusal(f"Processo [{numero}] não encontrado.", error=True)
    if not call.book.has_passed(processo, call.here.id_unidade):
        raise Refusal(
            f"Unidade {call.here.sigla} não possui acesso ao processo {processo.numero}.",
            error=True,
        )
    if not is_normal(processo):
        raise Refusal(f"Processo {processo.numero} não permite inclusão de documentos.")
    if call.here.id_unidade not in processo.open_in:
        call.book.reopen(processo, call.here, when=call.book.now)
    return _tell(_include(call, processo, told))


def send_processo(call: Call) -> str:
    """`enviarProcesso`."""
    call.need_permission()
    processo = call.need_processo()
    destinos = [call.find_unidade(each) for each in call.parts["UnidadesDestino"] or []]
    if not destinos:
        raise Refusal("Nenhuma unidade informada para envio.")
    if call.here.id_unidade not in processo.open_in:
        if not call.flag("SinReabrir"):
            raise Refusal(
                f"Processo [{processo.numero}] não está aberto na unidade [{call.here.sigla}]."
            )
        call.book.reopen(processo, call.here, when=call.book.now)
    _send(call, processo, destinos, keep_open=call.flag("SinManterAbertoUnidade"))
    return "1"


def add_andamento(call: Call) -> Mapping[str, Any]:
    """`lancarAndamento`, of somebody's own words alone."""
    call.need_permission()
    processo = call.need_processo()
    tarefa = call.text("IdTarefa")
    if not tarefa:
        raise Refusal("Nenhum identificador de tarefa informado.", error=True)
    if tarefa != FREE_TEXT:
        raise Refusal(f"Identificador de tarefa [{tarefa}] reservado.", error=True)
    words = {each["Nome"]: each["Valor"] for each in call.parts["Atributos"] or []}
    added = call.book.andamento(
        processo,
        int(FREE_TEXT),
        unidade=call.here,
        when=call.book.now,
        DESCRICAO=words.get("DESCRICAO") or "",
    )
    return {
        "IdAndamento": added.id,
        "IdTarefa": FREE_TEXT,
        "IdTarefaModulo": None,
        "Descricao": words.get("DESCRICAO"),
        "DataHora": f"{added.moment:%d/%m/%Y %H:%M:%S}",
        "Unidade": tell_unidade(call.here),
        "Usuario": USUARIO,
        "Atributos": [],
    }


USUARIO = {"IdUsuario": "100000001", "Sigla": "portal", "Nome": "Portal do Protocolo"}
"""The Sistema's own user, to whom SEI attributes everything."""


def tell_unidade(unidade: Unidade) -> Mapping[str, Any]:
    return {
        "IdUnidade": unidade.id_unidade,
        "Sigla": unidade.sigla,
        "Descricao": unidade.descricao,
    }


def _tell(documento: Documento) -> Mapping[str, Any]:
    return {
        "IdDocumento": documento.id,
        "DocumentoFormatado": documento.numero,
        "LinkAcesso": LINK.format(documento.processo.id),
    }


def _include(call: Call, processo: Processo, told: Mapping[str, Any]) -> Documento:
    """One document from outside."""
    if told.get("Tipo") != "R":
        raise Refusal(f"Tipo do protocolo [{told.get('Tipo') or ''}] inválido.")
    serie = _find_serie(call, told.get("IdSerie") or "")
    call.need_permission("incluirDocumento", tipo=processo.tipo, serie=serie)
    dated = _read_date(told.get("Data"), "Data do documento não informada.", call.book.now)
    if serie in call.installation.internas:
        raise Refusal(f'Tipo de documento "{serie}" não aplicável para documentos externos.')
    _check_length(told.get("Numero"), NUMERO, "Número")
    nivel, hipotese = _find_level(call, told, None)
    options: Options = {"when": call.book.now, "unidade": call.here, "nivel": nivel}
    options |= {"hipotese": hipotese, "numero": told.get("Numero") or None}
    anexo = _find_file(call, told)
    documento = call.book.register(processo, serie, anexo, dated, options)
    if told.get("Remetente"):
        contato = find_contato(call.book, told["Remetente"], "Remetente")
        call.book.interessado(documento, contato, "R")
    _name_people(call, documento, told.get("Interessados"), "Interessado", "I")
    return documento


def _find_file(call: Call, told: Mapping[str, Any]) -> Row:
    """The uploaded one, or what is in the message. SEI prefers the name to the id, and then finds
    an empty file; it would take a document without either, and the simulator does not."""
    nome = told.get("NomeArquivo")
    if told.get("ConteudoMTOM") is not None:
        if told.get("Conteudo"):
            raise Refusal(
                "Não é possível enviar documento externo utilizando os elementos Conteudo"
                " (Base64) e ConteudoMTOM (Binário) ao mesmo tempo.",
                error=True,
            )
        if not nome:
            raise Refusal(
                "Nome do arquivo não informado para o conteúdo do documento externo.", error=True
            )
    if not nome and told.get("IdArquivo"):
        if not call.installation.versao.takes_id_arquivo:
            raise Refusal("Erro processando inclusão de documento.", error=True)
        anexo = find_upload(call, told["IdArquivo"])
        if anexo["sin_ativo"] != "S":
            raise Refusal("Arquivo não foi ativado.")
        return anexo
    nome = nome or ""
    check_name(nome, call.installation)
    data = decode(told.get("Conteudo") or "")
    if not data:
        raise Refusal(f"Anexo {nome} vazio.")
    check_size(nome, len(data), call.installation)
    anexo = call.book.add_anexo(nome, len(data), md5(data, usedforsecurity=False).hexdigest())
    call.book.path_of(anexo).write_bytes(data)
    return anexo


def _send(call: Call, processo: Processo, destinos: list[Unidade], *, keep_open: bool) -> None:
    *others, last = destinos
    now = call.book.now
    for each in others:
        call.book.send(processo, each, origem=call.here, when=now, keep_open=True)
    call.book.send(processo, last, origem=call.here, when=now, keep_open=keep_open)


def _name_people(
    call: Call, what: Processo | Documento, people: Any, role: str, participacao: str
) -> None:
    found = [find_contato(call.book, each, role) for each in people or []]
    if len(set(found)) < len(found):
        raise Refusal("Foram encontrados participantes duplicados.")
    for contato in found:
        call.book.interessado(what, contato, participacao)


def _find_tipo(call: Call, key: str) -> str:
    for nome, found in call.book.reference.tipos.items():
        if str(found) == key:
            return nome
    raise Refusal(f"Tipo de procedimento [{key}] não encontrado.", error=True)


def _find_serie(call: Call, key: str) -> str:
    if not key:
        raise Refusal("Tipo de documento não informado.", error=True)
    for nome, found in call.book.reference.series.items():
        if str(found) == key:
            return nome
    raise Refusal(f"Tipo de documento [{key}] não encontrado.", error=True)


def _find_number(call: Call, told: Mapping[str, Any]) -> tuple[str, datetime | None]:
    """A number that the caller chose, and its date; empty and None when SEI is to choose."""
    numero, when = told.get("NumeroProtocolo") or "", told.get("DataAutuacao") or ""
    if bool(numero) != bool(when):
        one, other = ("Número do Protocolo", "a Data de Autuação")
        if when:
            one, other = ("Data de Autuação", "o Número do Protocolo")
        end = "o" if numero else "a"
        raise Refusal(f"{one} somente deve ser informad{end} em conjunto com {other}.", error=True)
    if not numero:
        return "", None
    if call.book.find_processo(numero) is not None:
        raise Refusal(f"Já existe um processo utilizando o número de protocolo {numero}.")
    return numero, _read_date(when, "Data do protocolo inválida.", call.book.now)


def _find_level(call: Call, told: Mapping[str, Any], id_tipo: str | None) -> tuple[str, str | None]:
    """The level and the name of its hipótese; of a processo, what its tipo suggests when unsaid."""
    nivel, key = told.get("NivelAcesso"), told.get("IdHipoteseLegal")
    if not nivel:
        suggested = call.installation.niveis.get(id_tipo or "", (NivelAcesso.PUBLICO, None))
        nivel, key = suggested if id_tipo else (NivelAcesso.PUBLICO, None)
    if nivel == NivelAcesso.SIGILOSO:
        raise Refusal(
            "Não é permitida a geração de processo sigiloso através de Web Services porque nenhum"
            " usuário terá credencial de acesso."
        )
    if nivel == NivelAcesso.PUBLICO:
        if key:
            raise Refusal("Hipótese Legal não aplicável ao Nível de Acesso do protocolo.")
        return str(NivelAcesso.PUBLICO), None
    if not key:
        raise Refusal("Hipótese Legal não informada.")
    for nome, found in call.book.reference.hipoteses.items():
        if str(found) == key:
            return str(NivelAcesso.RESTRITO), nome
    raise Refusal("Hipótese Legal não encontrada.")


def _check_length(text: Any, most: int, what: str) -> None:
    if len(text or "") > most:
        raise Refusal(f"{what} possui tamanho superior a {most} caracteres.")


def _read_date(text: Any, missing: str, now: datetime) -> datetime:
    if not text:
        raise Refusal(missing)
    try:
        day = datetime.strptime(str(text), "%d/%m/%Y")
    except ValueError:
        raise Refusal("Data do protocolo inválida.") from None
    if day > now:
        raise Refusal("Data do protocolo não pode estar no futuro.")
    return day
