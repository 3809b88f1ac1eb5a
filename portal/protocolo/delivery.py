"""Bringing submissions to SEI: each becomes one processo, never two, never none.

Before SEI is asked for anything, that it will be is written and committed; during the call no
transaction is open. Whatever is not known afterwards (an answer that was cut off, a worker that
died) is UNCONFIRMED: after a quarantine SEI's database is asked, and only what is surely not there
is sent again, with the same files. A file belongs to one documento only, so SEI itself refuses what
it has already.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from portal.keyring import Keyring
from portal.protocolo import outbox, submissions
from portal.protocolo.gateway import Absent, Files, Found, Route, Sought, Unknown
from portal.protocolo.models import MESSAGE, Progress, Submission, SubmissionFile, Task
from portal.protocolo.outbox import LEASE, Job, LeaseLost
from portal.protocolo.petition import make_arquivo, make_documento, make_processo
from portal.protocolo.values import (
    FILES_KEPT,
    SubmissionFileView,
    SubmissionState,
    SubmissionView,
)
from portal.seiws.values import (
    DocumentoIncluido,
    Failure,
    NotAllowed,
    NotSent,
    ProcessoGerado,
    Rejected,
    Safe,
    Unconfirmed,
    Why,
)

QUARANTINE = timedelta(minutes=30)
"""Well beyond whatever a server or a proxy lets a request take."""
FRESH = timedelta(hours=20)
"""Of an uploaded file; SEI deletes those that nobody used after 24 hours."""
MOST_SENDINGS = 5
"""Of one submission; then somebody has to look."""
SLOWEST = 50_000
"""Bytes in a second that an upload is expected to make at least."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What became of one task, for the log: nothing in it is of a person."""

    tenant: str
    task: Task
    subject: uuid.UUID
    outcome: str
    error: Exception | None = field(default=None, repr=False)
    """A mistake of ours, or something of ours that did not answer."""


Answer: TypeAlias = ProcessoGerado | DocumentoIncluido | Failure


