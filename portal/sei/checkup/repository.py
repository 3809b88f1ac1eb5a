"""Whether the files that SEI knows of are where the portal looks for them."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from portal.sei.checkup.findings import Finding, fail, ok, warn
from portal.sei.installation import Installation
from portal.sei.tables import anexo
from portal.tenancy import Tenant

SAMPLE = 20
"""Files looked for, the newest: those that a wrong folder, or one not mounted, lacks for sure."""
SUBJECT = "arquivos"


def check_repository(
    sei: Connection, _installation: Installation, tenant: Tenant
) -> Iterator[Finding]:
    """One finding. Names of files are not read."""
    folder = tenant.repositorio
    if folder is None:
        yield ok(SUBJECT, "sem repositorio em tenants.toml: documentos externos não abrem")
        return
    if not os.access(folder, os.R_OK | os.X_OK):
        yield fail(SUBJECT, f"não dá para ler a pasta {folder}: ela existe e está montada?")
        return
    rows = sei.execute(
        select(anexo.c.id_anexo, anexo.c.dth_inclusao)
        .where(anexo.c.sin_ativo == "S", anexo.c.id_protocolo.is_not(None))
        .order_by(anexo.c.id_anexo.desc())
        .limit(SAMPLE)
    ).all()
    missing = sum(not os.access(_path(folder, *row), os.R_OK) for row in rows)
    if rows and missing == len(rows):
        yield fail(
            SUBJECT, f"nenhum dos {missing} arquivos mais novos do SEI está em {folder}: é esta?"
        )
    elif missing:
        yield warn(
            SUBJECT, f"dos {len(rows)} arquivos mais novos do SEI, não estão na pasta: {missing}"
        )
    else:
        yield ok(SUBJECT, f"os {len(rows)} arquivos mais novos do SEI estão na pasta")


def _path(folder: Path, id_anexo: int, included_at: datetime) -> Path:
    return folder / f"{included_at:%Y/%m/%d}" / str(id_anexo)
