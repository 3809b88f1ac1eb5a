"""What a machine asks to know whether we live."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal.accounts.models import Account, Login, LoginAttempt
from portal.audit import AuditEntry
from portal.db import db
from portal.limits import RateLimit
from portal.prazos.unavailability import LastSeen, Unavailability
from portal.protocolo.models import (
    Draft,
    DraftFile,
    Outbox,
    Pause,
    Receipt,
    Submission,
    SubmissionCount,
    SubmissionFile,
)
from portal.servicos.models import ServicoVersao
from portal.verdicts import FileVerdict
from portal.web.access import hostless
from portal.web.log import describe, logger

bp = Blueprint("operacao", __name__)

KEPT = (
    RateLimit.hits,
    FileVerdict.intact,
    Account.id,
    Login.id,
    LoginAttempt.id,
    AuditEntry.id,
    ServicoVersao.id,
    Receipt.digest,
    Draft.id,
    DraftFile.id,
    Submission.id,
    SubmissionFile.id,
    SubmissionCount.last,
    Outbox.id,
    Pause.since,
    LastSeen.at,
    Unavailability.id,
)
"""A column of each table of ours."""

NEVER_KEPT = {"Cache-Control": "no-store"}


@bp.get("/saude")
@hostless
def saude() -> ResponseReturnValue:
    """Whether we can answer at all: our own database is there, and migrated. Nothing else is told,
    and no tenant's SEI is asked: that one being away is not cured by starting us again."""
    try:
        with db.engine.connect() as connection:
            for kept in KEPT:
                connection.execute(select(kept).limit(1)).all()
    except SQLAlchemyError as error:
        logger.error("unhealthy", **describe(error))
        return Response("indisponível\n", 503, NEVER_KEPT, mimetype="text/plain")
    return Response("ok\n", 200, NEVER_KEPT, mimetype="text/plain")
