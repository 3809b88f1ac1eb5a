"""Everything between a button that was pressed and SEI, with a clock that a test moves."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from portal.protocolo import drafts, submissions
from portal.protocolo.delivery import Worked, Worker
from portal.protocolo.gateway import Route
from portal.protocolo.models import Outbox, Progress, Submission, Task
from portal.protocolo.values import Owner, SubmissionState, SubmissionView
from tests.integration.protocolo.makers import (
    BRASILIA,
    KEYRING,
    MARIA,
    NOW,
    SERVICO,
    TENANT,
    content,
    sent_file,
)
from tests.integration.protocolo.sei import FakeSei, Killed, Shelf

ENOUGH = 400
"""Things done until a test is taken for one that never ends."""


@dataclass
class Office:
    engine: Engine
    now: datetime = NOW
    inline: bool = False
    shelf: Shelf = field(default_factory=Shelf)
    route: Route | None = None
    """The way to another SEI than the one in memory."""

    def __post_init__(self) -> None:
        self.sei = FakeSei(lambda: self.now)
        self.sessions: sessionmaker[Session] = sessionmaker(self.engine)

    def pass_(self, **amount: float) -> None:
        self.now += timedelta(**amount)

    def submit(
        self, account: uuid.UUID = MARIA, files: int = 2, intercorrente: str | None = None
    ) -> uuid.UUID:
        bodies = [b"%PDF-1.7 " + uuid.uuid4().bytes for _ in range(files)]
        sent = [sent_file(f"{n}.pdf", body) for n, body in enumerate(bodies)]
        self.shelf.bodies |= {f.id: body for f, body in zip(sent, bodies, strict=True)}
        what = replace(content(account), intercorrente=intercorrente)
        with self.sessions() as session:
            draft = drafts.begin(session, KEYRING, TENANT, Owner(account), SERVICO, self.now)
            result = submissions.submit(
                session, KEYRING, TENANT, account, draft, 1, what, sent, lambda: self.now, BRASILIA
            )
            session.commit()
            return result

    def worker(self, sessions: sessionmaker[Session] | None = None) -> Worker:
        route = self.route or Route(self.sei, self.sei, BRASILIA, self.inline)
        return Worker(
            sessions or self.sessions, KEYRING, self.shelf, lambda _: route, lambda: self.now
        )

    def route_of(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make this the way to SEI of every tenant of an application."""
        route = Route(self.sei, self.sei, BRASILIA, self.inline)
        app.extensions["files"] = self.shelf
        # Not by its name: in the package that is the command.
        module = import_module("portal.cli.worker")
        monkeypatch.setattr(module, "Routes", lambda _tenants: lambda _slug: route)

    def work(self, worker: Worker | None = None) -> list[str]:
        """Until nothing is due: what became of each thing."""
        worker, outcomes = worker or self.worker(), []
        while (done := worker.work()) is not None:
            outcomes.append(done.outcome)
            assert len(outcomes) < ENOUGH
        return outcomes

    def work_through(
        self, make: Callable[[], Worker] | None = None, days: float = 2, **step: float
    ) -> list[Worked]:
        """With another worker whenever one dies, and time that goes on, until nothing is left to
        be done but to erase."""
        make, done = make or self.worker, []
        until = self.now + timedelta(days=days)
        worker = make()
        while self.now < until and self.waiting():
            try:
                one = worker.work()
            except Killed:
                worker = make()
                continue
            if one is None:
                self.pass_(**(step or {"minutes": 10}))
            else:
                done.append(one)
                assert len(done) < ENOUGH, [each.outcome for each in done[-5:]]
        return done

    def waiting(self) -> bool:
        with self.sessions() as session:
            open_ = (Progress.WAITING, Progress.LEASED)
            return bool(
                session.scalars(
                    select(Outbox.id).where(Outbox.task == Task.DELIVER, Outbox.progress.in_(open_))
                ).all()
            )

    def view(self, submission: uuid.UUID) -> SubmissionView:
        with self.sessions() as session:
            return submissions.load(session, KEYRING, TENANT, submission)

    def row(self, submission: uuid.UUID) -> Outbox:
        with self.sessions() as session:
            return session.scalars(select(Outbox).where(Outbox.subject == submission)).one()

    def all_sent(self) -> list[SubmissionView]:
        with self.sessions() as session:
            ids = session.scalars(select(Submission.id).order_by(Submission.numero)).all()
        return [self.view(each) for each in ids]

    def check_each_once(self) -> None:
        """N in, N out: each submission is one processo, with its own files and no other."""
        sent = self.all_sent()
        assert {s.state for s in sent} == {SubmissionState.DELIVERED}
        assert sorted(s.processo or "" for s in sent) == sorted(self.sei.processos)
        for each in sent:
            assert each.processo is not None
            assert self.sei.processos[each.processo].startswith(each.numero)
            assert self.sei.files_of(each.processo) == [f.md5 for f in each.files]
