"""The table `govbr`: what is read, and what stops the start with a sentence."""

from pathlib import Path

import pytest

from portal.errors import ConfigurationError
from portal.tenancy import Govbr, read_tenants

TENANT = """
[acacias]
nome = "Prefeitura de Vale das Acácias"
hosts = ["protocolo.exemplo.mg.gov.br"]
endereco = "https://protocolo.exemplo.mg.gov.br"
cor = "#1351b4"
encarregado = { nome = "Maria", email = "maria@exemplo.mg.gov.br" }
sei = "mysql://portal@banco/sei"
"""
GIVEN = {
    "issuer": '"https://sso.acesso.gov.br/"',
    "client_id": '"protocolo.exemplo.mg.gov.br"',
    "client_secret": '"env:GOVBR_SECRET"',
}
SECRETS = {"GOVBR_SECRET": "an-invented-secret", "BLANK": "an-invented-secret\n", "EMPTY": ""}


def read(folder: Path, **changes: str | None) -> Govbr | None:
    lines = (f"{k} = {v}" for k, v in (GIVEN | changes).items() if v is not None)
    path = folder / "tenants.toml"
    path.write_text(f"{TENANT}[acacias.govbr]\n" + "\n".join(lines), "utf-8")
    [tenant] = read_tenants(path, SECRETS, 8)
    assert "an-invented-secret" not in repr(tenant)
    return tenant.govbr


def test_without_the_table_nobody_signs_in(tmp_path: Path) -> None:
    (tmp_path / "tenants.toml").write_text(TENANT, "utf-8")
    [tenant] = read_tenants(tmp_path / "tenants.toml", SECRETS, 8)
    assert tenant.govbr is None


def test_three_keys_are_enough_for_gov_br(tmp_path: Path) -> None:
    assert read(tmp_path) == Govbr(
        issuer="https://sso.acesso.gov.br/",
        client_id="protocolo.exemplo.mg.gov.br",
        client_secret="an-invented-secret",
        scopes=("openid", "profile", "govbr_confiabilidades_idtoken"),
        logout="https://sso.acesso.gov.br/logout",
        catalogo="https://confiabilidades.acesso.gov.br/",
        api="https://api.acesso.gov.br/",
    )


def test_its_staging_has_a_catalogue_of_its_own(tmp_path: Path) -> None:
    govbr = read(tmp_path, issuer='"https://sso.staging.acesso.gov.br/"')
    assert govbr is not None
    assert govbr.catalogo == "https://confiabilidades.staging.acesso.gov.br/"
    assert govbr.logout == "https://sso.staging.acesso.gov.br/logout"


def test_any_provider_that_conforms_may_be_given(tmp_path: Path) -> None:
    govbr = read(
        tmp_path,
        issuer='"https://entrar.exemplo.gov.br/realms/cidadao"',
        scopes='["openid", "email"]',
        authorization_endpoint='"https://entrar.exemplo.gov.br/a"',
        token_endpoint='"https://entrar.exemplo.gov.br/t"',
        jwks_uri='"https://entrar.exemplo.gov.br/k"',
        logout='"https://entrar.exemplo.gov.br/sair"',
        catalogo='"https://entrar.exemplo.gov.br/niveis"',
    )
    assert govbr == Govbr(
        issuer="https://entrar.exemplo.gov.br/realms/cidadao",
        client_id="protocolo.exemplo.mg.gov.br",
        client_secret="an-invented-secret",
        scopes=("openid", "email"),
        logout="https://entrar.exemplo.gov.br/sair",
        authorization_endpoint="https://entrar.exemplo.gov.br/a",
        token_endpoint="https://entrar.exemplo.gov.br/t",
        jwks_uri="https://entrar.exemplo.gov.br/k",
        catalogo="https://entrar.exemplo.gov.br/niveis",
    )


def test_other_providers_have_no_catalogue(tmp_path: Path) -> None:
    govbr = read(tmp_path, issuer='"https://entrar.exemplo.gov.br"')
    assert govbr is not None
    assert govbr.catalogo is None
    assert govbr.logout == "https://entrar.exemplo.gov.br/logout"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"issuer": None}, "acacias.govbr.issuer: falta esta chave; esperava um endereço"),
        ({"client_id": None}, "acacias.govbr.client_id: falta esta chave; esperava o client_id"),
        ({"client_secret": None}, "acacias.govbr.client_secret: falta esta chave; esperava o nome"),
        ({"issuer": '"https://sso.acesso.gov.br"'}, 'o do gov.br termina com uma barra: "https'),
        ({"issuer": '"http://sso.acesso.gov.br/"'}, "esperava um endereço com https://"),
        ({"issuer": '"sso.acesso.gov.br"'}, "esperava um endereço com https://"),
        ({"issuer": '"https://sso.acesso.gov.br/?a=b"'}, "esperava um endereço e nada depois"),
        ({"issuer": '"https://[/"'}, 'esperava um endereço, recebeu "https://[/"'),
        ({"client_id": '"protocolo "'}, "esperava o client_id sem espaços"),
        ({"client_id": '""'}, "esperava o client_id sem espaços"),
        ({"client_secret": '"hunter2"'}, 'a senha não fica neste arquivo: use "env:GOVBR_SECRET"'),
        ({"client_secret": '"env:NOWHERE"'}, "falta a variável de ambiente NOWHERE"),
        ({"client_secret": '"env:EMPTY"'}, "falta a variável de ambiente EMPTY"),
        ({"client_secret": '"env:BLANK"'}, "a variável tem um espaço no começo ou no fim"),
        ({"scopes": '["profile"]'}, 'scopes: falta "openid"'),
        ({"scopes": '["openid profile"]'}, "scopes[0]: esperava uma palavra"),
        ({"logout": '"http://sso.acesso.gov.br/logout"'}, "logout: esperava um endereço com https"),
        ({"jwks_uri": '"/jwk"'}, "jwks_uri: esperava um endereço com https://"),
        ({"client_secrets": '"env:GOVBR_SECRET"'}, 'você quis dizer "client_secret"?'),
    ],
)
def test_a_mistake_is_named_with_what_to_do(
    tmp_path: Path, changes: dict[str, str | None], said: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read(tmp_path, **changes)
    assert said in str(raised.value)
    assert "hunter2" not in str(raised.value)
