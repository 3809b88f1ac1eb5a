"""Looks for a submission in SEI's database: by its files, then by the number that it was given."""

from datetime import datetime, timedelta

from portal.errors import Unavailable
from portal.protocolo.gateway import Absent, Found, Sought, Unknown
from portal.readonly import reading
from portal.sei.queries.filings import Filed, find_filed, find_opened
from portal.sei.queries.rows import aware
from portal.tenancy import Tenant

CLOCKS = timedelta(hours=1)
"""How far SEI's clock may be behind ours."""


class SeiFinder:
    """Of one tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def find(self, sought: Sought, /) -> Found | Absent | Unknown:
        """Where its files are, whatever has become of them there; else a processo that says its
        number. Absent only when all that could be it was read."""
        try:
            return self._find(sought)
        except Unavailable as error:
            return Unknown(type(error).__name__)

    def _find(self, sought: Sought) -> Found | Absent | Unknown:
        files = {int(name): md5 for name, md5 in sought.arquivos.items() if name.isdecimal()}
        with reading(self._tenant.sei) as sei:
            filed = find_filed(sei, files)
            if filed is not None:
                return self._found(filed)
            if not sought.id_tipo_procedimento:
                return Absent()
            opened, whole = find_opened(
                sei,
                sought.numero,
                int(sought.id_unidade),
                int(sought.id_tipo_procedimento),
                self._wall_clock(sought.since - CLOCKS),
            )
        if opened is not None:
            return self._found(opened)
        return Absent() if whole else Unknown("too many processos of that tipo")

    def _found(self, filed: Filed) -> Found:
        return Found(
            str(filed.id_procedimento),
            filed.processo,
            aware(filed.opened, self._tenant.fuso),
            {str(name): numero for name, numero in filed.documentos.items()},
        )

    def _wall_clock(self, at: datetime) -> datetime:
        return at.astimezone(self._tenant.fuso).replace(tzinfo=None)