class Worker:
    """Does what is due, one thing at a time. Any number of them may run, in any process."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        keyring: Keyring,
        files: Files,
        find_route: Callable[[str], Route | None],
        clock: Callable[[], datetime],
        quarantine: timedelta = QUARANTINE,
    ) -> None:
        """`find_route` knows the way to the SEI of a tenant; None when there is none, or not
        now."""
        self._sessions = sessions
        self._keyring = keyring
        self._files = files
        self._find_route = find_route
        self._clock = clock
        self._quarantine = quarantine

    def work(self) -> Worked | None:
        """Do the first thing that is due; None when nothing is."""
        with self._sessions() as session:
            job = outbox.claim(session, self._clock())
        if job is None:
            return None
        try:
            outcome = self._deliver(job) if job.task is Task.DELIVER else self._erase(job)
        except LeaseLost:
            outcome = "lost to another worker"
        except Exception as error:
            self._give_back(job)
            return Worked(job.tenant, job.task, job.subject, "failed", error)
        return Worked(job.tenant, job.task, job.subject, outcome)

    @contextmanager
    def _step(self, job: Job | None = None, lease: timedelta = LEASE) -> Iterator[Session]:
        """A transaction of its own; for a job, only while this worker has it."""
        with self._sessions() as session, session.begin():
            if job is not None:
                outbox.renew(session, job, self._clock() + lease)
            yield session

    def _give_back(self, job: Job) -> None:
        """Something of ours is broken. A submission that was being sent is then in doubt."""
        try:
            with self._step() as session:
                outbox.fail(session, job, self._clock(), "error")
        except LeaseLost:
            pass

    # A submission

    def _deliver(self, job: Job) -> str:
        route = self._find_route(job.tenant)
        with self._step(job) as session:
            if route is None:
                outbox.fail(session, job, self._clock(), "no-route")
                return "no way to SEI"
            sent = submissions.load(session, self._keyring, job.tenant, job.subject)
        match sent.state:
            case SubmissionState.READY:
                return self._send(job, route, sent)
            case SubmissionState.UNCONFIRMED:
                return self._look(job, route, sent)
            case SubmissionState.SENDING:
                # A worker died, or broke, between the question and the answer.
                return self._settle(job, sent, Unconfirmed("the worker ended"))
            case SubmissionState.REFUSED:
                with self._step(job) as session:
                    outbox.call_for_attention(session, job, "refused")
                return "refused before"
            case SubmissionState.DELIVERED:
                with self._step(job) as session:
                    outbox.finish(session, job)
                return "delivered before"

    def _send(self, job: Job, route: Route, sent: SubmissionView) -> str:
        if not route.inline:
            for file in self._to_upload(sent):
                refusal = self._upload(job, route, sent, file)
                if refusal is not None:
                    return self._settle(job, sent, refusal)
            with self._step(job) as session:
                sent = submissions.load(session, self._keyring, job.tenant, job.subject)
        with self._step(job) as session:
            moved = submissions.move(
                session, job.tenant, job.subject, SubmissionState.SENDING,
                sent_at=self._clock(), sendings=Submission.sendings + 1,
            )  # fmt: skip
            if not moved:
                raise LeaseLost("the submission is no longer ready")
        answer = self._ask(job, route, sent)
        match answer:
            case ProcessoGerado():
                numbers = [each.documento_formatado for each in answer.documentos]
                return self._accept(
                    job,
                    Found(answer.id_procedimento, answer.procedimento_formatado, self._clock()),
                    dict(zip([file.id for file in sent.files], numbers, strict=False)),
                )
            case DocumentoIncluido():
                return self._include(job, sent, None, answer.documento_formatado)
            case failure:
                return self._settle(job, sent, failure)

    def _ask(self, job: Job, route: Route, sent: SubmissionView) -> Answer:
        """The one question that may leave something in SEI."""

        def read(file: SubmissionFileView) -> Iterable[bytes]:
            return self._files.read(job.tenant, file.id, file.size)

        processo = sent.content.intercorrente
        if processo is None:
            novo = make_processo(sent, route.zone, read, inline=route.inline)
            return route.gateway.open_processo(novo)
        file = _in_hand(sent)[0]
        documento = make_documento(sent, file, route.zone, read, inline=route.inline)
        unidade = sent.content.destination.id_unidade
        return route.gateway.include_documento(unidade, processo, documento)

    def _to_upload(self, sent: SubmissionView) -> list[SubmissionFileView]:
        """Those that SEI has not, or may soon delete. Once SEI has been asked to use them they
        stay the same, however old: it is they that it would refuse a second time."""
        old = self._clock() - FRESH
        return [
            file
            for file in _in_hand(sent)
            if file.id_arquivo is None
            or (sent.sent_at is None and (file.uploaded_at is None or file.uploaded_at <= old))
        ]

    def _upload(
        self, job: Job, route: Route, sent: SubmissionView, file: SubmissionFileView
    ) -> Safe | None:
        """None when SEI has it. Of an upload that broke off nothing remains, so nothing is in
        doubt."""
        with self._step(job, LEASE + timedelta(seconds=file.size / SLOWEST)):
            pass
        arquivo = make_arquivo(file, lambda f: self._files.read(job.tenant, f.id, f.size))
        answer = route.gateway.upload(sent.content.destination.id_unidade, arquivo)
        if not isinstance(answer, str):
            return answer
        with self._step(job) as session:
            _note_files(session, sent.id, {file.id: answer}, self._clock())
        return None

    # What came of it

    def _accept(self, job: Job, found: Found, documentos: Mapping[uuid.UUID, str]) -> str:
        """It is a processo: whoever has the submission by now, and whatever they think of it."""
        now = self._clock()
        with self._step() as session:
            outbox.settle_subject(session, job.tenant, Task.DELIVER, job.subject, Progress.DONE)
            outbox.resume(session, job.tenant)
            moved = submissions.move(
                session, job.tenant, job.subject, SubmissionState.DELIVERED, message=None,
                id_procedimento=found.id_procedimento, processo=found.processo,
                autuado_at=found.autuado_at,
            )  # fmt: skip
            if moved:
                _note_documentos(session, documentos)
                submissions.let_bytes_go(session, job.tenant, job.subject, now)
        return "delivered"

    def _include(self, job: Job, sent: SubmissionView, found: Found | None, documento: str) -> str:
        """One documento more is in the processo; the last one ends it."""
        file, *others = _in_hand(sent)
        if not others:
            processo = sent.content.intercorrente or ""
            there = found or Found("", processo, self._clock())
            return self._accept(job, there, {file.id: documento})
        with self._step(job) as session:
            _note_documentos(session, {file.id: documento})
            submissions.move(
                session, job.tenant, job.subject, SubmissionState.READY,
                sent_at=None, attached=False,
            )  # fmt: skip
            outbox.resume(session, job.tenant)
            outbox.put_off(session, job, self._clock())
        return "one of its documents is in SEI"

    def _settle(self, job: Job, sent: SubmissionView, failure: Failure) -> str:
        """SEI did not say yes to what `sent` was just before."""
        now = self._clock()
        with self._step(job) as session:
            match failure:
                case NotSent(message):
                    _take_back(session, job, sent_at=sent.sent_at)
                    alone = outbox.pause(session, job.tenant, "away", message, now)
                    outbox.wait(session, job, now, alone=alone)
                    return "SEI is away"
                case NotAllowed(message):
                    _take_back(session, job, sent_at=sent.sent_at)
                    outbox.pause(session, job.tenant, "not-allowed", message, now)
                    outbox.fail(session, job, now, "not-allowed")
                    return "SEI does not let us"
                case Rejected(why=Why.ARQUIVO_TAKEN):
                    _doubt(session, job, attached=True)
                    outbox.put_off(session, job, now)
                    return "SEI has its files already"
                case Rejected(why=Why.ARQUIVO_GONE):
                    _take_back(session, job, sent_at=None)
                    _note_files(session, sent.id, {file.id: None for file in _in_hand(sent)}, None)
                    outbox.fail(session, job, now, "files-gone")
                    return "SEI has deleted its files"
                case Rejected(message):
                    sealed = self._keyring.seal(job.tenant, MESSAGE, message)
                    submissions.move(
                        session, job.tenant, job.subject, SubmissionState.REFUSED, message=sealed
                    )
                    outbox.call_for_attention(session, job, "refused")
                    return "refused"
                case Unconfirmed():
                    _doubt(session, job)
                    # Whoever takes it next knows how long it has to rest.
                    outbox.put_off(session, job, now)
                    return "unconfirmed"

    # What nobody knows

    def _look(self, job: Job, route: Route, sent: SubmissionView) -> str:
        """Ask SEI's database, once whatever was sent has surely ended one way or the other."""
        since = sent.sent_at or sent.received_at
        if not sent.attached and self._clock() < since + self._quarantine:
            with self._step(job) as session:
                outbox.put_off(session, job, since + self._quarantine)
            return "in quarantine"
        files = _in_hand(sent)
        answer = route.finder.find(
            Sought(
                numero=sent.numero,
                arquivos={file.id_arquivo: file.md5 for file in files if file.id_arquivo},
                id_unidade=sent.content.destination.id_unidade,
                id_tipo_procedimento=sent.content.destination.id_tipo_procedimento,
                since=sent.received_at,
            )
        )
        match answer:
            case Found(documentos=there):
                became = {f.id: there[f.id_arquivo or ""] for f in files if f.id_arquivo in there}
                if sent.content.intercorrente is None:
                    return self._accept(job, answer, became)
                return self._include(job, sent, answer, became.get(files[0].id, ""))
            case Absent():
                return self._send_again(job, route, sent)
            case Unknown():
                with self._step(job) as session:
                    outbox.fail(session, job, self._clock(), "sei-not-read")
                return "SEI could not be read"

    def _send_again(self, job: Job, route: Route, sent: SubmissionView) -> str:
        """It is not in SEI. Without SEI's own guard, or against SEI's own word, that is not enough
        to send it again."""
        now = self._clock()
        with self._step(job) as session:
            if sent.attached:
                outbox.fail(session, job, now, "not-found")
                return "SEI has its files, and it was not found"
            if route.inline or sent.sendings >= MOST_SENDINGS:
                outbox.call_for_attention(session, job, "unconfirmed")
                return "somebody has to look"
            submissions.move(
                session, job.tenant, job.subject, SubmissionState.READY,
                only_from=SubmissionState.UNCONFIRMED,
            )  # fmt: skip
            outbox.put_off(session, job, now)
        return "not in SEI"

    # A file

    def _erase(self, job: Job) -> str:
        """Its bytes, unless SEI has still to get them."""
        with self._step(job) as session:
            state = session.scalars(
                select(Submission.state)
                .join(SubmissionFile)
                .where(SubmissionFile.id == job.subject, SubmissionFile.tenant == job.tenant)
            ).one_or_none()
            if state not in (None, SubmissionState.DELIVERED):
                outbox.put_off(session, job, self._clock() + FILES_KEPT)
                return "still needed"
        self._files.delete(job.tenant, job.subject)
        with self._step(job) as session:
            outbox.finish(session, job)
        return "erased"


