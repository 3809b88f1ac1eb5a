"""What is only asked: processos, documents, andamentos, and SEI's own lists."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from portal.demo.protocolos import Processo
from portal.demo.seiws.call import Call, key_of
from portal.demo.seiws.filing import LINK, USUARIO, tell_unidade
from portal.demo.seiws.installation import EXTENSOES
from portal.demo.seiws.soap import Refusal
from portal.demo.town import HIPOTESES
from portal.sei import tables
from portal.sei.values import EstadoProtocolo, NivelAcesso


def tell_processo(call: Call) -> Mapping[str, Any]:
    """`consultarProcedimento`, as far as the simulator keeps what it tells."""
    call.need_permission()
    processo = call.need_processo()
    row = processo.row
    units = processo.open_in if call.flag("SinRetornarUnidadesProcedimentoAberto") else ()
    return {
        "IdProcedimento": processo.id,
        "ProcedimentoFormatado": processo.numero,
        "Especificacao": row["descricao"],
        "DataAutuacao": f"{row['dta_geracao']:%d/%m/%Y}",
        "LinkAcesso": LINK.format(processo.id),
        "NivelAcessoLocal": row["sta_nivel_acesso_local"],
        "NivelAcessoGlobal": row["sta_nivel_acesso_global"],
        "TipoProcedimento": _tell_tipo(processo),
        "UnidadesProcedimentoAberto": [
            {"Unidade": tell_unidade(call.book.unidade(each)), "UsuarioAtribuicao": None}
            for each in units
        ],
    }


def tell_documento(call: Call) -> Mapping[str, Any]:
    """`consultarDocumento`."""
    call.need_permission()
    numero = call.text("ProtocoloDocumento")
    found = call.book.find_documento(numero)
    if found is None:
        raise Refusal(f"Documento {numero} não encontrado.")
    row, details, processo = found
    if row["sta_estado"] == EstadoProtocolo.CANCELADO:
        raise Refusal(f"Documento {numero} foi cancelado.")
    made_by = row["id_unidade_geradora"]
    if row["sta_nivel_acesso_global"] != NivelAcesso.PUBLICO and made_by != call.here.id_unidade:
        raise Refusal(f"Unidade [{call.here.sigla}] não possui acesso ao documento [{numero}].")
    series = {key: nome for nome, key in call.book.reference.series.items()}
    return {
        "IdProcedimento": details["id_procedimento"],
        "ProcedimentoFormatado": processo,
        "IdDocumento": row["id_protocolo"],
        "DocumentoFormatado": numero,
        "LinkAcesso": LINK.format(details["id_procedimento"]),
        "NivelAcessoLocal": row["sta_nivel_acesso_local"],
        "NivelAcessoGlobal": row["sta_nivel_acesso_global"],
        "Serie": {"IdSerie": details["id_serie"], "Nome": series.get(details["id_serie"])},
        "Numero": details["numero"],
        "Data": f"{row['dta_geracao']:%d/%m/%Y}",
        "UnidadeElaboradora": tell_unidade(call.book.unidade(made_by)),
    }


def list_andamentos(call: Call) -> list[Mapping[str, Any]]:
    """`listarAndamentos`, newest first."""
    call.need_permission()
    criteria = {name: call.parts[name] or [] for name in ("Andamentos", "Tarefas")}
    if not any(criteria.values()) and not call.parts["TarefasModulos"]:
        raise Refusal("Nenhum critério informado para pesquisa de andamentos.", error=True)
    processo = call.need_processo()
    a = tables.atividade.c
    query = select(a.id_atividade, a.id_tarefa, a.id_unidade, a.dth_abertura)
    query = query.where(a.id_protocolo == processo.id).order_by(a.id_atividade.desc())
    wanted = [
        row
        for row in call.book.connection.execute(query)
        if str(row.id_tarefa) in criteria["Tarefas"]
        or str(row.id_atividade) in criteria["Andamentos"]
    ]
    with_attributes = call.flag("SinRetornarAtributos")
    return [_tell_andamento(call, row, with_attributes=with_attributes) for row in wanted]


def list_unidades(call: Call) -> list[Mapping[str, Any]]:
    """`listarUnidades`."""
    units = [each for each in call.book.reference.unidades.values() if each.active]
    return [tell_unidade(each) for each in sorted(units, key=lambda each: each.sigla)]


def list_tipos(call: Call) -> list[Mapping[str, Any]]:
    """`listarTiposProcedimento`: those that some operation allows here."""
    return [
        {"IdTipoProcedimento": key, "Nome": nome}
        for nome, key in sorted(call.book.reference.tipos.items())
        if call.installation.allows("gerarProcedimento", key_of(call.unidade), str(key))
    ]


def list_series(call: Call) -> list[Mapping[str, Any]]:
    """`listarSeries`: those that some operation allows here."""
    internas = call.installation.internas
    return [
        {"IdSerie": key, "Nome": nome, "Aplicabilidade": "I" if nome in internas else "T"}
        for nome, key in sorted(call.book.reference.series.items())
        if call.installation.allows("incluirDocumento", key_of(call.unidade), serie=str(key))
    ]


def list_hipoteses(call: Call) -> list[Mapping[str, Any]]:
    """`listarHipotesesLegais`."""
    call.need_permission()
    laws = dict(HIPOTESES.values())
    return [
        {"IdHipoteseLegal": key, "Nome": nome, "BaseLegal": laws[nome], "NivelAcesso": "1"}
        for nome, key in sorted(call.book.reference.hipoteses.items())
        if call.text("NivelAcesso") in ("", "1")
    ]


def list_extensoes(call: Call) -> list[Mapping[str, Any]]:
    """`listarExtensoesPermitidas`."""
    call.need_permission()
    return [
        {"IdArquivoExtensao": EXTENSOES.get(name, 99), "Extensao": name, "Descricao": name.upper()}
        for name in sorted(call.installation.extensoes)
    ]


def _tell_tipo(processo: Processo) -> Mapping[str, Any]:
    key = processo.details["id_tipo_procedimento"]
    return {"IdTipoProcedimento": key, "Nome": processo.tipo}


def _tell_andamento(call: Call, row: Any, *, with_attributes: bool) -> Mapping[str, Any]:
    tarefa = call.book.reference.tarefas.get(row.id_tarefa)
    t = tables.atributo_andamento.c
    query = select(t.nome, t.valor, t.id_origem).where(t.id_atividade == row.id_atividade)
    found = call.book.connection.execute(query.order_by(t.id_atributo_andamento))
    return {
        "IdAndamento": row.id_atividade,
        "IdTarefa": row.id_tarefa,
        "IdTarefaModulo": tarefa.id_tarefa_modulo if tarefa else None,
        "Descricao": tarefa.nome if tarefa else None,
        "DataHora": f"{row.dth_abertura:%d/%m/%Y %H:%M:%S}",
        "Unidade": tell_unidade(call.book.unidade(row.id_unidade)),
        "Usuario": USUARIO,
        "Atributos": [
            {"Nome": nome, "Valor": valor, "IdOrigem": origem} for nome, valor, origem in found
        ]
        if with_attributes
        else [],
    }
