"""Somebody who enters with gov.br, with and without a script: in, up a level, and out again."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Connection, create_engine

from portal.demo.govbr.faults import Fault
from portal.demo.govbr.protocol import Client
from portal.demo.govbr.server import Simulator
from tests.browser.conftest import TENANTS, Axe, OpenPage, Site, serving
from tests.browser.looks import SCREENS, measure

GOVBR = """
[vale-das-acacias.govbr]
issuer = "{issuer}"
client_id = "h-vale.example"
client_secret = "env:GOVBR_SECRET"
catalogo = "{issuer}confiabilidades"
scopes = ["openid", "profile", "govbr_confiabilidades_idtoken", "govbr_empresa"]
api = "{issuer}api"
"""
SECRET = "an-invented-secret"
NOBODY = "/minha-conta"
MINE, DATA, COMPANIES = "/meus-processos", "/meus-dados", "/representacao"


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    server = Simulator()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def entrance(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal that people can enter."""
    tenants = TENANTS + GOVBR.replace("{issuer}", simulator.govbr.issuer)
    tenants = tenants.replace("total_por_minuto", "entradas_por_minuto = 1000\ntotal_por_minuto")
    with serving(tmp_path_factory.mktemp("entrance"), tenants, {"GOVBR_SECRET": SECRET}) as site:
        back = f"{site.address}/entrar/retorno"
        simulator.register(
            Client("h-vale.example", SECRET, frozenset({back}), frozenset({f"{site.address}/saiu"}))
        )
        yield site


@pytest.fixture(autouse=True)
def _well(simulator: Simulator) -> Iterator[None]:
    yield
    simulator.govbr.fail(None)
    simulator.govbr.levels.clear()
    simulator.govbr.consents.clear()


@contextmanager
def changing(site: Site) -> Iterator[Connection]:
    """What somebody does in SEI while others read."""
    engine = create_engine(f"sqlite:///{site.sei}")
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def enter(page: Page, person: str, answer: str = "Autorizar") -> None:
    """From any page: the link, the button, whom to be, and whether to authorise."""
    page.get_by_role("link", name="Entrar", exact=True).click()
    page.get_by_role("button", name="Entrar com gov.br").click()
    page.get_by_role("button", name=person).click()
    page.get_by_role("button", name=answer).click()


@pytest.mark.parametrize("with_script", [True, False])
def test_a_person_enters_raises_their_level_and_leaves(
    open_page: OpenPage, entrance: Site, with_script: bool
) -> None:
    page = open_page(base_url=entrance.address, java_script_enabled=with_script)
    page.goto("/acessibilidade")
    enter(page, "Francisca Alves Nogueira")
    expect(page).to_have_url(f"{entrance.address}/acessibilidade")
    page.get_by_role("link", name="Sua conta: Francisca Alves Nogueira").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Francisca Alves Nogueira")
    expect(page.locator("main")).to_contain_text("bronze")
    expect(page.locator("main")).to_contain_text("***.000.032-**")

    page.get_by_role("link", name="Como aumentar o nível").click()
    page.get_by_role("link", name="Aumentar o nível no gov.br").click()
    page.get_by_role("button", name="Passar para prata").click()
    expect(page).to_have_url(f"{entrance.address}/minha-conta")
    expect(page.locator("main")).to_contain_text("prata")

    page.get_by_role("button", name="Sair").click()
    expect(page).to_have_url(f"{entrance.address}/saiu")
    expect(page.get_by_role("heading", level=1)).to_have_text("Você saiu")
    assert page.context.cookies() == []
    page.go_back()
    expect(page.get_by_text("Francisca")).to_have_count(0)
    page.goto(NOBODY)
    expect(page).to_have_url(f"{entrance.address}/entrar?voltar=/minha-conta")
    page.get_by_role("button", name="Entrar com gov.br").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quem é você?")


