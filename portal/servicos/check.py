"""Whether SEI knows what a catalogue sends it to: SEI's own lists, as its web service gives them to
the portal, beside each service."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias

from portal.sei.checkup import Finding
from portal.sei.checkup.findings import fail, ok, warn
from portal.sei.values import NivelAcesso
from portal.servicos.values import Servico

EXTERNAL = ("T", "E")
"""A série's aplicabilidade: everything, or external documents, which is what the portal sends."""


class Item(Protocol):
    """A row of one of SEI's lists."""

    @property
    def id(self) -> str: ...
    @property
    def nome(self) -> str: ...
    @property
    def detalhe(self) -> str:
        """Of a série, its aplicabilidade; empty where SEI does not say."""


class Failed(Protocol):
    """Why SEI gave no list."""

    @property
    def message(self) -> str: ...


Listed: TypeAlias = Sequence[Item] | Failed


class Lists(Protocol):
    """What SEI's web service lists, as far as the portal may use it, in a unidade."""

    def list_unidades(self) -> Listed: ...
    def list_tipos_procedimento(self, id_unidade: str) -> Listed: ...
    def list_series(self, id_unidade: str) -> Listed: ...
    def list_hipoteses_legais(self, id_unidade: str) -> Listed: ...
    def list_extensoes(self, id_unidade: str) -> Listed: ...


def check_servicos(servicos: Iterable[Servico], sei: Lists) -> Iterator[Finding]:
    """A finding for each service, and before it one for each list that SEI did not give. Each list
    is asked for once."""
    asked = _Asked(sei)
    for servico in servicos:
        problems = list(_list_problems(servico, asked))
        yield from asked.list_failures()
        if problems:
            yield fail(servico.slug, " ".join(problems))
        elif asked.lacks(servico.sei.id_unidade):
            yield warn(servico.slug, "não foi conferido por inteiro")
        else:
            yield ok(servico.slug, _tell(servico, asked))


class _Asked:
    """SEI's lists, each asked for when it is first wanted."""

    def __init__(self, sei: Lists) -> None:
        self._sei = sei
        self._lists: dict[tuple[str, str], Mapping[str, Item] | None] = {}
        self._failures: list[Finding] = []

    def get(self, what: str, id_unidade: str) -> Mapping[str, Item] | None:
        """By id; None when it could not be had."""
        key = what, "" if what == "unidades" else id_unidade
        if key not in self._lists:
            self._lists[key] = self._read(what, id_unidade)
        return self._lists[key]

    def lacks(self, id_unidade: str) -> bool:
        """Whether a list of this unidade, or that of unidades, could not be had."""
        return any(found is None for (_, u), found in self._lists.items() if u in ("", id_unidade))

    def list_failures(self) -> list[Finding]:
        """Those that have not been told yet."""
        told, self._failures = self._failures, []
        return told

    def _read(self, what: str, id_unidade: str) -> Mapping[str, Item] | None:
        sei = self._sei
        match what:
            case "unidades":
                listed = sei.list_unidades()
            case "tipos de processo":
                listed = sei.list_tipos_procedimento(id_unidade)
            case "séries":
                listed = sei.list_series(id_unidade)
            case "hipóteses legais":
                listed = sei.list_hipoteses_legais(id_unidade)
            case _:
                listed = sei.list_extensoes(id_unidade)
        if isinstance(listed, Sequence):
            return {item.id: item for item in listed}
        self._failures.append(fail(f"lista de {what}", listed.message))
        return None


def _list_problems(servico: Servico, asked: _Asked) -> Iterator[str]:
    sei = servico.sei
    unidades = asked.get("unidades", "")
    for unidade in dict.fromkeys((sei.id_unidade, *sei.unidades_envio)):
        if unidades is not None and unidade not in unidades:
            yield f"o SEI não deixa o portal usar a unidade {unidade}."
    tipos = asked.get("tipos de processo", sei.id_unidade)
    if tipos is not None and sei.id_tipo_procedimento and sei.id_tipo_procedimento not in tipos:
        yield f"não há, para o portal, o tipo de processo {sei.id_tipo_procedimento}."
    series = asked.get("séries", sei.id_unidade)
    if series is not None:
        yield from _list_wrong_series(servico, series)
    if sei.id_hipotese_legal is not None:
        hipoteses = asked.get("hipóteses legais", sei.id_unidade)
        if hipoteses is not None and sei.id_hipotese_legal not in hipoteses:
            yield f"não há a hipótese legal {sei.id_hipotese_legal}."
    extensoes = asked.get("extensões", sei.id_unidade)
    if extensoes is not None and "pdf" not in {item.nome.lower() for item in extensoes.values()}:
        yield "o SEI não aceita PDF dos serviços: inclua a extensão pdf."


def _list_wrong_series(servico: Servico, series: Mapping[str, Item]) -> Iterator[str]:
    wanted = (servico.sei.id_serie, *(documento.id_serie for documento in servico.documentos))
    for id_serie in dict.fromkeys(wanted):
        serie = series.get(id_serie)
        if serie is None:
            yield f"não há, para o portal, a série {id_serie}."
        elif serie.detalhe and serie.detalhe not in EXTERNAL:
            yield f"a série {id_serie} ({serie.nome}) não é para documentos externos."


def _tell(servico: Servico, asked: _Asked) -> str:
    """What SEI calls it, for somebody to see whether it is what they meant."""
    sei = servico.sei
    said = [
        ("unidade", asked.get("unidades", "") or {}, sei.id_unidade),
        ("tipo", asked.get("tipos de processo", sei.id_unidade) or {}, sei.id_tipo_procedimento),
        ("série", asked.get("séries", sei.id_unidade) or {}, sei.id_serie),
    ]
    if sei.nivel_acesso is NivelAcesso.RESTRITO:
        hipoteses = asked.get("hipóteses legais", sei.id_unidade) or {}
        said.append(("restrito por", hipoteses, sei.id_hipotese_legal or ""))
    return ", ".join(f"{word} {found[key].nome}" for word, found, key in said if key in found)
