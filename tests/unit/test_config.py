from pathlib import Path

import pytest

from portal.config import ROOT, Config
from portal.errors import ConfigurationError

KEY = "a key that is long enough for anybody"
OLD = "another that was in use before this one"


def test_with_a_key_alone_everything_else_has_a_default_that_suits_production() -> None:
    config = Config.from_env({"PORTAL_SECRET_KEY": KEY})
    assert config.database_url == f"sqlite:///{ROOT}/instance/portal.sqlite3"
    assert config.tenants == ROOT / "instance" / "tenants.toml"
    assert config.proxies == 0
    assert config.threads == 8
    assert config.demo is False


def test_every_variable_is_read() -> None:
    env = {
        "PORTAL_SECRET_KEY": KEY,
        "PORTAL_DATABASE_URL": "postgresql://portal@db/portal",
        "PORTAL_INSTANCE": "/srv/portal",
        "PORTAL_TENANTS": "/etc/portal/tenants.toml",
        "PORTAL_PROXIES": "2",
        "PORTAL_THREADS": "16",
        "PORTAL_ENV": "demo",
    }
    config = Config.from_env(env)
    assert config.database_url == "postgresql://portal@db/portal"
    assert config.instance == Path("/srv/portal")
    assert config.tenants == Path("/etc/portal/tenants.toml")
    assert config.proxies == 2
    assert config.threads == 16
    assert config.demo is True
    assert config.secrets is env


def test_the_key_may_be_kept_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    config = Config.from_env({"PORTAL_SECRET_KEY_FILE": f"{tmp_path}/key"})
    assert config.secret_key == KEY


@pytest.mark.parametrize("kept", ["variable", "file"])
def test_keys_that_were_in_use_before_are_in_the_lines_below(tmp_path: Path, kept: str) -> None:
    text = f"{KEY}\n\n  {OLD}\n{KEY}, the first\n"
    (tmp_path / "key").write_text(text)
    file = {"PORTAL_SECRET_KEY_FILE": f"{tmp_path}/key"}
    config = Config.from_env(file if kept == "file" else {"PORTAL_SECRET_KEY": text})
    assert config.secret_key == KEY
    assert config.old_secret_keys == (OLD, f"{KEY}, the first")


def test_neither_the_key_nor_a_password_is_in_what_python_prints_of_a_config() -> None:
    text = repr(
        Config(
            KEY,
            "postgresql://portal:senha@db/portal",
            Path("x"),
            old_secret_keys=(OLD,),
            secrets={"A": "b"},
        )
    )
    assert KEY not in text
    assert OLD not in text
    assert "senha" not in text
    assert "secrets" not in text


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_SECRET_KEY": ""}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_SECRET_KEY": "short"}, "PORTAL_SECRET_KEY: esperava 32"),
        ({"PORTAL_SECRET_KEY": f"{KEY}\nshort"}, "PORTAL_SECRET_KEY: esperava 32"),
        ({"PORTAL_SECRET_KEY_FILE": "/nowhere/key"}, "PORTAL_SECRET_KEY_FILE"),
        ({"PORTAL_SECRET_KEY": KEY, "PORTAL_PROXIES": "one"}, 'PORTAL_PROXIES.*"one"'),
        ({"PORTAL_SECRET_KEY": KEY, "PORTAL_PROXIES": "-1"}, "PORTAL_PROXIES"),
        ({"PORTAL_SECRET_KEY": KEY, "PORTAL_ENV": "test"}, 'PORTAL_ENV.*"test"'),
    ],
)
def test_a_wrong_variable_stops_the_start_and_is_named(env: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        Config.from_env(env)