@pytest.mark.parametrize("with_script", [True, False])
def test_a_person_reads_copies_and_deletes_what_is_kept_of_them(
    open_page: OpenPage, entrance: Site, with_script: bool
) -> None:
    page = open_page(base_url=entrance.address, java_script_enabled=with_script)
    page.goto("/mapa")
    enter(page, "Paula Ribeiro")
    page.get_by_role("link", name="Sua conta: Paula Ribeiro").click()
    page.get_by_role("link", name="Ver, copiar ou excluir os seus dados").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Seus dados neste portal")
    expect(page.locator("main")).to_contain_text("Entrada com conta prata")
    for button, ending in (("Baixar para ler", ".html"), ("Baixar para programas", ".json")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        assert download.value.suggested_filename.endswith(ending)
        assert "Paula Ribeiro" in download.value.path().read_text("utf-8")

    page.get_by_role("link", name="Excluir a minha conta no portal").click()
    page.get_by_role("button", name="Excluir a conta").click()
    expect(page.get_by_role("alert")).to_contain_text("falta confirmar")
    page.get_by_label("Quero excluir a minha conta").check()
    page.get_by_role("button", name="Excluir a conta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A sua conta no portal foi excluída")
    page.goto(DATA)
    expect(page).to_have_url(f"{entrance.address}/entrar?voltar=/meus-dados")


@pytest.mark.parametrize("with_script", [True, False])
def test_a_partner_acts_for_the_company_and_stops(
    open_page: OpenPage, entrance: Site, with_script: bool
) -> None:
    page = open_page(base_url=entrance.address, java_script_enabled=with_script)
    page.goto(COMPANIES)
    page.get_by_role("button", name="Entrar com gov.br").click()
    page.get_by_role("button", name="Antônio Teixeira").click()
    page.get_by_role("button", name="Autorizar").click()
    expect(page).to_have_url(f"{entrance.address}{COMPANIES}")
    page.get_by_role(
        "button", name="Agir por esta empresa: Padaria Três Irmãos Ltda", exact=True
    ).click()
    acting = page.get_by_role("region", name="Por quem você age")
    expect(acting).to_contain_text("Você está agindo por Padaria Três Irmãos Ltda")
    page.goto("/acessibilidade")
    acting.get_by_role("button", name="Parar de agir por Padaria Três Irmãos Ltda").click()
    expect(acting).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Agora você age por você")
    page.get_by_role("button", name="Sair").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Você saiu")


@pytest.mark.parametrize("with_script", [True, False])
def test_a_procuradora_acts_by_sei_until_it_is_revoked(
    open_page: OpenPage, entrance: Site, with_script: bool
) -> None:
    page = open_page(base_url=entrance.address, java_script_enabled=with_script)
    page.goto("/mapa")
    enter(page, "Camila Araújo")
    page.get_by_role("link", name="Sua conta: Camila Araújo").click()
    page.get_by_role("link", name="Agir por uma empresa ou outra pessoa").click()
    expect(page.locator("main")).to_contain_text("Vale só em 2 processos.")
    expect(page.locator("main")).to_contain_text("Poderes: Acompanhar o processo.")
    page.get_by_role(
        "button", name="Agir por esta empresa: Padaria Três Irmãos Ltda, pelo vínculo"
    ).click()
    acting = page.get_by_role("region", name="Por quem você age")
    expect(acting).to_contain_text("Você está agindo por Padaria Três Irmãos Ltda")
    acting.get_by_role("link", name="Ver os processos").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Processos de Padaria Três Irmãos Ltda"
    )
    expect(page.locator("tbody th a")).to_have_count(1)
    page.get_by_label("Por que está aqui").select_option(label="Pediu ou é parte (interessado)")
    page.get_by_role("button", name="Mostrar", exact=True).click()
    page.locator("tbody th a").click()
    expect(acting).to_contain_text("Você está agindo por")
    # Somebody revokes it in SEI, between two pages.
    with changing(entrance) as sei:
        sei.exec_driver_sql(
            "UPDATE md_pet_vinculo_represent SET sta_estado = 'R' WHERE sta_abrangencia = 'E'"
        )
    page.reload()
    expect(acting).to_contain_text("Você não age mais por Padaria Três Irmãos Ltda")
    expect(acting).to_contain_text("o vínculo no SEI terminou")
    acting.get_by_role("link", name="Conferir de novo").click()
    expect(page.get_by_role("button", name="Agir por esta empresa")).to_have_count(0)
    acting.get_by_role("button", name="Fechar este aviso").click()
    expect(acting).to_have_count(0)
    with changing(entrance) as sei:
        sei.exec_driver_sql(
            "UPDATE md_pet_vinculo_represent SET sta_estado = 'A' WHERE sta_estado = 'R'"
        )


@pytest.mark.parametrize("with_script", [True, False])
def test_the_end_of_a_session_is_told_and_put_off_by_one_press(
    open_page: OpenPage, entrance: Site, with_script: bool
) -> None:
    page = open_page(base_url=entrance.address, java_script_enabled=with_script)
    page.goto("/mapa")
    enter(page, "Letícia Gonçalves")
    notice = page.get_by_role("region", name="Fim da sessão")
    expect(page.get_by_role("button", name="Sair")).to_be_visible()
    expect(notice).to_have_count(0)
    page.wait_for_load_state()
    page.evaluate("document.getAnimations().forEach(one => one.finish())")
    expect(notice).to_contain_text("A sua sessão termina em 2 minutos")
    if with_script:
        expect(page.locator("#anuncio")).to_contain_text("A sua sessão termina em 2 minutos")
    notice.get_by_role("button", name="Continuar").click()
    expect(notice).to_have_count(0)
    expect(page).to_have_url(f"{entrance.address}/mapa")
    if with_script:
        expect(page.locator("#anuncio")).to_have_text("A sua sessão continua")


@pytest.mark.parametrize("person", ["Maria Aparecida Ferreira", "João Batista de Souza"])
def test_the_bar_of_who_is_signed_in_takes_one_line_of_a_phone(
    open_page: OpenPage, entrance: Site, person: str
) -> None:
    page = open_page(base_url=entrance.address)
    page.goto("/mapa")
    enter(page, person)
    page.goto("/")
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        tops = measure(page, "bar")
        assert len(tops) == 5
        assert max(tops) - min(tops) < 1, width
        assert measure(page, "small_targets") == []
        expect(page.get_by_role("link", name=f"Sua conta: {person}")).to_be_visible()


