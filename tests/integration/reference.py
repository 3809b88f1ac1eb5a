"""SEI's reference database, loaded without the servers' own client programs."""

import gzip
from pathlib import Path

from sqlalchemy import URL

from tests.integration.engines import Kind
from tests.shared import find_shared, need_shared

_DUMPS = {
    "mariadb": "sei-ref/sei-4.1-mysql.sql.gz",
    "postgres": "sei-ref/sei-4.1-postgresql.sql.gz",
}


def has_reference(kind: Kind) -> bool:
    """Whether this machine has the dump of SEI 4.1 for this engine."""
    return kind in _DUMPS and find_shared(_DUMPS[kind]) is not None


def load_reference(kind: Kind, url: URL) -> None:
    """Load the dump; the test is skipped where it does not lie."""
    dump = need_shared(_DUMPS[kind])
    if kind == "postgres":
        _load_postgres(url, dump)
    else:
        _load_mariadb(url, dump)


def _load_mariadb(url: URL, dump: Path) -> None:
    import pymysql
    from pymysql.constants import CLIENT

    connection = pymysql.connect(
        host=url.host,
        port=url.port or 3306,
        user=url.username,
        password=str(url.password or ""),
        database=url.database,
        charset="utf8mb4",
        autocommit=True,
        client_flag=CLIENT.MULTI_STATEMENTS,
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(gzip.decompress(dump.read_bytes()).decode("utf-8"))
        while cursor.nextset():
            pass


def _load_postgres(url: URL, dump: Path) -> None:
    import psycopg

    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        pending: list[bytes] = []
        # The dump is latin1, says so itself, and this only sends its bytes on.
        lines = iter(gzip.decompress(dump.read_bytes()).splitlines(keepends=True))
        for line in lines:
            if line.startswith(b"COPY "):
                cursor.execute(b"".join(pending))
                pending.clear()
                with cursor.copy(line.rstrip().rstrip(b";")) as copy:
                    for row in lines:
                        if row.startswith(b"\\."):
                            break
                        copy.write(row)
            elif b"sei_user" not in line:  # the owner there, unknown here
                pending.append(line)
        cursor.execute(b"".join(pending))
