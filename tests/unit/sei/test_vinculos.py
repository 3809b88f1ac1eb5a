"""For whom somebody may act, and what they see when they do."""

from datetime import timedelta
from typing import Any

import pytest

from portal.cpf import Cpf
from portal.errors import NotFound
from portal.sei import service
from portal.sei.mine import list_mine
from portal.sei.people import recognize
from portal.sei.peticoes import list_peticionamento
from portal.sei.values import (
    ANYONE,
    Cnpj,
    Neighbour,
    Offer,
    TipoRepresentante,
    Viewer,
    Vinculo,
)
from portal.sei.vinculos import find_vinculo, list_vinculos, represent, represent_by
from tests.integration.sei.town import counting
from tests.unit.sei.conftest import HOJE, NOW, Scene, numero_of

DAY = timedelta(days=1)
ACME = "01222333000165"
ROSA = Cpf("00123456797")


class Firm:
    """A company of two processos, one restrito opened to it, and Rosa."""

    def __init__(self, scene: Scene) -> None:
        sei = self.sei = scene.sei
        self.scene = scene
        self.rosa = sei.contato("Rosa Lima", cpf=int(ROSA.digits))
        self.acme = sei.contato("Acme Ltda", cnpj=int(ACME), natureza="J")
        again = sei.contato("ACME LTDA", cnpj=int(ACME), natureza="J", active=False)
        self.licence, self.tax = (sei.processo(interessados=[c]) for c in (self.acme, again))
        self.secret = sei.processo(nivel="1")
        sei.externo(self.secret, nivel="1")
        sei.usuario_externo(self.acme)
        sei.acesso_externo(self.secret, self.acme)
        self.viewer = Viewer(frozenset({self.rosa}))

    def offers(self) -> tuple[Offer, ...]:
        self.scene.save()
        found = list_vinculos(self.scene.tenant, self.viewer, NOW)
        assert found is not None
        return found

    def vinculos(self) -> tuple[Vinculo, ...]:
        return tuple(offer.vinculo for offer in self.offers())

    def find(self, key: int, cpf: Cpf = ROSA) -> Vinculo | None:
        self.scene.save()
        return find_vinculo(self.scene.tenant, cpf, key, NOW)

    def act(self) -> Viewer:
        (vinculo,) = self.vinculos()
        assert self.find(vinculo.id_representacao) == vinculo
        acting = represent_by(self.scene.tenant, vinculo)
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
    assert (firm.find(key) is not None) is counts


@pytest.mark.parametrize(("said", "counts"), [("S", True), ("N", False), (None, True)])
def test_what_an_older_module_has_switched_off_counts_no_more(
    scene: Scene, said: str | None, counts: bool
) -> None:
    firm = Firm(scene)
    key = firm.sei.vinculo(firm.acme, firm.rosa)
    if said is None:
        scene.alter("ALTER TABLE md_pet_vinculo_represent DROP COLUMN sin_ativo")
    else:
        scene.alter(f"UPDATE md_pet_vinculo_represent SET sin_ativo = '{said}'")
    assert bool(firm.vinculos()) is counts
    assert (firm.find(key) is not None) is counts


def test_a_vinculo_says_who_until_when_and_for_what(scene: Scene) -> None:
    firm = Firm(scene)
    key = firm.sei.vinculo(
        firm.acme,
        firm.rosa,
        "S",
        until=HOJE + DAY,
        processos=[firm.tax, firm.secret],
        poderes=["Peticionar", "Desistir, por e-mail a x@y.example"],
    )
    vinculo = Vinculo(
        key,
        TipoRepresentante.PROCURADOR_SIMPLES,
        "Acme Ltda",
        firm.acme,
        Cnpj(ACME),
        HOJE + DAY,
        frozenset({firm.tax.id, firm.secret.id}),
    )
    (offer,) = firm.offers()
    assert offer.vinculo == vinculo == firm.find(key)
    # The restrito is one of them, and a list is no place to be told of it.
    assert offer.processos == (Neighbour(firm.tax.numero, firm.tax.chave, firm.tax.tipo),)
    assert len(offer.poderes) == 2
    assert "x@y" not in repr(offer)


def test_a_module_without_poderes_lists_none(scene: Scene) -> None:
    firm = Firm(scene)
    firm.sei.vinculo(firm.acme, firm.rosa, "S", poderes=["Peticionar"])
    scene.alter("DROP TABLE md_pet_adm_tipo_poder")
    assert [offer.poderes for offer in firm.offers()] == [()]


