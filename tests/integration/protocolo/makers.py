"""What the tests of drafts and submissions hand over."""

import uuid
from datetime import UTC, datetime
from hashlib import md5, sha256
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from portal.keyring import Keyring
from portal.protocolo import drafts, submissions
from portal.protocolo.values import (
    Answer,
    Applicant,
    Content,
    Destination,
    Evidence,
    FileLimits,
    Owner,
    SentFile,
)
from portal.servicos.values import Campo, Destino, DocumentoPedido, Servico, TipoCampo

NOW = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
BRASILIA = ZoneInfo("America/Sao_Paulo")
KEYRING = Keyring(["a secret key of the tests, long enough"])
TENANT = "acacias"
MARIA = uuid.UUID(int=1)
JOSE = uuid.UUID(int=2)
SERVICO = uuid.UUID(int=500)
LIMITS = FileLimits(per_file=1000, per_draft=2500, files=4)


def campo(chave: str, tipo: TipoCampo, obrigatorio: bool = False, *opcoes: str) -> Campo:
    return Campo(chave=chave, rotulo=chave, tipo=tipo, obrigatorio=obrigatorio, opcoes=opcoes)


def documento(chave: str, obrigatorio: bool) -> DocumentoPedido:
    return DocumentoPedido(
        chave=chave, nome=chave, porque="", exemplo="", id_serie="55", obrigatorio=obrigatorio
    )


FORM = Servico(
    slug="poda",
    nome="Poda de árvore",
    tema="",
    resumo="",
    explicacao="",
    quem_pode=(),
    prazo="",
    etapas=(),
    campos=(
        campo("motivo", TipoCampo.TEXTO_LONGO, True),
        campo("cpf", TipoCampo.CPF, True),
        campo("cnpj", TipoCampo.CNPJ),
        campo("quando", TipoCampo.DATA),
        campo("porte", TipoCampo.ESCOLHA, False, "pequeno", "grande"),
    ),
    documentos=(documento("identidade", True), documento("foto", False)),
    sei=Destino(id_unidade="110000112", id_serie="55"),
)


def content(account: uuid.UUID = MARIA, nome: str = "Maria Aparecida") -> Content:
    return Content(
        servico_id=SERVICO,
        servico="Poda de árvore",
        destination=Destination("100000502", "110000101", unidades_envio=("110000107",)),
        applicant=Applicant(nome, "99900001079"),
        represented=None,
        evidence=Evidence(
            "simples", 2, ("passwd",), NOW, NOW, "203.0.113.7", "Declaro que é verdade."
        ),
        unidade="Protocolo Geral",
        answers=(Answer("Motivo", "Galhos na calçada"),),
    )


def sent_file(label: str = "requerimento.pdf", body: bytes = b"%PDF-1.7 body") -> SentFile:
    return SentFile(
        uuid.uuid4(), label, "64", len(body), sha256(body).hexdigest(), md5(body).hexdigest(), 1
    )


def begin(session: Session, account: uuid.UUID = MARIA, tenant: str = TENANT) -> uuid.UUID:
    draft = drafts.begin(session, KEYRING, tenant, Owner(account), SERVICO, NOW)
    session.commit()
    return draft


def submit(
    session: Session,
    account: uuid.UUID = MARIA,
    *,
    tenant: str = TENANT,
    files: tuple[SentFile, ...] = (),
    now: datetime = NOW,
) -> uuid.UUID:
    """A whole draft, begun and sent."""
    draft = drafts.begin(session, KEYRING, tenant, Owner(account), SERVICO, now)
    sent = submissions.submit(
        session, KEYRING, tenant, account, draft, 1, content(account),
        files or (sent_file(),), lambda: now, BRASILIA,
    )  # fmt: skip
    session.commit()
    return sent
