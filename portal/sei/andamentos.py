"""An andamento in words: SEI's own template filled, and the plainer sentence beside it.

The filling follows what the open module Protocolo Integrado does with the same rows
(pengovbr/mod-sei-protocolo-integrado, ProtocoloIntegradoRN), less what nobody outside needs to
read: who in the órgão did it, whom it was shown to.
"""

import re
from collections.abc import Callable, Mapping

from portal.portuguese import preposition
from portal.sei.text import mask
from portal.sei.values import Andamento, Atributo, Step, Tramite
from portal.sei.visibility import (
    EMAIL_ATRIBUTOS,
    PESSOA_ATRIBUTOS,
    SERVIDOR_ATRIBUTOS,
    Referenced,
    may_tell_motivo,
    resolve,
)
from portal.sei.vocabulary import ORGAO, Vocabulary, parse_sentence

_PLACEHOLDER = re.compile(r"@([A-Z_]+)@|#(DOCUMENTOS|USUARIOS)#")
# A placeholder alone on its line: an empty motivo takes the line with it.
_EMPTY_LINE = re.compile(r"\n[^\S\n]*(?=\n|$)")

# What a sentence may say of the unit, and the preposition before it.
_UNIDADE = {"unidade": "", "na_unidade": "em", "para_unidade": "para", "da_unidade": "de"}

_NIVEIS = {"0": "público", "1": "restrito", "2": "sigiloso"}
_GRAUS = {"U": " (ultrassecreto)", "S": " (secreto)", "R": " (reservado)"}
_SIGLA_FIRST = {"UNIDADE", "ORGAO", "ORGAO_DESTINATARIO", "ORGAO_REMETENTE"}

_ALTERACAO_DE_NIVEL = range(105, 111)
_ALTERACAO_DE_CONFERENCIA = 111


def narrate(
    andamento: Andamento, referenced: Mapping[str, Referenced], vocabulary: Vocabulary
) -> Step:
    """One entry of the timeline. Without a sentence of ours, SEI's text is the sentence."""
    values = _values(andamento, referenced)
    text = _filled(andamento, referenced, values)
    words = vocabulary.of(andamento)
    sentence = None if words is None else _sentence(words.sentence, andamento, values)
    return Step(
        id_atividade=andamento.id_atividade,
        moment=andamento.moment,
        unidade=andamento.unidade,
        sentence=sentence or text or "Andamento sem descrição no SEI",
        sei_text=text,
        kind="outro" if words is None else words.kind,
        main=words is None or words.main,
    )


def narrate_tramite(
    andamento: Andamento,
    tramite: Tramite,
    referenced: Mapping[str, Referenced],
    vocabulary: Vocabulary,
) -> Step:
    """The one entry of a whole trâmite, at the andamento that tells the last of it."""
    return Step(
        id_atividade=andamento.id_atividade,
        moment=andamento.moment,
        unidade=andamento.unidade,
        sentence=_about_body(vocabulary.tramite[tramite.estado], tramite.orgao or "outro órgão"),
        sei_text=fill(andamento, referenced),
        kind="externo",
        main=True,
        tramite=tramite,
    )


def _about_body(sentence: str, orgao: str) -> str:
    parts = list(parse_sentence(sentence))
    for i in range(1, len(parts), 2):
        word = ORGAO[parts[i]]
        parts[i] = preposition(word, orgao) if word else orgao
    return "".join(parts)


def fill(andamento: Andamento, referenced: Mapping[str, Referenced]) -> str:
    """SEI's template with its placeholders replaced, in one pass.

    One pass, so that a `@UNIDADE@` typed by a person into a motivo stays what they typed. A
    placeholder without an attribute is left out, and the line of an empty one with it.
    """
    return _filled(andamento, referenced, _values(andamento, referenced))


def _filled(
    andamento: Andamento, referenced: Mapping[str, Referenced], values: Mapping[str, str]
) -> str:
    def value(match: re.Match[str]) -> str:
        several = match[2]
        return _joined(several, andamento, referenced) if several else values.get(match[1], "")

    nome = andamento.tarefa.nome or ""
    if "\n" in nome or "\\" in nome:
        nome = nome.replace("\\r", "").replace("\\n", "\n").replace("\r\n", "\n")
        return mask(_EMPTY_LINE.sub("", _PLACEHOLDER.sub(value, nome)))
    return mask(_PLACEHOLDER.sub(value, nome))


