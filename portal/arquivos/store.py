"""Where files wait until SEI has them: sealed, in parts, in a folder of this machine or a bucket.

A part is what one piece of a request brought, and is named by the byte it begins at. What is sent
again, after a lost answer, takes the place of what came first.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self
from uuid import UUID

from portal.arquivos.values import MIB
from portal.errors import ConfigurationError, FilesAway, PortalError, os_reason
from portal.keyring import Keyring, Unreadable

if TYPE_CHECKING:
    from obstore.store import ClientConfig, ObjectStore

PART = MIB // 2
"""Bytes: what a lost connection costs at most, some four seconds on a slow phone."""


class Damaged(PortalError):
    """A file is not what was put: a part of it is gone, or is not ours."""


class Shelf(Protocol):
    """Something that keeps bytes by name. Raises FilesAway when it does not answer or is full."""

    def put(self, name: str, data: bytes) -> None:
        """Over whatever had the name. It has survived a power cut when this returns."""

    def get(self, name: str) -> bytes | None: ...

    def delete(self, folder: str) -> None:
        """Whatever has a name under this one; nothing when there is no such thing."""


class Store:
    """Files of every tenant. Safe to share between threads.

    Raises FilesAway for a shelf that does not answer or has no room; then nothing was kept.
    """

    def __init__(self, shelf: Shelf, keyring: Keyring) -> None:
        self._shelf, self._keyring = shelf, keyring

    def put(self, tenant: str, file_id: UUID, offset: int, part: bytes) -> None:
        """Keep the part that begins at this byte, `PART` bytes at most, instead of any that began
        there before."""
        if not 0 < len(part) <= PART:
            raise ValueError(f"a part of {len(part)} bytes")
        sealed = self._keyring.seal_part(tenant, str(file_id), offset, part)
        self._shelf.put(_name(tenant, file_id, offset), sealed)

    def read(self, tenant: str, file_id: UUID, size: int) -> Iterator[bytes]:
        """Its first `size` bytes, part by part. Raises Damaged, perhaps after some of them."""
        offset = 0
        while offset < size:
            sealed = self._shelf.get(_name(tenant, file_id, offset))
            if sealed is None:
                raise Damaged(f"file {file_id}: nothing at {offset}")
            try:
                part = self._keyring.unseal_part(tenant, str(file_id), offset, sealed)
            except Unreadable as error:
                raise Damaged(f"file {file_id}: unreadable at {offset}") from error
            # A longer one may lie there, of a request whose end nobody was told.
            part = part[: size - offset]
            offset += len(part)
            yield part

    def delete(self, tenant: str, file_id: UUID) -> None:
        """Every part of it. Twice is no mistake."""
        self._shelf.delete(f"{tenant}/{file_id}")


def open_store(address: str, keyring: Keyring) -> Store:
    """A folder's path, or `s3://bucket/folder` with the `AWS_…` variables of the environment.
    Raises ConfigurationError."""
    if address.startswith("s3://"):
        return Store(Bucket.at(address), keyring)
    if "://" in address:
        raise ConfigurationError(
            f'PORTAL_FILES: esperava uma pasta ou um endereço s3://, recebeu "{address}"'
        )
    return Store(Folder(Path(address)), keyring)


class Folder:
    """A folder of this machine, which the portal alone reads."""

    def __init__(self, root: Path) -> None:
        try:
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(
                f"PORTAL_FILES: não foi possível usar {root}: {os_reason(error)}"
            ) from error
        self._root = root

    def put(self, name: str, data: bytes) -> None:
        path = self._root / name
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
            try:
                _write(unfinished, data)
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)
            for folder in (path.parent, path.parent.parent, self._root):
                _settle(folder)
        except OSError as error:
            raise FilesAway(f"a part cannot be kept: {error.strerror}") from error

    def get(self, name: str) -> bytes | None:
        try:
            return (self._root / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise FilesAway(f"a part cannot be read: {error.strerror}") from error

    def delete(self, folder: str) -> None:
        try:
            shutil.rmtree(self._root / folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise FilesAway(f"a file cannot be deleted: {error.strerror}") from error


class Bucket:
    """A bucket of an S3, by `obstore`, which only an installation that has one installs."""

    def __init__(self, bucket: "ObjectStore") -> None:
        self._bucket = bucket

    @classmethod
    def at(cls, address: str) -> Self:
        """Raises ConfigurationError."""
        try:
            from obstore.store import S3Store
        except ImportError as error:
            raise ConfigurationError(
                "PORTAL_FILES: para um endereço s3:// falta instalar o extra s3"
            ) from error
        options: ClientConfig = {"timeout": "30s", "connect_timeout": "5s"}
        return cls(
            S3Store.from_url(address, client_options=options, retry_config={"max_retries": 3})
        )

    def put(self, name: str, data: bytes) -> None:
        from obstore.exceptions import BaseError

        try:
            self._bucket.put(name, data)
        except (BaseError, OSError) as error:
            raise FilesAway("a part cannot be kept in the bucket") from error

    def get(self, name: str) -> bytes | None:
        from obstore.exceptions import BaseError

        try:
            return bytes(self._bucket.get(name).bytes())
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as error:
            raise FilesAway("a part cannot be read from the bucket") from error

    def delete(self, folder: str) -> None:
        from obstore.exceptions import BaseError

        try:
            for found in self._bucket.list(f"{folder}/"):
                self._bucket.delete([part["path"] for part in found])
        except (BaseError, OSError) as error:
            raise FilesAway("a file cannot be deleted from the bucket") from error


def _name(tenant: str, file_id: UUID, offset: int) -> str:
    return f"{tenant}/{file_id}/{offset:012d}"


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Names too are only on the disk when their folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
