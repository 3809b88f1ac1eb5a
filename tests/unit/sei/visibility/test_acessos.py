"""What an acesso externo opens, and that it opens nothing more (6)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento, Processo
from portal.demo.town import TEST_UNIT
from portal.errors import NotFound
from portal.numero import read
from portal.sei import documentos, service
from portal.sei.values import ANYONE, Contents, NaoInformada, Opening, Tracking, Viewer
from portal.sei.values import Documento as Listed
from tests.unit.sei.conftest import HOJE, NOW, Scene, at, counting, numero_of

DAY = timedelta(days=1)


class Case:
    """A restrito, with papers of every kind, and Rosa, whom SEI knows."""

    def __init__(self, sei: SeiBuilder, nivel: str = "1", **options: Any) -> None:
        self.sei = sei
        self.processo = sei.processo(
            nivel=nivel, interessados=["Bento Dias"], descricao="Exame de Bento", **options
        )
        self.rosa = sei.contato("Rosa Lima")
        self.despacho = sei.documento(self.processo, nivel=nivel, signers=[("Rui Sá", "Fiscal")])
        self.laudo = sei.externo(self.processo, "Laudo", nivel=nivel, file_name="laudo.pdf")
        self.minuta = sei.minuta(self.processo)
        self.viewer = Viewer(frozenset({self.rosa}))

    def give(self, papers: list[Documento] | None = None, **options: Any) -> None:
        self.sei.usuario_externo(self.rosa)
        self.sei.acesso_externo(self.processo, self.rosa, papers, **options)


def names(scene: Scene, case: Case) -> bool:
    """Whether the page of the case answers Rosa."""
    try:
        scene.track(case.processo, viewer=case.viewer)
    except NotFound:
        return False
    return True


def papers(tracking: Tracking) -> dict[str, Opening]:
    assert isinstance(tracking.contents, Contents)
    return {d.numero_sei: d.opening for d in tracking.contents.items if isinstance(d, Listed)}


def account(**options: Any) -> Callable[[Case], None]:
    def make(case: Case) -> None:
        case.sei.usuario_externo(case.rosa, **options)
        case.sei.acesso_externo(case.processo, case.rosa)

    return make


def given(**options: Any) -> Callable[[Case], None]:
    return lambda case: case.give(**options)


def no_account(case: Case) -> None:
    case.sei.acesso_externo(case.processo, case.rosa)


def to_somebody_else(case: Case) -> None:
    other = case.sei.contato("Ivo Reis")
    case.sei.usuario_externo(other)
    case.sei.usuario_externo(case.rosa)
    case.sei.acesso_externo(case.processo, other)


def to_another_processo(case: Case) -> None:
    case.sei.usuario_externo(case.rosa)
    case.sei.acesso_externo(case.sei.processo(nivel="1"), case.rosa)


def to_nothing_of_it(case: Case) -> None:
    case.give([])


def to_sign(case: Case) -> None:
    case.give([], tipo="A", to_sign=case.despacho)


def nothing(case: Case) -> None:
    pass


def as_interessado(case: Case) -> None:
    case.sei.usuario_externo(case.rosa)
    for participacao in "IRD":
        case.sei.interessado(case.processo, case.rosa, participacao)


@pytest.mark.parametrize(
    ("make", "counts"),
    [
        pytest.param(given(), True, id="6(5) E, without an end"),
        pytest.param(given(until=HOJE), True, id="6(5) on its last day"),
        pytest.param(given(until=HOJE + DAY), True, id="6(5) before its end"),
        pytest.param(given(until=HOJE - DAY), False, id="6(5) after its end"),
        pytest.param(given(active=False), False, id="6(5) cancelled"),
        pytest.param(to_sign, True, id="6(5) A, to sign"),
        *(
            pytest.param(given(tipo=tipo), False, id=f"6(5) {tipo} is no login of a person")
            for tipo in "IDSZ"
        ),
        pytest.param(account(tipo="2"), False, id="6(4) registered, not released"),
        pytest.param(account(tipo="0"), False, id="6(4) a servidor's account"),
        pytest.param(account(active=False), False, id="6(4) account taken away"),
        pytest.param(no_account, False, id="6(4) no account"),
        pytest.param(to_somebody_else, False, id="6(5) of somebody else"),
        pytest.param(to_another_processo, False, id="6(5) to another processo"),
        pytest.param(to_nothing_of_it, False, id="6(5) parcial that lists nothing"),
        pytest.param(as_interessado, False, id="6(3) an interessado has no right by that"),
        pytest.param(nothing, False, id="6 known to SEI, and nothing more"),
    ],
)
def test_which_acessos_count(scene: Scene, make: Callable[[Case], None], counts: bool) -> None:
    scene.configure(mostra_restritos=False)
    case = Case(scene.sei)
    make(case)
    assert names(scene, case) is counts
    assert not names_to_anyone(scene, case.processo)


def names_to_anyone(scene: Scene, processo: Processo) -> bool:
    try:
        scene.track(processo, viewer=ANYONE)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"nivel": "2"}, id="6 a sigiloso stays closed"),
        pytest.param({"unidade": TEST_UNIT}, id="9.4 of the test unit"),
        pytest.param({"unidade": "CM-PROTOCOLO"}, id="8 of another órgão"),
    ],
)
def test_no_acesso_opens_what_is_not_the_portals(scene: Scene, options: dict[str, Any]) -> None:
    scene.configure(orgaos=[0])
    case = Case(scene.sei, **options)
    case.give()
    case.give([case.despacho])
    assert not names(scene, case)
    assert hits(scene, case.processo.numero, case.viewer) == []
    assert hits(scene, case.despacho.numero, case.viewer) == []


def test_a_sigiloso_stays_closed_where_rows_contradict(scene: Scene) -> None:
    case = Case(scene.sei)
    case.processo.row["sta_nivel_acesso_local"] = "2"
    case.give()
    assert not names(scene, case)


def test_an_integral_opens_the_whole_processo(scene: Scene) -> None:
    scene.configure(mostra_restritos=False, mostra_descricao=True)
    case = Case(scene.sei)
    scene.sei.andamento(case.processo, 65, DESCRICAO="Exame marcado")
    scene.sei.andamento(case.processo, 12, DOCUMENTO=case.laudo)
    scene.sei.andamento(case.processo, 12, DOCUMENTO=case.minuta)
    case.give()
    found = scene.track(case.processo, viewer=case.viewer, oldest_first=True)
    assert papers(found) == {
        case.despacho.numero: Opening.OPENS,
        case.laudo.numero: Opening.OPENS,
    }
    assert found.interessados == ("Bento Dias",)
    assert not isinstance(found.situacao, NaoInformada)
    assert found.procedimento.descricao == "Exame de Bento"
    assert found.history
    told = [step.sei_text for step in found.history.steps]
    assert "Exame marcado" in told
    assert any(case.laudo.numero in text for text in told)
    assert not any(case.minuta.numero in text for text in told)


def test_a_parcial_opens_what_it_lists_and_tells_nothing_else(scene: Scene) -> None:
    scene.configure(mostra_restritos=False, mostra_descricao=True)
    case = Case(scene.sei)
    scene.sei.andamento(case.processo, 65, DESCRICAO="Exame marcado")
    case.give([case.laudo, case.minuta])
    found = scene.track(case.processo, viewer=case.viewer)
    assert papers(found) == {case.laudo.numero: Opening.OPENS}
    assert found.history is None
    assert found.interessados == ()
    assert found.relacionados == ()
    assert isinstance(found.situacao, NaoInformada)
    row = found.procedimento
    assert (row.autuacao, row.unidade_geradora, row.descricao) == (None, None, None)
    assert case.despacho.numero not in repr(found)
    assert "Rui Sá" not in repr(found)
    assert read_of(scene, case, case.laudo)
    for closed in (case.despacho, case.minuta):
        with pytest.raises(NotFound):
            read_of(scene, case, closed)


def test_a_parcial_of_what_is_public_hides_nothing_that_anybody_sees(scene: Scene) -> None:
    scene.configure(documentos_de_restritos=True, andamentos_de_restritos=True)
    sei = scene.sei
    processo, rosa = sei.processo(), sei.contato("Rosa Lima")
    despacho = sei.documento(processo)
    laudo = sei.externo(processo, "Laudo", nivel="1")
    sei.usuario_externo(rosa)
    sei.acesso_externo(processo, rosa, [laudo])
    anybody = papers(scene.track(processo))
    assert anybody == {despacho.numero: Opening.OPENS, laudo.numero: Opening.RESTRITO}
    hers = papers(scene.track(processo, viewer=Viewer(frozenset({rosa}))))
    assert hers == anybody | {laudo.numero: Opening.OPENS}


def test_what_an_acesso_does_not_open(scene: Scene) -> None:
    case = Case(scene.sei)
    sei, processo = scene.sei, case.processo
    avisado = sei.documento(processo)
    sei.intimacao([avisado], [case.rosa])
    cancelled = sei.externo(processo)
    sei.cancel(cancelled)
    case.give()
    found = papers(scene.track(processo, viewer=case.viewer))
    assert found[avisado.numero] is Opening.UNREAD_INTIMACAO
    assert cancelled.numero not in found
    with pytest.raises(NotFound):
        read_of(scene, case, avisado)


def test_what_is_closed_to_the_public_only_opens_to_who_has_an_acesso(scene: Scene) -> None:
    scene.publish(DATA_CORTE="2026-03-10")
    case = Case(scene.sei, nivel="0")
    email = scene.sei.automatico(case.processo)
    old = scene.sei.externo(case.processo, when=at(2))
    anybody = papers(scene.track(case.processo))
    assert (anybody[email.numero], anybody[old.numero]) == (
        Opening.PERSONAL,
        Opening.BEFORE_DATA_CORTE,
    )
    case.give([email, old])
    hers = papers(scene.track(case.processo, viewer=case.viewer))
    assert (hers[email.numero], hers[old.numero]) == (Opening.OPENS, Opening.OPENS)


def test_of_what_was_disposed_of_only_the_row_is_said(scene: Scene) -> None:
    case = Case(scene.sei)
    scene.sei.conclude(case.processo)
    scene.sei.dispose(case.processo)
    case.give()
    found = scene.track(case.processo, viewer=case.viewer)
    assert (found.history, found.contents) == (None, None)
    with pytest.raises(NotFound):
        read_of(scene, case, case.laudo)


def test_other_processos_are_named_as_to_anybody(scene: Scene) -> None:
    scene.configure(mostra_restritos=False)
    case = Case(scene.sei)
    related, joined = scene.sei.processo(nivel="1"), scene.sei.processo()
    inside = scene.sei.externo(joined)
    scene.sei.relate(case.processo, related)
    scene.sei.attach(joined, case.processo)
    case.give()
    told = repr(scene.track(case.processo, viewer=case.viewer))
    for other in (related, joined, inside):
        assert other.numero not in told
    with pytest.raises(NotFound):
        scene.track(joined, viewer=case.viewer)


def test_a_document_that_left_is_no_longer_opened(scene: Scene) -> None:
    scene.configure(mostra_restritos=False)
    case = Case(scene.sei)
    elsewhere = scene.sei.processo(nivel="1")
    scene.sei.andamento(case.processo, 12, DOCUMENTO=case.laudo)
    case.give()
    scene.sei.move(case.laudo, elsewhere)
    assert case.laudo.numero not in repr(scene.track(case.processo, viewer=case.viewer))
    with pytest.raises(NotFound):
        read_of(scene, case, case.laudo)


def test_a_number_leads_to_what_an_acesso_opens(scene: Scene) -> None:
    scene.configure(mostra_restritos=False)
    case = Case(scene.sei)
    case.give([case.laudo])
    for numero in (case.processo.numero, case.laudo.numero):
        assert hits(scene, numero, case.viewer) == [case.processo.numero]
        assert hits(scene, numero, ANYONE) == []
    for numero in (case.despacho.numero, case.minuta.numero):
        assert hits(scene, numero, case.viewer) == []


def test_a_package_has_what_an_acesso_opens(scene: Scene) -> None:
    scene.configure(mostra_restritos=False)
    case = Case(scene.sei)
    case.give([case.laudo])
    scene.save()
    found = documentos.list_open(
        scene.tenant,
        numero_of(case.processo),
        now=NOW,
        most=9,
        formatado=None,
        viewer=case.viewer,
    )
    assert [d.numero_sei for d in found.documentos] == [case.laudo.numero]


def test_what_may_not_be_named_costs_a_person_what_does_not_exist_costs(scene: Scene) -> None:
    scene.configure(mostra_restritos=False)
    case = Case(scene.sei)
    elsewhere = Case(scene.sei)
    elsewhere.give()
    sigiloso = Case(scene.sei, nivel="2")
    sigiloso.give()
    scene.track(elsewhere.processo, viewer=elsewhere.viewer)  # asks what the installation has
    costs = set()
    for what in (case.processo.chave, sigiloso.processo.chave, "1" * 17):
        for viewer in (elsewhere.viewer, sigiloso.viewer):
            with pytest.raises(NotFound), counting(scene.tenant.sei) as sent:
                service.track(scene.tenant, numero_of(what), now=NOW, viewer=viewer)
            costs.add(len(sent))
    assert costs == {2}


def test_an_account_that_may_not_read_acessos_opens_none(scene: Scene) -> None:
    scene.configure(mostra_restritos=False)
    case = Case(scene.sei)
    case.give()
    scene.alter("DROP TABLE rel_acesso_ext_protocolo")
    assert not names(scene, case)


def hits(scene: Scene, typed: str, viewer: Viewer) -> list[str]:
    scene.save()
    found = service.list_hits(scene.tenant, read(typed).candidates, NOW, viewer=viewer)
    return [hit.formatado for hit in found]


def read_of(scene: Scene, case: Case, documento: Documento) -> Any:
    scene.save()
    return documentos.open_documento(
        scene.tenant, numero_of(case.processo), documento.numero, now=NOW, viewer=case.viewer
    )