def test_who_acts_for_a_company_finds_what_names_it_and_nothing_that_was_opened_to_it(
    scene: Scene,
) -> None:
    scene.configure(mostra_restritos=False)
    firm = Firm(scene)
    firm.sei.vinculo(firm.acme, firm.rosa)
    acting = firm.act()
    assert firm.listed(acting) == {firm.licence.numero, firm.tax.numero}
    assert firm.listed(firm.viewer) == set()
    for viewer in (firm.viewer, acting):
        with pytest.raises(NotFound):
            scene.track(firm.secret, viewer=viewer)


def test_by_gov_br_alone_nobody_is_told_of_intimacoes(scene: Scene) -> None:
    firm = Firm(scene)
    firm.sei.intimacao([firm.sei.documento(firm.tax)], [firm.acme])
    scene.save()
    acting = represent(scene.tenant, Cnpj(ACME))
    assert isinstance(acting, Viewer)
    assert firm.listed(acting) == {firm.licence.numero, firm.tax.numero}
    assert list_peticionamento(scene.tenant, acting, NOW).intimacoes == ()


@pytest.mark.parametrize(("tipo", "told"), [("L", 1), ("E", 1), ("C", 0), ("S", 0)])
def test_intimacoes_are_told_to_who_always_gets_them(scene: Scene, tipo: str, told: int) -> None:
    firm = Firm(scene)
    firm.sei.intimacao([firm.sei.documento(firm.tax)], [firm.acme])
    firm.sei.recibo(firm.tax, firm.sei.usuario_externo(firm.acme))
    firm.sei.vinculo(firm.acme, firm.rosa, tipo)
    found = list_peticionamento(scene.tenant, firm.act(), NOW)
    assert found.intimacoes is not None
    assert len(found.intimacoes) == told
    # A recibo is of who sent it.
    assert found.recibos == ()


def test_who_acts_in_one_processo_sees_that_one(scene: Scene) -> None:
    scene.configure(mostra_restritos=False)
    firm = Firm(scene)
    for processo in (firm.licence, firm.tax):
        firm.sei.intimacao([firm.sei.documento(processo)], [firm.acme])
    firm.sei.vinculo(firm.acme, firm.rosa, "E", processos=[firm.tax])
    acting = firm.act()
    assert firm.listed(acting) == {firm.tax.numero}
    with pytest.raises(NotFound):
        service.track(scene.tenant, numero_of(firm.secret), now=NOW, viewer=acting)
    found = list_peticionamento(scene.tenant, acting, NOW).intimacoes
    assert found is not None
    assert [p.processo and p.processo.formatado for p in found] == [firm.tax.numero]


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
    mine = firm.sei.vinculo(firm.acme, firm.rosa)
    assert [v.id_representacao for v in firm.vinculos()] == [mine]
    assert list_vinculos(scene.tenant, ANYONE, NOW) == ()
    assert firm.find(key) is None
    assert firm.find(mine, Cpf("99900001079")) is None


def test_looking_one_up_again_is_one_select(scene: Scene) -> None:
    firm = Firm(scene)
    key = firm.sei.vinculo(firm.acme, firm.rosa, "S", processos=[firm.tax, firm.licence])
    firm.find(key)
    with counting(scene.tenant.sei) as sent:
        assert find_vinculo(scene.tenant, ROSA, key, NOW)
    assert len(sent) == 1


def test_a_person_may_be_represented_too(scene: Scene) -> None:
    firm = Firm(scene)
    ivo, again = (firm.sei.contato("Ivo Reis", cpf=99900001079) for _ in range(2))
    some = [firm.sei.processo(interessados=[one]) for one in (ivo, again)]
    firm.sei.vinculo(ivo, firm.rosa, "S")
    assert firm.vinculos()[0].identity == Cpf("99900001079")
    assert firm.listed(firm.act()) == {processo.numero for processo in some}


@pytest.mark.parametrize("number", [None, 10**12])
def test_of_who_has_no_number_only_the_one_contato_is_looked_at(
    scene: Scene, number: int | None
) -> None:
    firm = Firm(scene)
    ivo = firm.sei.contato("Ivo Reis", cpf=number, natureza="J")
    processo = firm.sei.processo(interessados=[ivo])
    firm.sei.vinculo(ivo, firm.rosa)
    assert firm.vinculos()[0].identity is None
    assert firm.listed(firm.act()) == {processo.numero}


def test_where_the_tables_are_not_nobody_may_act(scene: Scene) -> None:
    firm = Firm(scene)
    key = firm.sei.vinculo(firm.acme, firm.rosa)
    scene.alter("DROP TABLE md_pet_rel_vincrep_protoc")
    assert list_vinculos(scene.tenant, firm.viewer, NOW) is None
    assert firm.find(key) is None


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
