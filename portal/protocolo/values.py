"""What a draft, a submission and its delivery may be."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from portal.arquivos.values import Kind
from portal.sei.values import NivelAcesso

DRAFT_KEPT = timedelta(days=30)
"""After its last change."""
NAMELESS_KEPT = timedelta(days=1)
"""Of a draft that was begun before its login: the computer may be of many."""
MOST_DRAFTS = 20
"""Open ones of one person, or of one browser."""
FILES_KEPT = timedelta(days=30)
"""After SEI has them."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a draft is: somebody's who is signed in, or a browser's whose cookie holds a token."""

    account: uuid.UUID | None = None
    browser: bytes | None = field(default=None, repr=False)
    """SHA-256 of the token, for who is not signed in."""


class Mistake(StrEnum):
    """What is wrong with a field as it was typed."""

    CPF = "cpf"
    CNPJ = "cnpj"
    DATE = "date"
    """No day of the calendar, or not written dd/mm/aaaa."""
    CHOICE = "choice"
    """None of those offered."""
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a draft from being sent; the two tuples have the keys of the service."""

    campos: tuple[str, ...] = ()
    documentos: tuple[str, ...] = ()
    mistakes: tuple[tuple[str, Mistake], ...] = ()
    """Of fields, by key."""
    unfinished: tuple[uuid.UUID, ...] = ()
    """Files that have not come whole, or were refused."""

    def __bool__(self) -> bool:
        return bool(self.campos or self.documentos or self.mistakes or self.unfinished)


# Drafts


class FileState(StrEnum):
    """How far a file of a draft has come."""

    RECEIVING = "receiving"
    READY = "ready"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileLimits:
    """Bytes and files, enforced before and while they come."""

    per_file: int
    per_draft: int
    files: int = 50


@dataclass(frozen=True, slots=True)
class DraftFileView:
    """A file of a draft."""

    id: uuid.UUID
    """The store's name for it too."""
    documento: str
    label: str = field(repr=False)
    """The name that it came with, made harmless; never a path."""
    kind: Kind
    state: FileState
    length: int
    """Bytes, as declared before the first came."""
    received: int
    """Bytes that are here for good; the next ones begin at this offset."""
    sha256: str | None = None
    md5: str | None = None
    pages: int | None = None
    reason: str | None = None
    """Why it was refused, as whoever checked it says."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its owner sees it."""

    id: uuid.UUID
    servico_id: uuid.UUID
    """The version of the service with which it was begun."""
    fields: dict[str, str] = field(repr=False)
    """As typed, right or wrong, by key."""
    version: int
    """Grows with every change: who sends says which one they have read."""
    created: datetime
    changed: datetime
    expires: datetime
    account: uuid.UUID | None
    represented: str | None = field(repr=False)
    """CNPJ or CPF of whom it is for; None for oneself."""
    sensitive: bool
    """The person says that it contains dados pessoais sensíveis."""
    intercorrente: str | None
    """Number of the processo that it adds documents to."""
    files: tuple[DraftFileView, ...]
    """In the order in which they were put."""
    submission: uuid.UUID | None
    """Once it has been sent; nothing can be changed then."""


@dataclass(frozen=True, slots=True)
class Offset:
    """After bytes came: where the next ones begin. `taken` is False when these began elsewhere."""

    received: int
    taken: bool


# Submissions


class SubmissionState(StrEnum):
    """How far a submission is on its way to SEI. Received it is in each of them."""

    READY = "ready"
    """Nobody has asked SEI to open the processo, or SEI surely has not."""
    SENDING = "sending"
    """SEI may be opening it at this moment, or have opened it already."""
    UNCONFIRMED = "unconfirmed"
    """Nobody knows whether SEI has opened it: it is looked for before anything is sent."""
    DELIVERED = "delivered"
    """It is a processo, or in one."""
    REFUSED = "refused"
    """SEI said no; the prefeitura has it in its attention list."""


_S = SubmissionState
TRANSITIONS: dict[SubmissionState, frozenset[SubmissionState]] = {
    _S.READY: frozenset({_S.SENDING, _S.REFUSED, _S.DELIVERED}),
    _S.SENDING: frozenset({_S.READY, _S.UNCONFIRMED, _S.DELIVERED, _S.REFUSED}),
    _S.UNCONFIRMED: frozenset({_S.READY, _S.DELIVERED, _S.REFUSED}),
    _S.REFUSED: frozenset({_S.READY, _S.DELIVERED}),
    _S.DELIVERED: frozenset(),
}
"""What may follow what. READY to DELIVERED is an answer that came after it was given up, or an
operator's word; out of REFUSED only an operator leads."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who signed, as gov.br knows them."""

    nome: str = field(repr=False)
    cpf: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Represented:
    """For whom they signed."""

    nome: str = field(repr=False)
    document: str = field(repr=False)
    """CNPJ or CPF, of digits and letters alone."""
    papel: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves the will of who signed (Lei 14.063, artigo 4º)."""

    kind: str
    """`simples` or `avancada`."""
    nivel: int
    amr: tuple[str, ...]
    signed_in: datetime
    at: datetime
    """Of the press of the button."""
    ip: str = field(repr=False)
    declaration: str
    """The words that were agreed to."""
    signature: str | None = field(default=None, repr=False)
    """PKCS #7 in Base64, of an `avancada` that stands apart."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where SEI is to put it, as the service said when it was sent. A value of its own: what was
    sent is read for years, and the catalogue's may change meanwhile."""

    id_tipo_procedimento: str
    """Empty where documentos are added to a processo that exists."""
    id_unidade: str
    nivel_acesso: NivelAcesso | None = None
    id_hipotese_legal: str | None = None
    unidades_envio: tuple[str, ...] = ()
    manter_aberto: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """A field as it was sent."""

    rotulo: str
    valor: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it is sent, already whole in the store."""

    id: uuid.UUID
    label: str = field(repr=False)
    """Ends in `.pdf`."""
    id_serie: str
    size: int
    sha256: str
    md5: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """All that was sent but the files."""

    servico_id: uuid.UUID
    servico: str
    """Its name."""
    destination: Destination
    applicant: Applicant
    represented: Represented | None
    evidence: Evidence
    unidade: str = ""
    """The name of where it goes; empty when SEI could not say it then."""
    answers: tuple[Answer, ...] = ()
    sensitive: bool = False
    intercorrente: str | None = None


@dataclass(frozen=True, slots=True)
class SubmissionFileView:
    """A file of a submission."""

    id: uuid.UUID
    label: str = field(repr=False)
    id_serie: str
    size: int
    sha256: str
    md5: str
    pages: int | None
    id_arquivo: str | None
    """What SEI calls it once it has all of it."""
    uploaded_at: datetime | None
    documento: str | None
    """The number of the documento that it became."""


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission, whole."""

    id: uuid.UUID
    numero: str
    account: uuid.UUID
    draft: uuid.UUID
    received_at: datetime
    """The act: what was received by 23:59:59 of Brasília is of that day, whatever SEI's is."""
    state: SubmissionState
    content: Content
    files: tuple[SubmissionFileView, ...]
    """The main document first."""
    processo: str | None
    """SEI's number of it, as SEI writes it."""
    autuado_at: datetime | None
    message: str | None = field(repr=False)
    """What SEI said when it refused."""
    sendings: int = 0
    """How many times SEI was asked to open it."""
    sent_at: datetime | None = None
    """The last time, until it is certain that nothing came of any."""
    attached: bool = False
    """SEI said that a file of it is in a processo, whichever that is."""
