"""For whom somebody may act, and what they see when they do."""

from datetime import timedelta
from typing import Any

import pytest

from portal.errors import NotFound
from portal.sei import service
from portal.sei.mine import list_mine
from portal.sei.people import recognize
from portal.sei.peticoes import list_peticionamento
from portal.sei.values import ANYONE, Cnpj, TipoRepresentante, Viewer, Vinculo
from portal.sei.vinculos import act_for, list_vinculos
from tests.unit.sei.conftest import HOJE, NOW, Scene, numero_of

DAY = timedelta(days=1)
ACME = "01222333000165"


class Firm:
    """A company of two processos, one restrito opened to it, and Rosa."""

    def __init__(self, scene: Scene) -> None:
        sei = self.sei = scene.sei
        self.scene = scene
        self.rosa = sei.contato("Rosa Lima")
        self.acme = sei.contato("Acme Ltda", cnpj=int(ACME), natureza="J")
        again = sei.contato("ACME LTDA", cnpj=int(ACME), natureza="J", active=False)
        self.licence, self.tax = (sei.processo(interessados=[c]) for c in (self.acme, again))
        self.secret = sei.processo(nivel="1")
        sei.externo(self.secret, nivel="1")
        sei.usuario_externo(self.acme)
        sei.acesso_externo(self.secret, self.acme)
        self.viewer = Viewer(frozenset({self.rosa}))

    def vinculos(self) -> tuple[Vinculo, ...]:
        self.scene.save()
        found = list_vinculos(self.scene.tenant, self.viewer, NOW)
        assert found is not None
        return found

    def act(self) -> Viewer:
        (vinculo,) = self.vinculos()
        _, acting = act_for(self.scene.tenant, self.viewer, vinculo.id_representacao, NOW)
        assert isinstance(acting, Viewer)
        return acting

    def listed(self, viewer: Viewer) -> set[str]:
        return {e.formatado for e in list_mine(self.scene.tenant, viewer, now=NOW).entries}


@pytest.mark.parametrize(
    ("options", "counts"),
    [
        *(pytest.param({"tipo": tipo}, True, id=f"10.3 {tipo}") for tipo in "LECS"),
        pytest.param({"tipo": "U"}, False, id="10.3 U needs no vínculo"),
        pytest.param({"tipo": "?"}, False, id="an unknown tipo"),
        *(pytest.param({"estado": e}, False, id=f"10.3 estado {e}") for e in "SRCVTI?"),
        pytest.param({"until": HOJE}, True, id="on its last day"),
        pytest.param({"until": HOJE - DAY}, False, id="after its last day"),
        pytest.param({"ended": HOJE}, False, id="ended"),
    ],
)
def test_which_vinculos_count(scene: Scene, options: dict[str, Any], counts: bool) -> None:
    firm = Firm(scene)
    key = firm.sei.vinculo(firm.acme, firm.rosa, **options)
    assert [v.id_representacao for v in firm.vinculos()] == ([key] if counts else [])
    if not counts:
        with pytest.raises(NotFound):
            act_for(scene.tenant, firm.viewer, key, NOW)


def test_a_vinculo_says_who_until_when_and_for_what(scene: Scene) -> None:
    firm = Firm(scene)
    key = firm.sei.vinculo(firm.acme, firm.rosa, "S", until=HOJE + DAY, processos=[firm.tax])
    assert firm.vinculos() == (
        Vinculo(
            key,
            TipoRepresentante.PROCURADOR_SIMPLES,
            "Acme Ltda",
            firm.acme,
            ACME,
            HOJE + DAY,
            frozenset({firm.tax.id}),
        ),
    )


