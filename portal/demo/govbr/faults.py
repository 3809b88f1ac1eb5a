"""Ways to fail, on demand."""

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with the next answers, until another one is asked for."""

    NONCE = "nonce"
    AUDIENCE = "aud"
    AUDIENCE_SHARED = "aud-azp"
    """For another client and for this one, with this one as `azp`."""
    ISSUER = "iss"
    ISSUER_SLASH = "iss-barra"
    """The right issuer without its final slash."""
    SIGNATURE = "assinatura"
    ALGORITHM = "alg"
    """Signed by HS256 with the client's secret."""
    UNSIGNED = "alg-none"
    EXPIRED = "vencido"
    SUBJECT = "cpf"
    """A `sub` with wrong check digits."""
    NO_ID_TOKEN = "sem-id-token"
    CODE = "codigo"
    """The code is over already."""
    UNAUTHORIZED = "401"
    """Without a body, as for a wrong secret."""
    FORBIDDEN = "403"
    """A firewall's page."""
    ERROR = "500"
    HTML = "html"
    MALFORMED = "json"
    HUGE = "enorme"
    REDIRECT = "outro-lugar"
    RESET = "queda"
    CUT = "cortada"
    """Less of a body than was promised."""
    SLOW = "lento"
    STALL = "emperra"
    """A body that begins and does not go on."""
    DENIED = "recusa"
    """The browser comes back with `access_denied`."""
    BACK_EMPTY = "volta-vazia"
    """The browser comes back with nothing."""


WORDS = {
    Fault.NONCE: "nonce de outro pedido",
    Fault.AUDIENCE: "id_token para outro sistema",
    Fault.AUDIENCE_SHARED: "id_token para outro sistema e para este",
    Fault.ISSUER: "id_token de outro emissor",
    Fault.ISSUER_SLASH: "emissor sem a barra final",
    Fault.SIGNATURE: "assinatura errada",
    Fault.ALGORITHM: "assinado com HS256",
    Fault.UNSIGNED: "sem assinatura",
    Fault.EXPIRED: "id_token vencido",
    Fault.SUBJECT: "CPF impossível",
    Fault.NO_ID_TOKEN: "resposta sem id_token",
    Fault.CODE: "código vencido",
    Fault.UNAUTHORIZED: "401 sem corpo",
    Fault.FORBIDDEN: "403 de um firewall",
    Fault.ERROR: "erro 500",
    Fault.HTML: "página no lugar de JSON",
    Fault.MALFORMED: "JSON pela metade",
    Fault.HUGE: "resposta enorme",
    Fault.REDIRECT: "redirecionamento",
    Fault.RESET: "conexão que cai",
    Fault.CUT: "resposta cortada no meio",
    Fault.SLOW: "resposta que não vem",
    Fault.STALL: "resposta que começa e para",
    Fault.DENIED: "autorização recusada",
    Fault.BACK_EMPTY: "volta sem código",
}
"""As the screen has them."""

AT_TOKEN = frozenset(Fault) - {Fault.DENIED, Fault.BACK_EMPTY}
ON_THE_WIRE = frozenset(
    {
        Fault.UNAUTHORIZED,
        Fault.FORBIDDEN,
        Fault.ERROR,
        Fault.HTML,
        Fault.MALFORMED,
        Fault.HUGE,
        Fault.REDIRECT,
        Fault.RESET,
        Fault.CUT,
        Fault.SLOW,
        Fault.STALL,
    }
)
"""Those that any address may have; the others are in what the token endpoint gives."""
