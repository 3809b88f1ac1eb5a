"""What is read of an id_token that is signed, in the forms that have been seen."""

from contextlib import suppress
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry

from portal.demo.govbr.tokens import Signer
from portal.govbr.id_token import read_keys, read_pessoa, read_signed
from portal.govbr.values import LoginFailed, Nivel, Pessoa, Why
from portal.tenancy import Govbr

NOW = 1_774_000_000
SETTINGS = Govbr(
    "https://sso.example/", "h-client", "secret", ("openid",), "https://sso.example/logout"
)
CLAIMS: dict[str, Any] = {
    "iss": "https://sso.example/",
    "aud": "h-client",
    "sub": "39053344705",
    "nonce": "n",
    "iat": NOW,
    "exp": NOW + 600,
    "amr": ["passwd"],
    "name": "Maria Aparecida",
}


def read(**changes: object) -> Pessoa:
    claims = {name: value for name, value in (CLAIMS | changes).items() if value is not None}
    return read_pessoa(claims, SETTINGS, "n", NOW)


def why(**changes: object) -> Why:
    with pytest.raises(LoginFailed) as failed:
        read(**changes)
    return failed.value.why


@pytest.mark.parametrize(
    ("info", "nivel"),
    [
        ({"level": "gold"}, Nivel.OURO),
        ({"level": "silver"}, Nivel.PRATA),
        ({"level": "bronze"}, Nivel.BRONZE),
        ({"level": "platinum"}, Nivel.NENHUM),
        ({"level": 3}, Nivel.NENHUM),
        ({}, Nivel.NENHUM),
        ("gold", Nivel.NENHUM),
        (None, Nivel.NENHUM),
    ],
)
def test_a_level_that_is_not_known_is_none(info: object, nivel: Nivel) -> None:
    assert read(reliability_info=info).nivel is nivel


def test_levels_are_ordered() -> None:
    assert Nivel.NENHUM < Nivel.BRONZE < Nivel.PRATA < Nivel.OURO


@pytest.mark.parametrize(
    ("amr", "read_as"),
    [("passwd", ("passwd",)), (["x509", "new", 7], ("x509", "new")), ([], ()), (None, ())],
)
def test_how_a_person_entered_is_one_word_or_several(amr: object, read_as: tuple[str]) -> None:
    assert read(amr=amr).amr == read_as


def test_how_a_person_entered_may_be_nothing_at_all() -> None:
    assert read_pessoa(CLAIMS | {"amr": None}, SETTINGS, "n", NOW).amr == ()


def test_the_nome_social_stands_in_the_place_of_the_name() -> None:
    assert read(social_name="Paula  Ribeiro ").nome == "Paula Ribeiro"
    assert read(social_name="").nome == "Maria Aparecida"


@pytest.mark.parametrize("name", [None, "", "   ", 7, ["Maria"]])
def test_who_has_no_name_is_let_in(name: object) -> None:
    assert read(name=name).nome == "Pessoa sem nome no gov.br"


def test_a_name_is_one_line_without_what_cannot_be_seen() -> None:
    assert read(name="Maria\n\u202eapartada\x00").nome == "Maria apartada"
    assert len(read(name="a" * 5000).nome) == 200


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "https://sso.example"}, Why.ISSUER),
        ({"iss": None}, Why.ISSUER),
        ({"aud": "h-other"}, Why.AUDIENCE),
        ({"aud": ["h-client", "h-other"]}, Why.AUDIENCE),
        ({"aud": ["h-client", "h-other"], "azp": "h-client"}, Why.AUDIENCE),
        ({"aud": "h-other", "azp": "h-client"}, Why.AUDIENCE),
        ({"aud": None}, Why.AUDIENCE),
        ({"aud": []}, Why.AUDIENCE),
        ({"nonce": None}, Why.NONCE),
        ({"nonce": "m"}, Why.NONCE),
        ({"exp": NOW - 61}, Why.EXPIRED),
        ({"exp": "soon"}, Why.CLAIMS),
        ({"exp": None}, Why.CLAIMS),
        ({"iat": None}, Why.CLAIMS),
        ({"iat": NOW + 3600}, Why.CLAIMS),
        ({"sub": None}, Why.SUBJECT),
        ({"sub": 39053344705}, Why.SUBJECT),
        ({"sub": "390.533.447-05"}, Why.SUBJECT),
        ({"sub": "39053344706"}, Why.SUBJECT),
        ({"amr": 7}, Why.CLAIMS),
    ],
)
def test_what_is_not_right_is_refused(changes: dict[str, object], reason: Why) -> None:
    assert why(**changes) is reason


def test_a_list_of_us_alone_is_us() -> None:
    assert read(aud=["h-client"]).cpf == "39053344705"


@pytest.mark.parametrize("exp", [NOW - 30, NOW + 60])
def test_clocks_may_differ_by_less_than_a_minute(exp: int) -> None:
    assert read(exp=exp).cpf == "39053344705"


# Keys


def test_two_keys_of_one_name_are_both_tried() -> None:
    old, new = Signer(), Signer()
    keys = read_keys({"keys": old.jwks()["keys"] + new.jwks()["keys"]})
    for signer in (old, new):
        assert read_signed(signer.sign(CLAIMS, None, ""), keys) == CLAIMS
    assert read_signed(Signer().sign(CLAIMS, None, ""), keys) is None


def test_a_key_that_a_token_brings_along_is_not_one_of_theirs() -> None:
    """CVE-2026-27962: the header names the key that it is signed with."""
    theirs, forged = Signer(), RSAKey.generate_key(2048, {"kid": "rsa1"})
    own = forged.as_dict(private=False)
    for more in ({"jwk": own}, {"jku": "https://evil.example/jwk"}, {"x5u": "https://e.example"}):
        header = {"alg": "RS256", "kid": "rsa1"} | more
        registry = JWSRegistry(algorithms=["RS256"], strict_check_header=False)
        token = jwt.encode(header, CLAIMS, forged, registry=registry)
        with suppress(LoginFailed):  # for some headers it is refused as it is
            assert read_signed(token, read_keys(theirs.jwks())) is None


def test_keys_of_other_kinds_are_passed_over() -> None:
    signer = Signer()
    others = [{"kty": "EC", "crv": "P-256", "x": "a", "y": "b"}, {"kty": "new"}, "key",
              {"kty": "RSA", "use": "enc", "n": "AQAB", "e": "AQAB"}]  # fmt: skip
    keys = read_keys({"keys": others + signer.jwks()["keys"]})
    assert read_signed(signer.sign(CLAIMS, None, ""), keys) == CLAIMS


@pytest.mark.parametrize(
    "jwks",
    [{}, {"keys": {}}, {"keys": []}, {"keys": [{"kty": "EC"}]}, {"keys": [{"kty": "RSA", "n": 1}]}],
)
def test_a_set_without_a_key_is_told(jwks: dict[str, Any]) -> None:
    with pytest.raises(LoginFailed) as failed:
        read_keys(jwks)
    assert failed.value.why is Why.MALFORMED


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "..", "ação", "e30.e30.", "W10.e30.AAAA"])
def test_what_is_no_token_is_told(token: str) -> None:
    keys = read_keys(Signer().jwks())
    with pytest.raises(LoginFailed):
        read_signed(token, keys)
