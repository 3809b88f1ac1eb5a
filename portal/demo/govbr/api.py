"""The interfaces that an access token opens: userinfo, empresas, confiabilidades."""

import re
from typing import TYPE_CHECKING, Any

from portal.demo.govbr.people import Company
from portal.demo.govbr.tokens import Grant

if TYPE_CHECKING:
    from portal.demo.govbr.server import Handler

_COMPANIES = "/api/empresas/v2/empresas"
_PARTICIPANT = re.compile(rf"{_COMPANIES}/([0-9A-Z]{{14}})/participantes/([0-9]{{11}})")
_LEVELS = re.compile(r"/api/confiabilidades/v3/contas/([0-9]{11})/niveis")
_IDS = {"bronze": "1", "silver": "2", "gold": "3"}


def userinfo(handler: "Handler") -> None:
    """Here the `_verified` are true booleans, and there is no level."""
    grant = _grant(handler)
    if grant is None:
        _refuse(handler, "ACCESSTOKEN_MUSTBEVALID")
        return
    person = grant.person
    answer: dict[str, Any] = {"sub": person.cpf, "name": person.nome}
    if person.nome_social:
        answer["social_name"] = person.nome_social
    if person.email and "email" in grant.scopes:
        answer |= {"email": person.email, "email_verified": person.email_verified}
    handler.send_json(200, answer)


def answer(handler: "Handler") -> None:
    """Whatever is below /api/."""
    grant, path = _grant(handler), handler.path_only
    if grant is None:
        _refuse(handler, "ACCESSTOKEN_MUSTBEVALID")
    elif path == _COMPANIES:
        _list_companies(handler, grant)
    elif match := _PARTICIPANT.fullmatch(path):
        _show_participant(handler, grant, match[1], match[2])
    elif match := _LEVELS.fullmatch(path):
        _list_levels(handler, grant, match[1])
    else:
        handler.send_json(404, {"errors": [{"status": 404, "code": "", "title": "NOT_FOUND"}]})


def _list_companies(handler: "Handler", grant: Grant) -> None:
    if not _allowed(handler, grant, "govbr_empresa", handler.query.get("filtrar-por-participante")):
        return
    handler.send_json(
        200,
        [
            {"cnpj": c.cnpj, "razaoSocial": c.razao_social, "dataCriacao": "2020-01-01"}
            for c in grant.person.companies
        ],
    )


def _show_participant(handler: "Handler", grant: Grant, cnpj: str, cpf: str) -> None:
    if not _allowed(handler, grant, "govbr_empresa", cpf):
        return
    company = next((c for c in grant.person.companies if c.cnpj == cnpj), None)
    if company is None:
        handler.send_json(404, {"errors": [{"status": 404, "code": "", "title": "NOT_FOUND"}]})
    else:
        handler.send_json(200, _participation(company, cpf))


def _participation(company: Company, cpf: str) -> dict[str, str]:
    """Booleans are texts here too; `atuacao` is absent for who was only enrolled."""
    answer = {
        "cpf": cpf,
        "cadastrador": "true" if company.cadastrador else "false",
        "dataCriacao": "2020-01-01T09:00:00.000-0300",
    }
    if company.atuacao:
        answer["atuacao"] = company.atuacao
    if not company.cadastrador:
        answer["cpfCadastrador"] = "99900006542"
    if company.expira:
        answer["dataExpiracao"] = company.expira
    return answer


def _list_levels(handler: "Handler", grant: Grant, cpf: str) -> None:
    if _allowed(handler, grant, "govbr_confiabilidades", cpf):
        ident = _IDS[grant.level]
        handler.send_json(200, [{"id": ident, "dataAtualizacao": "2025-08-19T16:41:24.853-0300"}])


def _allowed(handler: "Handler", grant: Grant, scope: str, cpf: str | None) -> bool:
    if scope not in grant.scopes:
        _refuse(handler, "ACCESSTOKEN_SCOPE_MUSTCONTAINSEXPECTEDSCOPE")
    elif cpf != grant.person.cpf:
        _refuse(handler, "CPF_MUSTMATCHACCESSTOKENSUB", 403)
    else:
        return True
    return False


def _grant(handler: "Handler") -> Grant | None:
    scheme, _, token = handler.headers.get("Authorization", "").partition(" ")
    return handler.govbr.access_tokens.get(token) if scheme == "Bearer" else None


def _refuse(handler: "Handler", code: str, status: int = 401) -> None:
    """With gov.br's own spelling of `error_description`."""
    handler.send_json(status, {"error": code, "erro_description": code})