def _take_back(session: Session, job: Job, *, sent_at: datetime | None) -> None:
    """Nothing came of the question: it is ready as before. It has been all along where SEI was
    not asked for more than to take a file."""
    submissions.move(
        session, job.tenant, job.subject, SubmissionState.READY,
        only_from=SubmissionState.SENDING, sent_at=sent_at,
    )  # fmt: skip


def _doubt(session: Session, job: Job, **values: Any) -> None:
    submissions.move(session, job.tenant, job.subject, SubmissionState.UNCONFIRMED, **values)


def _in_hand(sent: SubmissionView) -> list[SubmissionFileView]:
    """The files of the next question: all of a new processo, the next one of an intercorrente."""
    if sent.content.intercorrente is None:
        return list(sent.files)
    return [file for file in sent.files if file.documento is None]


def _note_files(
    session: Session,
    submission: uuid.UUID,
    arquivos: Mapping[uuid.UUID, str | None],
    at: datetime | None,
) -> None:
    """What SEI calls them since then; None for what it has no longer."""
    for file, id_arquivo in arquivos.items():
        session.execute(
            update(SubmissionFile)
            .where(SubmissionFile.id == file, SubmissionFile.submission_id == submission)
            .values(id_arquivo=id_arquivo, uploaded_at=at)
        )


def _note_documentos(session: Session, documentos: Mapping[uuid.UUID, str]) -> None:
    for file, numero in documentos.items():
        session.execute(
            update(SubmissionFile).where(SubmissionFile.id == file).values(documento=numero)
        )
