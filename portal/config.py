"""What the deployment decides, read from the environment once, by `wsgi.py`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from portal.errors import ConfigurationError, os_reason

ROOT = Path(__file__).resolve().parent.parent

LEAST_SECRET = 32
"""Characters. What `python -c "import secrets; print(secrets.token_urlsafe(32))"` prints has 43."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the deployment decides. A default must suit production and be fine to publish."""

    secret_key: str = field(repr=False)
    """The one in use."""
    database_url: str = field(repr=False)
    """The portal's own database: SQLite or PostgreSQL."""
    tenants: Path
    """`tenants.toml`. Files it names are looked for beside it."""
    instance: Path = ROOT / "instance"
    """What belongs to this installation and to no other, static files made for it included."""
    files: str = ""
    """Where what people hand over waits until SEI has it: a folder, or `s3://bucket/folder`. Empty
    for `arquivos` in the instance."""
    proxies: int = 0
    """How many proxies of ours stand in front. Exactly so many `X-Forwarded-For` are believed."""
    threads: int = 8
    """Requests that a process answers at once, as `gunicorn.conf.py` has it."""
    demo: bool = False
    """The data is invented, and the pages say so."""
    old_secret_keys: tuple[str, ...] = field(default=(), repr=False)
    """Those that were in use before: they open what was sealed with them, and nothing else."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Where an `env:NAME` of `tenants.toml` is looked up."""

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Self:
        """The `PORTAL_…` variables. Raises ConfigurationError naming the one that is wrong."""
        instance = Path(env.get("PORTAL_INSTANCE") or ROOT / "instance").resolve()
        secret_key, *old = _secret_keys(env)
        return cls(
            secret_key=secret_key,
            old_secret_keys=tuple(old),
            database_url=env.get("PORTAL_DATABASE_URL") or f"sqlite:///{instance}/portal.sqlite3",
            tenants=Path(env.get("PORTAL_TENANTS") or instance / "tenants.toml").resolve(),
            instance=instance,
            files=env.get("PORTAL_FILES", ""),
            proxies=_count(env, "PORTAL_PROXIES"),
            threads=_count(env, "PORTAL_THREADS", 8),
            demo=_is_demo(env),
            secrets=env,
        )


def _secret_keys(env: Mapping[str, str]) -> list[str]:
    """A key in each line, of the variable or of the file that it names (a systemd credential). The
    first is the one in use."""
    text = env.get("PORTAL_SECRET_KEY", "")
    path = env.get("PORTAL_SECRET_KEY_FILE", "")
    if path and not text:
        try:
            text = Path(path).read_text("utf-8")
        except OSError as error:
            raise ConfigurationError(
                f"PORTAL_SECRET_KEY_FILE: não foi possível ler {path}: {os_reason(error)}"
            ) from error
        except UnicodeDecodeError as error:
            raise ConfigurationError(f"PORTAL_SECRET_KEY_FILE: {path} não é texto") from error
    keys = [line.strip() for line in text.splitlines() if line.strip()]
    if not keys:
        raise ConfigurationError(
            "falta PORTAL_SECRET_KEY (ou PORTAL_SECRET_KEY_FILE, com o caminho de um arquivo)"
        )
    for key in keys:
        if len(key) < LEAST_SECRET:
            raise ConfigurationError(
                f"PORTAL_SECRET_KEY: esperava {LEAST_SECRET} caracteres ou mais em cada linha,"
                f" recebeu {len(key)}"
            )
    return keys


def _count(env: Mapping[str, str], name: str, usual: int = 0) -> int:
    text = env.get(name) or str(usual)
    if not text.isascii() or not text.isdigit():
        raise ConfigurationError(f'{name}: esperava um número como 0 ou 1, recebeu "{text}"')
    return int(text)


def _is_demo(env: Mapping[str, str]) -> bool:
    text = env.get("PORTAL_ENV") or "production"
    if text not in ("production", "demo"):
        raise ConfigurationError(f'PORTAL_ENV: esperava "production" ou "demo", recebeu "{text}"')
    return text == "demo"
