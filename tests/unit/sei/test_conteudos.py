"""What a document holds, and that the bytes of a closed one are not even read."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from portal.demo.protocolos import Documento, Processo
from portal.errors import NotFound
from portal.readonly import reading
from portal.sei import documentos
from portal.sei.queries.conteudos import find_conteudo
from portal.sei.values import Ambiguous, Conteudo, NivelAcesso, OpenDocumentos
from portal.sei.visibility import Rules
from tests.unit.sei.conftest import NOW, Scene, counting, numero_of

RULES = Rules(
    restritos=True,
    documentos_de_restritos=False,
    andamentos_de_restritos=False,
    descricao=False,
    data_corte=None,
    unidade_teste=None,
)
Closed = Callable[[Scene], Documento]


def restrito(scene: Scene) -> Documento:
    return scene.sei.externo(scene.sei.processo(), nivel=NivelAcesso.RESTRITO)


def of_a_restrito(scene: Scene) -> Documento:
    return scene.sei.documento(scene.sei.processo(nivel=NivelAcesso.RESTRITO))


def draft(scene: Scene) -> Documento:
    documento = scene.sei.minuta(scene.sei.processo())
    scene.alter("UPDATE documento_conteudo SET conteudo_assinatura = '<p>minuta</p>'")
    return documento


def unsigned_again(scene: Scene) -> Documento:
    documento = draft(scene)
    scene.sei.sign(documento, active=False)
    return documento


def cancelled(scene: Scene) -> Documento:
    documento = scene.sei.documento(scene.sei.processo())
    scene.sei.cancel(documento)
    return documento


def read(scene: Scene, documento: Documento, rules: Rules = RULES) -> Conteudo | None:
    scene.save()
    with reading(scene.tenant.sei) as sei:
        return find_conteudo(sei, rules, documento.id, with_page=True)


@pytest.mark.parametrize("closed", [restrito, of_a_restrito, draft, unsigned_again, cancelled])
def test_of_a_closed_document_nothing_is_read(scene: Scene, closed: Closed) -> None:
    assert read(scene, closed(scene)) is None


def test_a_restrito_is_not_read_where_restritos_are_listed_either(scene: Scene) -> None:
    listing = replace(RULES, documentos_de_restritos=True)
    documento = of_a_restrito(scene)
    assert read(scene, documento) is None
    assert read(scene, documento, listing) is not None
    assert read(scene, restrito(scene), listing) is None


def test_a_document_of_sei_holds_the_page_that_was_signed(scene: Scene) -> None:
    conteudo = read(scene, scene.sei.documento(scene.sei.processo(), text=["Opino."]))
    assert conteudo
    assert "Opino." in (conteudo.pagina or "")
    assert conteudo.anexo is None
    assert len(conteudo.crc or "") == 8


def test_an_external_document_holds_its_active_file_and_no_page(scene: Scene) -> None:
    documento = scene.sei.externo(scene.sei.processo(), content=b"abc", file_name="a.txt")
    scene.alter("UPDATE documento_conteudo SET conteudo_assinatura = '<p>outra coisa</p>'")
    conteudo = read(scene, documento)
    assert conteudo
    assert conteudo.pagina is None
    assert conteudo.anexo
    assert conteudo.anexo.nome == "a.txt"
    assert conteudo.anexo.hash == "900150983cd24fb0d6963f7d28e17f72"
    assert conteudo.anexo.tamanho == 3
    scene.alter("UPDATE anexo SET sin_ativo = 'N'")
    assert read(scene, documento) is None


def test_an_automatic_form_without_content_holds_nothing(scene: Scene) -> None:
    assert read(scene, scene.sei.automatico(scene.sei.processo(), "Recibo")) is None


def test_the_page_is_read_only_for_who_opens_it(scene: Scene) -> None:
    processo = scene.sei.processo()
    documento = scene.sei.documento(processo)
    scene.save()
    listed = documentos.get_documento(
        scene.tenant, numero_of(processo), documento.numero, now=NOW
    ).conteudo
    assert listed
    assert listed.pagina is None
    _, opened = documentos.open_documento(
        scene.tenant, numero_of(processo), documento.numero, now=NOW
    )
    assert opened.pagina


def test_what_is_listed_and_closed_says_nothing_of_its_content(scene: Scene) -> None:
    processo = scene.sei.processo()
    documento = scene.sei.documento(processo)
    scene.sei.intimacao([documento], fulfilled=0)
    scene.save()
    numero = numero_of(processo)
    listed = documentos.get_documento(scene.tenant, numero, documento.numero, now=NOW)
    assert listed.conteudo is None
    with pytest.raises(NotFound):
        documentos.open_documento(scene.tenant, numero, documento.numero, now=NOW)


def list_open(scene: Scene, processo: Processo, most: int) -> OpenDocumentos:
    found = documentos.list_open(
        scene.tenant, numero_of(processo), now=NOW, most=most, formatado=None
    )
    assert isinstance(found, OpenDocumentos)
    return found


def test_all_that_opens_is_listed_page_after_page_up_to_a_limit(scene: Scene) -> None:
    processo = scene.sei.processo()
    numbers = [scene.sei.documento(processo).numero for _ in range(60)]
    scene.sei.minuta(processo)
    scene.save()
    whole = list_open(scene, processo, most=60)
    assert [d.numero_sei for d in whole.documentos] == numbers
    assert whole.complete
    cut = list_open(scene, processo, most=55)
    assert [d.numero_sei for d in cut.documentos] == numbers[:55]
    assert not cut.complete


def test_what_opens_is_not_looked_for_among_any_number_of_closed_documents(scene: Scene) -> None:
    asked = []
    for many in (120, 260):
        processo = scene.sei.processo()
        for _ in range(many):
            scene.sei.automatico(processo, "E-mail")
        scene.sei.documento(processo)
        scene.save()
        whole = list_open(scene, processo, most=30)
        assert (len(whole.documentos), whole.complete) == (1, True)
        with counting(scene.tenant.sei) as statements:
            cut = list_open(scene, processo, most=10)
        assert (cut.documentos, cut.complete) == ((), False)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_what_opens_is_listed_of_the_one_that_is_meant_of_two_with_one_number(
    scene: Scene,
) -> None:
    alike = [scene.sei.processo(formatado) for formatado in ("1500.01/2026", "15000.1/2026")]
    numbers = [scene.sei.documento(processo).numero for processo in alike]
    scene.save()
    for processo, number in zip(alike, numbers, strict=True):
        found = documentos.list_open(
            scene.tenant, numero_of(processo), now=NOW, most=9, formatado=processo.numero
        )
        assert isinstance(found, OpenDocumentos)
        assert found.chosen
        assert found.procedimento.formatado == processo.numero
        assert [documento.numero_sei for documento in found.documentos] == [number]
    either = documentos.list_open(
        scene.tenant, numero_of(alike[0]), now=NOW, most=9, formatado=None
    )
    assert isinstance(either, Ambiguous)
    assert {hit.formatado for hit in either.hits} == {"1500.01/2026", "15000.1/2026"}