@pytest.mark.parametrize("with_script", [True, False])
def test_who_does_not_authorise_reads_why_and_goes_on(
    open_page: OpenPage, entrance: Site, with_script: bool
) -> None:
    page = open_page(base_url=entrance.address, java_script_enabled=with_script)
    page.goto("/mapa")
    enter(page, "José Carlos Moreira", "Negar")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("o uso dos dados não foi autorizado")
    if with_script:
        expect(alert).to_be_focused()
    page.get_by_role("link", name="Continuar sem entrar").click()
    expect(page).to_have_url(f"{entrance.address}/mapa")


def test_a_gov_br_that_fails_leaves_the_person_where_they_can_go_on(
    open_page: OpenPage, entrance: Site, simulator: Simulator
) -> None:
    page = open_page(base_url=entrance.address)
    simulator.govbr.fail(Fault.ERROR)
    page.goto("/mapa")
    enter(page, "José Carlos Moreira")
    expect(page.get_by_role("alert")).to_contain_text("o gov.br não respondeu")
    simulator.govbr.fail(None)
    page.get_by_role("button", name="Entrar com gov.br").click()
    expect(page).to_have_url(f"{entrance.address}/mapa")
    expect(page.get_by_role("link", name="Sua conta: José Carlos Moreira")).to_be_visible()


def test_a_second_browser_is_seen_and_ended(open_page: OpenPage, entrance: Site) -> None:
    one, other = (open_page(base_url=entrance.address) for _ in range(2))
    for page in (one, other):
        page.goto("/mapa")
        page.get_by_role("link", name="Entrar", exact=True).click()
        page.get_by_role("button", name="Entrar com gov.br").click()
        page.get_by_role("button", name="Antônio Teixeira").click()
        if page is one:
            page.get_by_role("button", name="Autorizar").click()
        expect(page).to_have_url(f"{entrance.address}/mapa")
    one.goto(NOBODY)
    one.get_by_role("button", name="Encerrar Chrome").click()
    expect(one.get_by_role("button", name="Encerrar Chrome")).to_have_count(0)
    other.goto(NOBODY)
    expect(other).to_have_url(f"{entrance.address}/entrar?voltar=/minha-conta")


@pytest.mark.parametrize("with_script", [True, False])
def test_a_person_finds_a_processo_that_was_opened_to_them(
    open_page: OpenPage, entrance: Site, with_script: bool
) -> None:
    page = open_page(base_url=entrance.address, java_script_enabled=with_script)
    page.goto("/mapa")
    enter(page, "Maria Aparecida Ferreira")
    page.get_by_role("link", name="Sua conta: Maria Aparecida Ferreira").click()
    page.get_by_role("link", name="Ver meus processos").click()
    expect(page.get_by_role("heading", name="Você precisa agir")).to_be_visible()
    page.get_by_label("Por que é seu").select_option(
        label="O órgão abriu para você (acesso externo)"
    )
    page.get_by_role("button", name="Mostrar", exact=True).click()
    opened = page.locator("tbody th a")
    expect(opened).to_have_count(1)
    address = f"{entrance.address}{opened.get_attribute('href')}"
    opened.click()
    expect(page).to_have_url(address)
    expect(page.get_by_role("link", name="Relatório")).to_be_visible()
    page.get_by_role("button", name="Sair").click()
    page.goto(address)
    expect(page.get_by_role("link", name="Relatório")).to_have_count(0)


@pytest.mark.parametrize(
    ("person", "paths"),
    [
        ("Maria Aparecida Ferreira", (MINE, f"{MINE}?motivo=remetente", DATA, "/")),
        (
            "Vicente Carvalho",
            (NOBODY, "/minha-conta/nivel", f"{DATA}/excluir", COMPANIES, MINE, "/saiu"),
        ),
        ("Camila Araújo", (COMPANIES, MINE, f"{MINE}?motivo=remetente", DATA)),
    ],
)
def test_axe_finds_nothing_on_pages_of_who_is_signed_in(
    open_page: OpenPage,
    entrance: Site,
    axe: Axe,
    person: str,
    paths: Sequence[str],
) -> None:
    page = open_page(base_url=entrance.address)
    page.goto("/mapa")
    enter(page, person)
    if person != "Maria Aparecida Ferreira":
        page.goto(COMPANIES)
        page.get_by_role("button", name="Agir por").first.click()
    expect(page.get_by_role("button", name="Sair")).to_be_visible()
    found: list[str] = []
    for path in paths:
        page.goto(path)
        found += [f"{path}, {line}" for line in axe(page)]
        for screen, size in SCREENS.items():
            page.set_viewport_size(size)
            # The name in the bar is cut on a phone; the page that it leads to has it whole.
            faults = [fault for fault in measure(page, "faults") if "<span.quem>" not in fault]
            found += [f"{path}, {screen}: {fault}" for fault in faults]
    assert not found, "\n".join(found)