def _sentence(sentence: str, andamento: Andamento, values: Mapping[str, str]) -> str | None:
    """The plain sentence, or None when an attribute that it names is missing or empty."""
    parts = list(parse_sentence(sentence))
    for i in range(1, len(parts), 2):
        word = parts[i]
        preposition_of_unit = _UNIDADE.get(word)
        if preposition_of_unit is None:
            parts[i] = mask(values.get(word, "")).strip(" ,")
        else:
            unidade = mask(andamento.unidade.nome)
            parts[i] = preposition(preposition_of_unit, unidade) if preposition_of_unit else unidade
        if not parts[i]:
            return None
    return "".join(parts)


def _values(andamento: Andamento, referenced: Mapping[str, Referenced]) -> dict[str, str]:
    """What each placeholder becomes; of several attributes with one name, the first."""
    values: dict[str, str] = {}
    for atributo in andamento.atributos:
        if atributo.nome not in values:
            fill_in = _FILLERS.get(atributo.nome, _plain)
            values[atributo.nome] = fill_in(atributo, andamento.tarefa.id_tarefa, referenced)
    if not may_tell_motivo(andamento.tarefa.id_tarefa_modulo):
        values["MOTIVO"] = "motivo técnico"
    return values


def _joined(plural: str, andamento: Andamento, referenced: Mapping[str, Referenced]) -> str:
    """`#DOCUMENTOS#`: every row of that name, as `a, b e c`."""
    nome = plural.removesuffix("S")
    fill_in = _FILLERS[nome]
    id_tarefa = andamento.tarefa.id_tarefa
    found = [fill_in(a, id_tarefa, referenced) for a in andamento.atributos if a.nome == nome]
    texts = list(dict.fromkeys(found))
    return " e ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


Filler = Callable[[Atributo, int | None, Mapping[str, Referenced]], str]


def _plain(a: Atributo, _: int | None, __: Mapping[str, Referenced]) -> str:
    return a.valor or ""


def _sigla(a: Atributo, _: int | None, __: Mapping[str, Referenced]) -> str:
    # `SIGLA¥DESCRICAO`; some modules put blanks around the yen, or leave it out.
    return (a.valor or "").split("¥")[0].strip()


def _documento(a: Atributo, _: int | None, referenced: Mapping[str, Referenced]) -> str:
    found = resolve(a, referenced)
    if not found or found[0].nome is None:
        return a.valor or ""
    return f"{found[0].formatado} ({found[0].nome})"


def _nivel_acesso(a: Atributo, _: int | None, __: Mapping[str, Referenced]) -> str:
    return _NIVEIS.get(a.id_origem or "", "")


def _grau_sigilo(a: Atributo, _: int | None, __: Mapping[str, Referenced]) -> str:
    return _GRAUS.get(a.id_origem or "", "")


def _hipotese_legal(a: Atributo, id_tarefa: int | None, _: Mapping[str, Referenced]) -> str:
    if id_tarefa in _ALTERACAO_DE_NIVEL:
        return a.descricao or "não informada"
    return f", {a.descricao}" if a.descricao else ""


def _tipo_conferencia(a: Atributo, id_tarefa: int | None, _: Mapping[str, Referenced]) -> str:
    if not a.descricao:
        return ""
    if id_tarefa == _ALTERACAO_DE_CONFERENCIA:
        return a.descricao
    return f", conferido com {a.descricao}"


def _data_autuacao(a: Atributo, _: int | None, __: Mapping[str, Referenced]) -> str:
    return f" (autuado em {a.valor})" if a.valor else ""


def _minute(a: Atributo, _: int | None, __: Mapping[str, Referenced]) -> str:
    # `dd/mm/aaaa hh:mm:ss` without its seconds.
    return (a.valor or "")[:16]


def _validade(a: Atributo, _: int | None, __: Mapping[str, Referenced]) -> str:
    return f" {a.valor.strip()}" if a.valor else ""


def _constant(text: str) -> Filler:
    return lambda _, __, ___: text


_FILLERS: dict[str, Filler] = {
    **dict.fromkeys(_SIGLA_FIRST, _sigla),
    **dict.fromkeys(SERVIDOR_ATRIBUTOS, _constant("um servidor")),
    **dict.fromkeys(PESSOA_ATRIBUTOS, _constant("uma pessoa")),
    **dict.fromkeys(EMAIL_ATRIBUTOS, _constant("e-mail omitido")),
    "DOCUMENTO": _documento,
    "NIVEL_ACESSO": _nivel_acesso,
    "GRAU_SIGILO": _grau_sigilo,
    "HIPOTESE_LEGAL": _hipotese_legal,
    "TIPO_CONFERENCIA": _tipo_conferencia,
    "DATA_AUTUACAO": _data_autuacao,
    "DATA_HORA": _minute,
    "VALIDADE": _validade,
}
