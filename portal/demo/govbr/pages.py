"""The invented gov.br's own pages: whom to be, whether to authorise, what may go wrong."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from portal.demo.govbr.faults import WORDS, Fault
from portal.demo.govbr.people import PEOPLE, Person
from portal.demo.govbr.protocol import GovBr

LEVELS = {"bronze": "bronze", "silver": "prata", "gold": "ouro"}

STYLE = """
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 0 auto; padding: 1rem; }
.faixa { background: #ffcd07; color: #292724; padding: .5rem 1rem; font-weight: 600; }
button { font: inherit; min-height: 2.75rem; padding: .4rem 1rem; margin-block: .25rem; }
li button { width: 100%; text-align: left; }
ul { list-style: none; padding: 0; }
"""


def choose(govbr: GovBr, params: Mapping[str, str]) -> str:
    """Whom to be. The faults are below, for those who look for them."""
    people = "".join(
        f'<li><button name="cpf" value="{p.cpf}">{escape(p.nome_social or p.nome)}'
        f" — {escape(p.about)} (nível {LEVELS[govbr.level_of(p)]})</button></li>"
        for p in PEOPLE
    )
    return _page(
        "Quem é você?",
        f'<form method="post" action="/login"><input type="hidden" name="pedido"'
        f' value="{escape(urlencode(dict(params)))}"><ul>{people}</ul></form>'
        f'<p><a href="/simulador">Fazer o gov.br falhar</a></p>',
    )


def consent(person: Person, client_id: str, params: Mapping[str, str]) -> str:
    scopes = "".join(f"<li>{escape(scope)}</li>" for scope in params["scope"].split())
    return _page(
        "Autorização de uso de dados pessoais",
        f"<p>{escape(person.nome_social or person.nome)}, o serviço"
        f" <b>{escape(client_id)}</b> pede:</p><ul>{scopes}</ul>"
        f'<form method="post" action="/consent"><input type="hidden" name="pedido"'
        f' value="{escape(urlencode(dict(params)))}">'
        '<button name="resposta" value="sim">Autorizar</button>'
        ' <button name="resposta" value="nao">Negar</button></form>',
    )


def catalogue(govbr: GovBr, person: Person | None, wanted: str, back: str) -> str:
    if person is None:
        return _page("Selos de confiabilidade", "<p>Ninguém entrou no gov.br neste navegador.</p>")
    buttons = "".join(
        f'<button name="nivel" value="{level}">Passar para {word}</button> '
        for level, word in LEVELS.items()
        if level != "bronze"
    )
    return _page(
        "Selos de confiabilidade",
        f"<p>{escape(person.nome)} tem nível {LEVELS[govbr.level_of(person)]}."
        f" O serviço pede: {escape(wanted)}.</p>"
        f'<form method="post" action="/confiabilidades"><input type="hidden" name="volta"'
        f' value="{escape(back)}">{buttons}'
        '<button name="nivel" value="">Voltar sem mudar</button></form>',
    )


def simulator(govbr: GovBr) -> str:
    options = "".join(
        f'<li><button name="falha" value="{fault}">{escape(WORDS[fault])}</button></li>'
        for fault in Fault
    )
    now = WORDS[govbr.fault] if govbr.fault else "nenhuma"
    return _page(
        "Fazer o gov.br falhar",
        f"<p>Falha ligada: <b>{escape(now)}</b></p>"
        '<form method="post" action="/simulador"><button name="falha" value="">Desligar</button>'
        f"<ul>{options}</ul>"
        '<button name="chave" value="rsa1">Trocar a chave, com o mesmo nome</button>'
        ' <button name="chave" value="rsa2">Trocar a chave e o nome</button></form>',
    )


def message(title: str, text: str) -> str:
    return _page(title, f"<p>{escape(text)}</p>")


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="pt-BR"><head><meta charset="utf-8">'
        f"<title>{escape(title)} — gov.br simulado</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body>"
        '<p class="faixa">Simulação do gov.br: pessoas inventadas. Não digite dados seus.</p>'
        f"<main><h1>{escape(title)}</h1>{body}</main></body></html>\n"
    )
