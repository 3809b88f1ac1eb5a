"""A processo as programs read it: what SEI knows, made into open data.

Facts only. What the page says in relation to today ("há 8 dias") would be another answer tomorrow.
"""

from collections.abc import Callable, Iterable
from typing import Final, assert_never

from portal.sei import values
from portal.sei.authenticity import Genuine, GenuineClosed
from portal.tenancy import Tenant
from portal.web import open_data
from portal.web.links import DADOS, Links

ACESSOS: Final[dict[values.Opening, open_data.Acesso]] = {
    values.Opening.OPENS: "abre",
    values.Opening.RESTRITO: "restrito",
    values.Opening.PROCESSO_RESTRITO: "processo-restrito",
    values.Opening.UNREAD_INTIMACAO: "aviso-pendente",
    values.Opening.BEFORE_DATA_CORTE: "antes-da-data-de-corte",
    values.Opening.PERSONAL: "pessoal",
    values.Opening.ELIMINADO: "eliminado",
}
FORMAS: Final[dict[values.FormaAutenticacao, open_data.Forma]] = {
    values.FormaAutenticacao.SENHA: "senha",
    values.FormaAutenticacao.CERTIFICADO: "certificado",
    values.FormaAutenticacao.MODULO: "modulo",
}
TRAMITES: Final[dict[values.EstadoTramite, open_data.EstadoTramite]] = {
    values.EstadoTramite.EM_TRANSITO: "em-transito",
    values.EstadoTramite.EM_VERIFICACAO: "em-verificacao",
    values.EstadoTramite.RECEBIDO_LA: "recebido-la",
    values.EstadoTramite.RECUSADO: "recusado",
    values.EstadoTramite.CANCELADO: "cancelado",
    values.EstadoTramite.NAO_SAIU: "nao-saiu",
    values.EstadoTramite.RECEBIDO_AQUI: "recebido-aqui",
}


def extract_processo(tracking: values.Tracking, links: Links) -> open_data.Processo:
    processo = tracking.procedimento
    restrito = processo.nivel_acesso_global is not values.NivelAcesso.PUBLICO
    return open_data.Processo(
        versao=open_data.VERSION,
        numero=processo.formatado,
        tipo=processo.tipo,
        nivel_acesso="restrito" if restrito else "publico",
        hipotese_legal=_hipotese(processo.hipotese_legal) if restrito else None,
        orgao=processo.orgao,
        autuacao=processo.autuacao,
        unidade_geradora=_unidade(processo.unidade_geradora),
        descricao=processo.descricao,
        interessados=tuple(n for n in tracking.interessados if n != values.AND_OTHERS),
        mais_interessados=values.AND_OTHERS in tracking.interessados,
        situacao=_situacao(tracking.situacao, links),
        recebido_de=_tramite(tracking.came_from),
        historico=_historico(tracking.history, links),
        conteudo=_conteudo(tracking.contents, links),
        relacionados=tuple(_citado(other, links) for other in tracking.relacionados),
        pagina=links.pagina(),
        dados=links.dados(),
    )


def extract_documento(
    listed: values.ListedDocumento, links: Links
) -> open_data.DocumentoDoProcesso:
    return open_data.DocumentoDoProcesso(
        versao=open_data.VERSION,
        processo=_holder(listed, links),
        documento=_documento(listed.documento, links),
        conteudo=_to_read(listed, links),
    )


def extract_confirmation(answer: Genuine | GenuineClosed, tenant: Tenant) -> open_data.Conferencia:
    """What the page says of the same pair of codes."""
    if isinstance(answer, GenuineClosed):
        return open_data.Conferencia(open_data.VERSION, None, None, tenant.pesquisa)
    links = Links.to(answer.listed, site=tenant.endereco)
    return open_data.Conferencia(
        versao=open_data.VERSION,
        processo=_holder(answer.listed, links),
        documento=_documento(answer.listed.documento, links),
        conferir_no_sei=None,
    )


def extract_choices(
    hits: Iterable[values.Hit], address: Callable[[values.Hit], str]
) -> open_data.Escolhas:
    """`address` is where a hit leads to."""
    return open_data.Escolhas(
        versao=open_data.VERSION,
        escolhas=tuple(open_data.Escolha(h.formatado, h.tipo, address(h)) for h in hits),
    )


def _holder(listed: values.ListedDocumento, links: Links) -> open_data.ProcessoCitado:
    processo = listed.procedimento
    return open_data.ProcessoCitado(
        processo.formatado, processo.tipo, None, links.pagina(), links.dados()
    )


