"""The permissions that the portal's account needs, as SQL: the columns we read and no other."""

from collections.abc import Iterator

from sqlalchemy import Column

from portal.sei.tables import metadata


def list_grants(account: str) -> Iterator[str]:
    """GRANTs that MariaDB, MySQL and PostgreSQL take alike, for every version of SEI.

    What some SEI lacks stands alone, so that its error spoils nothing else. `account` is as the
    server writes it: `'portal'@'10.0.0.5'`, or `portal`.
    """
    for table in metadata.sorted_tables:
        read = [column for column in table.c if "written" not in column.info]
        always = [column for column in read if "since" not in column.info]
        for columns in (always, *([c] for c in read if "since" in c.info)):
            yield f"GRANT SELECT ({_names(columns)}) ON {table.name} TO {account};"


def _names(columns: list[Column]) -> str:  # type: ignore[type-arg]  # any column type
    return ", ".join(column.name for column in columns)
