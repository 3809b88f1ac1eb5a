"""A petition from its first word to its receipt, as a browser without a script makes it."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.audit import AuditEntry
from portal.db import db
from portal.protocolo.models import Draft, Outbox, Submission
from tests.app import Visitor, client_of
from tests.integration.govbr.conftest import FRANCISCA, MARIA, Citizen, csrf_of, enter
from tests.integration.web.test_plain_language import LONGEST, Sentences
from tests.unit.arquivos import papers

CHOICE = "Na rua"


def begin(visitor: Visitor, csrf: str = "") -> str:
    """The address of a new draft."""
    answer = visitor.post("/pedidos", data={"servico": "poda", "csrf": csrf})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def signed_in(visitor: Visitor, citizen: Citizen, cpf: str = MARIA) -> str:
    """The token of every form."""
    enter(visitor, citizen, cpf)
    return csrf_of(visitor.get("/minha-conta"))


def attach(visitor: Visitor, draft: str, csrf: str, *files: tuple[bytes, str, str]) -> TestResponse:
    """As a form does that was sent without a script."""
    body = b"".join(
        b"--limit\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (head.encode(), value)
        for head, value in [
            ('name="csrf"', csrf.encode()),
            *(
                (f'name="arquivo-fotos"; filename="{name}"\r\nContent-Type: {mimetype}', content)
                for content, name, mimetype in files
            ),
        ]
    )
    kind = "multipart/form-data; boundary=limit"
    return visitor.post(f"{draft}/arquivos", data=body + b"--limit--\r\n", content_type=kind)


PHOTO = (papers.make_photo(), "Árvore da praça.jpg", "image/jpeg")


def fill_in(visitor: Visitor, csrf: str) -> str:
    draft = begin(visitor, csrf)
    attach(visitor, draft, csrf, PHOTO)
    answer = visitor.post(draft, data={"csrf": csrf, "lugar": CHOICE})
    assert answer.headers["Location"] == f"{draft}/revisao"
    return draft


def send(visitor: Visitor, draft: str, **changed: str) -> TestResponse:
    """Press the button of the review, as it is or with another form."""
    review = visitor.get(f"{draft}/revisao")
    version = re.search(r'name="versao" value="(\d+)"', review.text)
    assert version, review.text
    form = {"csrf": csrf_of(review), "versao": version[1], "declaro": "sim"} | changed
    return visitor.post(f"{draft}/enviar", data=form)


def test_a_petition_is_received_with_a_number_and_every_file(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    draft = fill_in(visitor, signed_in(visitor, citizen))
    review = visitor.get(f"{draft}/revisao").text
    assert CHOICE in review
    assert "Árvore da praça.jpg" in review
    answer = send(visitor, draft)
    assert answer.status_code == 303
    receipt = visitor.get(answer.headers["Location"])
    assert re.search(r"P26-\d{6}-[A-Z]", receipt.text)
    assert "Requerimento.pdf" in receipt.text
    assert "Fotos.pdf" in receipt.text
    assert "***." in receipt.text
    assert MARIA not in receipt.text
    with app.app_context():
        (row,) = db.session.scalars(select(Submission))
        (task,) = db.session.scalars(select(Outbox).where(Outbox.subject == row.id))
        assert [len(f.sha256) for f in row.files] == [64, 64]
        written = {entry.event for entry in db.session.scalars(select(AuditEntry))}
        assert {"submitted", "receipt-issued"} <= written
        assert task.tenant == "acacias"
    links = re.findall(r'href="(/envios/[^"]+/arquivos/[^"]+)"', receipt.text)
    contents = [visitor.get(link).data for link in links]
    assert [content[:5] for content in contents] == [b"%PDF-", b"%PDF-"]


def test_what_was_filed_here_stands_beside_what_was_sent_by_sei(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    where, stranger = "O que você enviou por este portal", client_of(app)
    draft = fill_in(visitor, signed_in(visitor, citizen))
    assert where not in visitor.get("/meus-processos").text
    sent = send(visitor, draft).headers["Location"]
    page = visitor.get("/meus-processos").text
    assert where in page
    assert f'href="{sent}"' in page
    signed_in(stranger, Citizen(), FRANCISCA)
    assert where not in stranger.get("/meus-processos").text


def test_pressing_twice_going_back_and_another_window_make_one(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    draft = fill_in(visitor, signed_in(visitor, citizen))
    review = visitor.get(f"{draft}/revisao")
    version = re.search(r'name="versao" value="(\d+)"', review.text)
    assert version
    form = {"csrf": csrf_of(review), "versao": version[1], "declaro": "sim"}
    answers = [visitor.post(f"{draft}/enviar", data=form) for _ in range(3)]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert visitor.get(draft).headers["Location"] == answers[0].headers["Location"]
    with app.app_context():
        assert len(db.session.scalars(select(Submission)).all()) == 1


def test_without_the_declaration_nothing_is_sent(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    draft = fill_in(visitor, signed_in(visitor, citizen))
    answer = send(visitor, draft, declaro="")
    assert answer.status_code == 422
    assert "Falta marcar a declaração" in answer.text
    with app.app_context():
        assert db.session.scalars(select(Submission)).all() == []


def test_what_changed_after_the_review_is_read_again_before_it_is_sent(
    visitor: Visitor, citizen: Citizen
) -> None:
    draft = fill_in(visitor, signed_in(visitor, citizen))
    answer = send(visitor, draft, versao="1")
    assert answer.status_code == 409
    assert "O pedido mudou enquanto você conferia" in answer.text
    version = re.search(r'name="versao" value="(\d+)"', answer.text)
    assert version
    form = {"csrf": csrf_of(answer), "versao": version[1], "declaro": "sim"}
    assert visitor.post(f"{draft}/enviar", data=form).status_code == 303


def test_what_was_read_as_one_person_is_not_sent_as_another(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    draft = fill_in(visitor, signed_in(visitor, citizen))
    assert send(visitor, draft, por="0123456789ab").status_code == 409
    with app.app_context():
        assert db.session.scalars(select(Submission)).all() == []


def test_the_longest_answers_are_kept(visitor: Visitor, citizen: Citizen) -> None:
    csrf = signed_in(visitor, citizen)
    draft = begin(visitor, csrf)
    assert visitor.post(draft, data={"csrf": csrf, "lugar": "ç" * 20_000}).status_code == 303
    assert "Escolha uma das opções." in visitor.get(f"{draft}?conferir=sim").text


def test_what_is_missing_is_named_where_it_is_missing(visitor: Visitor, citizen: Citizen) -> None:
    csrf = signed_in(visitor, citizen)
    draft = begin(visitor, csrf)
    answer = visitor.get(f"{draft}/revisao")
    assert answer.headers["Location"] == f"{draft}?conferir=sim"
    page = visitor.get(answer.headers["Location"]).text
    assert "A árvore está: falta responder" in page
    assert "Fotos: falta o arquivo" in page


def test_a_draft_that_was_begun_before_its_login_is_the_persons_afterwards(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    draft = begin(visitor)
    answer = visitor.post(draft, data={"lugar": CHOICE})
    assert answer.headers["Location"] == f"/entrar?voltar={draft}"
    back = enter(visitor, citizen, volta=draft)
    assert back.headers["Location"] == draft
    page = visitor.get(draft)
    assert page.status_code == 200
    assert f'value="{CHOICE}" checked' in page.text
    with app.app_context():
        (row,) = db.session.scalars(select(Draft))
        assert row.account is not None
        assert row.browser is None


def test_each_field_is_saved_by_itself_and_says_what_is_wrong(
    visitor: Visitor, citizen: Citizen
) -> None:
    csrf = signed_in(visitor, citizen)
    draft = begin(visitor, csrf)
    part = {"HX-Request": "true"}
    good = visitor.post(f"{draft}/campos", data={"csrf": csrf, "lugar": CHOICE}, headers=part)
    assert "Guardado às 12:00" in good.text
    wrong = visitor.post(f"{draft}/campos", data={"csrf": csrf, "lugar": "Na lua"}, headers=part)
    assert "Erro: Escolha uma das opções." in wrong.text


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ((b"PK a planilha", "conta.pdf", "application/pdf"), "não é um PDF"),
        ((papers.make_pdf(change=papers.with_javascript), "a.pdf", "application/pdf"), "programa"),
        ((b"nothing of a picture", "foto.jpg", "image/jpeg"), "não é uma foto"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_how_to_mend_it(
    app: Flask, visitor: Visitor, citizen: Citizen, file: tuple[bytes, str, str], sentence: str
) -> None:
    csrf = signed_in(visitor, citizen)
    draft = begin(visitor, csrf)
    attach(visitor, draft, csrf, file)
    page = visitor.get(draft).text
    assert "Não foi aceito." in page
    with app.app_context():
        refused = select(AuditEntry).where(AuditEntry.event == "upload-refused")
        assert db.session.scalars(refused).one().account is not None
    assert sentence in page


def test_a_file_beyond_the_limit_is_told_so_and_the_rest_is_kept(
    visitor: Visitor, citizen: Citizen
) -> None:
    csrf = signed_in(visitor, citizen)
    draft = begin(visitor, csrf)
    answer = attach(visitor, draft, csrf, (bytes(2_500_000), "grande.pdf", "application/pdf"))
    page = visitor.get(answer.headers["Location"]).text
    assert "passa do limite" in page
    attach(visitor, draft, csrf, PHOTO)
    assert "Árvore da praça.jpg" in visitor.get(draft).text


def test_a_file_that_cannot_be_kept_is_told_so_and_comes_when_it_can(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    csrf = signed_in(visitor, citizen)
    draft = begin(visitor, csrf)
    in_the_way = Path(app.instance_path, "arquivos", "acacias")
    in_the_way.write_text("a file where a folder should be")
    answer = attach(visitor, draft, csrf, PHOTO)
    assert answer.status_code == 503
    assert "Os arquivos não estão disponíveis agora" in answer.text
    assert "SEI" not in answer.text.partition("<main")[2].partition("</main>")[0]
    in_the_way.unlink()
    attach(visitor, draft, csrf, PHOTO)
    assert 'class="recebido"' in visitor.get(draft).text


def test_nobody_else_sees_a_draft_a_file_or_a_submission(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    draft = fill_in(visitor, signed_in(visitor, citizen))
    file = re.search(r"/arquivos/([0-9a-f-]{36})/remover", visitor.get(draft).text)
    assert file
    sent = str(send(visitor, fill_in(visitor, csrf_of(visitor.get(draft)))).headers["Location"])
    stranger, nobody = client_of(app), client_of(app)
    csrf = signed_in(stranger, Citizen(), FRANCISCA)
    read = [draft, f"{draft}/revisao", sent]
    for path in read:
        assert stranger.get(path).status_code == 404, path
    for path in (
        f"{draft}/campos", f"{draft}/excluir", f"{draft}/enviar", f"{draft}/arquivos",
        f"{draft}/arquivos/{file[1]}/remover", f"{draft}/arquivos/{file[1]}/subir", draft,
    ):  # fmt: skip
        assert stranger.post(path, data={"csrf": csrf}).status_code == 404, path
    assert nobody.get(draft).headers["Location"] == f"/entrar?voltar={draft}"
    assert nobody.get(sent).status_code == 303


def test_a_form_without_its_token_changes_nothing(visitor: Visitor, citizen: Citizen) -> None:
    draft = fill_in(visitor, signed_in(visitor, citizen))
    for path in (draft, f"{draft}/campos", f"{draft}/excluir", f"{draft}/enviar"):
        assert visitor.post(path, data={"lugar": "Num terreno"}).status_code == 400, path
    assert f'value="{CHOICE}" checked' in visitor.get(draft).text


def test_no_sentence_of_its_pages_is_longer_than_twenty_words(
    visitor: Visitor, citizen: Citizen
) -> None:
    """But for the declaration, whose words are those that are signed."""
    csrf = signed_in(visitor, citizen)
    missing = begin(visitor, csrf)
    draft = fill_in(visitor, csrf)
    pages = [visitor.get(path).text for path in (
        f"{missing}?conferir=sim", draft, f"{draft}/revisao", "/pedidos",
    )]  # fmt: skip
    pages += [
        visitor.get(path).text for path in (send(visitor, draft).headers["Location"], "/envios")
    ]
    for page in pages:
        found = Sentences(page).found
        assert len(found) > 10
        assert [s for s in found if len(s.split()) > LONGEST and "Declaro" not in s] == []