def test_who_acts_for_a_company_sees_what_it_sees(scene: Scene) -> None:
    firm = Firm(scene)
    firm.sei.vinculo(firm.acme, firm.rosa)
    acting = firm.act()
    assert firm.listed(acting) == {firm.licence.numero, firm.tax.numero, firm.secret.numero}
    assert firm.listed(firm.viewer) == set()
    assert scene.track(firm.secret, viewer=acting).interessados == ()
    scene.configure(mostra_restritos=False)
    with pytest.raises(NotFound):
        scene.track(firm.secret, viewer=firm.viewer)


def test_who_acts_in_one_processo_sees_that_one(scene: Scene) -> None:
    scene.configure(mostra_restritos=False)
    firm = Firm(scene)
    usuario = firm.sei.usuario_externo(firm.acme)
    for processo in (firm.licence, firm.tax):
        firm.sei.intimacao([firm.sei.documento(processo)], [firm.acme])
        firm.sei.recibo(processo, usuario)
    firm.sei.vinculo(firm.acme, firm.rosa, "S", processos=[firm.tax])
    acting = firm.act()
    assert firm.listed(acting) == {firm.tax.numero}
    with pytest.raises(NotFound):
        service.track(scene.tenant, numero_of(firm.secret), now=NOW, viewer=acting)
    found = list_peticionamento(scene.tenant, acting, NOW)
    for parts in (found.intimacoes, found.recibos):
        assert parts is not None
        assert [p.processo and p.processo.formatado for p in parts] == [firm.tax.numero]


@pytest.mark.parametrize(
    ("tipo", "abrangencia", "whole"),
    [("L", "NULL", True), ("S", "NULL", False), ("E", "'Q'", True), ("E", "'?'", False)],
)
def test_a_scope_that_says_nothing_is_none(
    scene: Scene, tipo: str, abrangencia: str, whole: bool
) -> None:
    firm = Firm(scene)
    firm.sei.vinculo(firm.acme, firm.rosa, tipo)
    scene.alter(f"UPDATE md_pet_vinculo_represent SET sta_abrangencia = {abrangencia}")
    (vinculo,) = firm.vinculos()
    assert vinculo.processos == (None if whole else frozenset())


def test_somebody_else_s_vinculo_is_not_there(scene: Scene) -> None:
    firm = Firm(scene)
    key = firm.sei.vinculo(firm.acme, firm.sei.contato("Ivo Reis"))
    assert firm.vinculos() == ()
    for viewer in (firm.viewer, ANYONE):
        with pytest.raises(NotFound):
            act_for(scene.tenant, viewer, key, NOW)


def test_a_person_may_be_represented_too(scene: Scene) -> None:
    firm = Firm(scene)
    ivo = firm.sei.contato("Ivo Reis")
    processo = firm.sei.processo(interessados=[ivo])
    firm.sei.vinculo(ivo, firm.rosa, "S")
    assert firm.vinculos()[0].cnpj is None
    assert firm.listed(firm.act()) == {processo.numero}


def test_where_the_tables_are_not_nobody_may_act(scene: Scene) -> None:
    firm = Firm(scene)
    key = firm.sei.vinculo(firm.acme, firm.rosa)
    scene.alter("DROP TABLE md_pet_rel_vincrep_protoc")
    assert list_vinculos(scene.tenant, firm.viewer, NOW) is None
    with pytest.raises(NotFound):
        act_for(scene.tenant, firm.viewer, key, NOW)


def test_a_company_is_known_by_its_cnpj(scene: Scene) -> None:
    firm = Firm(scene)
    scene.save()
    found = recognize(scene.tenant, Cnpj(ACME))
    assert isinstance(found, Viewer)
    assert firm.listed(found) == {firm.licence.numero, firm.tax.numero, firm.secret.numero}
    assert recognize(scene.tenant, Cnpj("11ABC333000181")) == Viewer()


@pytest.mark.parametrize("text", ["", ACME[1:], ACME + "0", "1122233300018x", "11abc333000181"])
def test_what_is_no_cnpj_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ValueError, match="fourteen") as error:
        Cnpj(text)
    assert not text or text not in str(error.value)
    assert ACME not in repr(Cnpj(ACME))
