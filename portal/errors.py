"""What can go wrong. `web/errors.py` alone turns these into a status and a page.

The message of each is for the log and the operator's terminal; a citizen never reads it.
"""


class PortalError(Exception):
    """A failure the portal knows of."""


class ConfigurationError(PortalError):
    """The deployment is not fit to start. The message, in Portuguese, names the key to correct."""


class UnknownHost(PortalError):
    """The request names a host that no tenant answers on."""


class NotFound(PortalError):
    """There is no such thing, or this viewer may not know of it. Nobody can tell which."""


class Refused(PortalError):
    """The request cannot be served as it was made: 400."""


class SignInNeeded(PortalError):
    """What was asked for is somebody's own, and nobody is signed in."""


class LevelNeeded(PortalError):
    """gov.br does not know this person well enough for what was asked for."""

    def __init__(self, nivel: int) -> None:
        super().__init__(f"level {nivel} needed")
        self.nivel = nivel


class OutOfReach(PortalError):
    """Our own database does not answer: nobody knows who asks. As with `db.AWAY`, which is how it
    refuses to keep something, nothing was changed."""

    retry_after = 30
    """Seconds."""


class FilesAway(PortalError):
    """What people hand over cannot be looked at, kept or read at this moment. Nothing of it is
    lost."""

    retry_after = 10
    """Seconds."""


class TooManyRequests(PortalError):
    """A rate limit was passed; `retry_after` seconds from now it starts again."""

    def __init__(self, rule: str, retry_after: int) -> None:
        super().__init__(f"limit {rule} passed")
        self.rule = rule
        self.retry_after = retry_after


class Unavailable(PortalError):
    """A system we depend on does not answer, or not in time. Never to be taken for "nothing"."""

    retry_after = 30
    """Seconds."""


class TooSlow(Unavailable):
    """It answers, but gave up a question that took longer than a page may wait."""


class LeftAlone(Unavailable):
    """It failed to answer a moment ago, and so was not asked this time."""


def os_reason(error: OSError) -> str:
    """Why a file cannot be had, in Portuguese for the operator."""
    match error:
        case FileNotFoundError():
            return "não existe esse caminho"
        case PermissionError():
            return "esta conta não tem permissão"
        case IsADirectoryError():
            return "é uma pasta"
        case FileExistsError() | NotADirectoryError():
            return "há um arquivo no lugar de uma pasta"
    return error.strerror or str(error)