def _situacao(situacao: values.Situacao, links: Links) -> open_data.Situacao:
    match situacao:
        case values.EmAndamento(stays):
            return open_data.EmAndamento(
                tuple(open_data.Permanencia(tell_unidade(s.unidade), s.since) for s in stays)
            )
        case values.Concluido(unidade, on):
            return open_data.Concluido(_unidade(unidade), on)
        case values.Sobrestado(unidade, since, other):
            return open_data.Sobrestado(
                _unidade(unidade), since, None if other is None else _citado(other, links)
            )
        case values.Anexado(other):
            return open_data.Anexado(None if other is None else _citado(other, links))
        case values.ComOutroOrgao(tramite):
            return open_data.ComOutroOrgao(_told(tramite))
        case values.Bloqueado(unidade):
            return open_data.Bloqueado(_unidade(unidade))
        case values.Eliminado():
            return open_data.Eliminado()
        case values.NaoInformada():
            return open_data.NaoInformada()
        case _:
            assert_never(situacao)


def _historico(history: values.History | None, links: Links) -> open_data.Historico | None:
    if history is None:
        return None
    etapas = tuple(_etapa(step) for step in history.steps)
    cursor = history.next_cursor
    more = None if cursor is None else links.more_history(cursor, DADOS)
    return open_data.Historico(etapas, more)


def _etapa(step: values.Step) -> open_data.Etapa:
    return open_data.Etapa(
        codigo=str(step.id_atividade),
        momento=step.moment,
        unidade=tell_unidade(step.unidade),
        frase=step.sentence,
        texto_sei=step.sei_text,
        especie=step.kind,
        principal=step.main,
        tramite=_tramite(step.tramite),
    )


def _conteudo(contents: values.Contents | None, links: Links) -> open_data.Conteudo | None:
    if contents is None:
        return None
    itens = tuple(
        open_data.ProcessoAnexado(_citado(item, links))
        if isinstance(item, values.Neighbour)
        else _documento(item, links)
        for item in contents.items
    )
    cursor = contents.next_cursor
    more = None if cursor is None else links.more_contents(cursor, DADOS)
    return open_data.Conteudo(itens, more)


def _documento(documento: values.Documento, links: Links) -> open_data.Documento:
    nome = documento.arquivo
    return open_data.Documento(
        numero_sei=documento.numero_sei,
        tipo=documento.serie,
        numero=documento.numero,
        data=documento.data,
        incluido_em=documento.included_on,
        externo=documento.externo,
        conferencia=documento.conferencia,
        assinaturas=tuple(map(_assinatura, documento.signatarios)),
        acesso=ACESSOS[documento.opening],
        hipotese_legal=_hipotese(documento.hipotese_legal),
        arquivo=None if nome is None else open_data.Arquivo(nome, documento.tamanho),
        pagina=links.documento(documento.numero_sei),
        dados=links.documento(documento.numero_sei, DADOS),
    )


def _assinatura(signatario: values.Signatario) -> open_data.Assinatura:
    return open_data.Assinatura(
        nome=signatario.nome,
        cargo=signatario.cargo,
        momento=signatario.moment,
        autenticacao=signatario.autenticacao,
        forma=None if signatario.forma is None else FORMAS[signatario.forma],
    )


def _to_read(listed: values.ListedDocumento, links: Links) -> open_data.ConteudoDoDocumento | None:
    if listed.conteudo is None:
        return None
    numero_sei, crc = listed.documento.numero_sei, listed.conteudo.crc
    if listed.conteudo.anexo is None:
        address = links.documento(numero_sei, "/texto")
        return open_data.ConteudoDoDocumento("pagina", address, crc)
    address = links.documento(numero_sei, "/arquivo")
    return open_data.ConteudoDoDocumento("arquivo", address, crc)


def _citado(other: values.Neighbour, links: Links) -> open_data.ProcessoCitado:
    to = None if other.chave is None else Links(other.chave, site=links.site)
    return open_data.ProcessoCitado(
        numero=other.formatado,
        tipo=other.tipo,
        hipotese_legal=_hipotese(other.hipotese_legal),
        pagina=None if to is None else to.pagina(),
        dados=None if to is None else to.dados(),
    )


def _tramite(tramite: values.Tramite | None) -> open_data.Tramite | None:
    return None if tramite is None else _told(tramite)


def _told(tramite: values.Tramite) -> open_data.Tramite:
    return open_data.Tramite(
        TRAMITES[tramite.estado], tramite.orgao, tramite.sent_at, tramite.decided_at
    )


def _unidade(unidade: values.Unidade | None) -> open_data.Unidade | None:
    return None if unidade is None else tell_unidade(unidade)


def tell_unidade(unidade: values.Unidade) -> open_data.Unidade:
    return open_data.Unidade(unidade.sigla, unidade.nome, unidade.orgao)


def _hipotese(hipotese: values.HipoteseLegal | None) -> open_data.HipoteseLegal | None:
    if hipotese is None:
        return None
    return open_data.HipoteseLegal(hipotese.nome, hipotese.base_legal)
