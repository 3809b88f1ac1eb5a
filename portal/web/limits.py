"""Rate limits around a view: who asks, which rules hold, and what happens when counting fails."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, cast

from flask import current_app, request
from flask.typing import ResponseReturnValue

from portal.errors import NotFound, TooManyRequests
from portal.limits import CountingFailed, Limiter, Rule, bucket
from portal.tenancy import Limites
from portal.web import metrics
from portal.web.log import describe, logger
from portal.web.tenant import current_tenant, local_now

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
Rules = Callable[[Limites], tuple[Rule, ...]]


@lru_cache
def search(limites: Limites) -> tuple[Rule, ...]:
    """For what takes any text and looks for it."""
    return (
        Rule("pesquisas-minuto", limites.pesquisas_por_minuto, 60),
        Rule("pesquisas-hora", limites.pesquisas_por_hora, 3600),
        Rule("total", limites.total_por_minuto, 60, shared=True),
    )


@lru_cache
def naming(limites: Limites) -> tuple[Rule, ...]:
    """For a search by a person's name, on top of what holds for every search: names shall not be
    tried one after another."""
    return (
        Rule("interessados-minuto", limites.interessados_por_minuto, 60),
        Rule("interessados-hora", limites.interessados_por_hora, 3600),
    )


@lru_cache
def lookup(limites: Limites) -> tuple[Rule, ...]:
    """For what opens one processo by its number."""
    return (
        Rule("consultas", limites.consultas_por_minuto, 60),
        Rule("total", limites.total_por_minuto, 60, shared=True),
    )


@lru_cache
def drawing(limites: Limites) -> tuple[Rule, ...]:
    """For what is made here, without a question to SEI: nothing that all of a tenant share."""
    return lookup(limites)[:1]


@lru_cache
def confirmation(limites: Limites) -> tuple[Rule, ...]:
    """For what says whether a pair of codes is right: nobody shall try them one after another."""
    return (
        Rule("conferencias", limites.conferencias_por_10_minutos, 600),
        Rule("total", limites.total_por_minuto, 60, shared=True),
    )


@lru_cache
def checking(limites: Limites) -> tuple[Rule, ...]:
    """For what says whether a receipt's code is right. SEI is not asked."""
    return (Rule("recibos", limites.conferencias_por_10_minutos, 600),)


@lru_cache
def misses(limites: Limites) -> tuple[Rule, ...]:
    """Numbers that led to nothing. Whoever has tried too many is told nothing of the next ones
    either, or trying numbers would still find those that exist."""
    return (Rule("faltas", limites.faltas_por_10_minutos, 600),)


@lru_cache
def entering(limites: Limites) -> tuple[Rule, ...]:
    """For starting a login, which asks gov.br."""
    return (Rule("entradas", limites.entradas_por_minuto, 60),)


@lru_cache
def returning(limites: Limites) -> tuple[Rule, ...]:
    """For coming back from there: twice as often, since people reload."""
    return (Rule("retornos", 2 * limites.entradas_por_minuto, 60),)


@lru_cache
def uploading(limites: Limites) -> tuple[Rule, ...]:
    """For files that are announced, or come in a form."""
    return (Rule("envios", limites.envios_por_hora, 3600),)


def nothing(_limites: Limites) -> tuple[Rule, ...]:
    """Watched where misses do not matter: who has tried too many numbers may still enter."""
    return ()


def limited(rules: Rules) -> Callable[[View[P]], View[P]]:
    """Let the view answer while the rules permit. What it does not find counts as a miss,
    whatever the reason is that it was not found."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def counted(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            permit(rules)
            try:
                answer = view(*args, **kwargs)
            except NotFound:
                _note_miss()
                raise
            if getattr(answer, "status_code", None) == 404:
                _note_miss()
            return answer

        return counted

    return decorate


def permit(rules: Rules, watched: Rules = misses) -> None:
    """Count this request. Raises TooManyRequests when one of the rules refuses it, or one of the
    watched ones is used up."""
    tenant = current_tenant()
    limites = tenant.limites
    try:
        _limiter().hit(
            tenant.slug,
            _who(request.remote_addr),
            rules(limites),
            watched(limites),
            now=local_now().timestamp(),
        )
    except TooManyRequests as refusal:
        metrics.limited.labels(refusal.rule).inc()
        raise
    except CountingFailed as failure:
        _let_pass(failure)


def _note_miss() -> None:
    tenant = current_tenant()
    try:
        _limiter().note(
            tenant.slug,
            _who(request.remote_addr),
            misses(tenant.limites),
            now=local_now().timestamp(),
        )
    except CountingFailed as failure:
        _let_pass(failure)


def _let_pass(failure: CountingFailed) -> None:
    """A citizen's question does not fail because a counter is busy; the operator is told."""
    metrics.uncounted.inc()
    logger.warning("uncounted", **describe(failure))


def _limiter() -> Limiter:
    return cast(Limiter, current_app.extensions["limiter"])


_who = lru_cache(maxsize=1024)(bucket)
