"""`flask sei check`: what it finds in a good SEI, in other versions, and in one not so good."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, event, make_url, select, text
from sqlalchemy.engine import Engine

from portal.cli import register
from portal.demo.builder import SeiBuilder
from portal.numero import NumeroProtocolo
from portal.readonly import reading
from portal.sei import service
from portal.sei.checkup import Finding, Level, check, plans
from portal.sei.installation import Installation, installation_of
from portal.sei.tables import contato, protocolo
from portal.tenancy import Encarregado, Tenant, Visibilidade
from tests.app import TENANTS, MakeApp
from tests.integration.engines import WALL_CLOCK, Kind, new_database, server_url, writing
from tests.integration.moulds import Moulds, Recipe
from tests.integration.sei.statements import list_builders

ACCOUNT = "portal_test_leitor"
SECRET = "segredo-da-conta"


def tenant_on(url: URL, **changes: object) -> Tenant:
    tenant = Tenant(
        slug="vale",
        nome="Vale das Acácias",
        hosts=("vale.example",),
        endereco="https://vale.example",
        cor="#1351b4",
        encarregado=Encarregado("Ana Lima", "dpo@vale.example"),
        sei_url=url,
    )
    return replace(tenant, **changes)  # type: ignore[arg-type]


def examine(url: URL, **changes: object) -> list[Finding]:
    """Every finding, by the true clock: the server's is compared with it."""
    return list(check(tenant_on(url, **changes), lambda: datetime.now(UTC)))


def about(findings: list[Finding], subject: str) -> list[Finding]:
    return [finding for finding in findings if finding.subject == subject]


def worst(findings: list[Finding]) -> Level:
    order = list(Level)
    return max((finding.level for finding in findings), key=order.index)


@pytest.fixture
def spoilt(moulds: Moulds) -> Iterator[Callable[..., URL]]:
    """A demo on SQLite, after somebody did something to it."""
    with moulds.copy(Recipe("sqlite")) as url:

        def spoil(*statements: str) -> URL:
            with writing(url) as connection:
                for statement in statements:
                    connection.execute(text(statement))
            return url

        yield spoil


# A SEI that is well


def test_a_good_sei_has_no_failure_and_every_subject(sei_url: URL) -> None:
    findings = examine(sei_url)
    assert [f for f in findings if f.level is Level.FAIL] == []
    subjects = {finding.subject for finding in findings}
    assert {
        "conexão", "rede", "SEI", "relógio", "módulos", "codificação", "conta", "índices",
        "data de corte", "órgãos", "estados dos protocolos", "níveis de acesso dos processos",
        "números",
        "espécies de documento", "associações entre protocolos", "participações",
        "acessos externos", "assinaturas", "tarefas de módulos", "código CRC",
        "consulta processo", "consulta andamentos, mais novos primeiro, tudo",
        "consulta documentos", "consulta conteúdo", "consulta autenticidade", "arquivos",
    } <= subjects  # fmt: skip


def test_the_genuine_database_is_as_good(genuine_url: URL) -> None:
    findings = examine(genuine_url)
    assert [f for f in findings if f.level is Level.FAIL] == []
    assert about(findings, "índices")[0].level is Level.OK
    # Those that the demo gives to its people.
    assert about(findings, "acessos externos")[0].text == "como esperado em 4"


def test_other_versions_are_told_apart_and_are_as_good(variant_url: URL) -> None:
    findings = examine(variant_url)
    failures = [f for f in findings if f.level is Level.FAIL]
    # The demo says which modules it has, also where their tables were left out.
    assert all(f.subject == "módulos" for f in failures)
    assert about(findings, "índices")[0].level is Level.OK


def test_every_query_of_the_portal_is_explained() -> None:
    listed = {
        question
        for _, question in plans.list_questions(
            Installation(), tenant_on(URL.create("sqlite", database="sei.db"))
        )
    }
    tables = {builder.__name__ for builder in list_builders()}
    named = {
        name
        for module in (
            plans.andamentos,
            plans.choices,
            plans.conteudos,
            plans.documentos,
            plans.endings,
            plans.acessos,
            plans.contatos,
            plans.participations,
            plans.peticoes,
            plans.vinculos,
            plans.filings,
            plans.found,
            plans.interessados,
            plans.links,
            plans.matches,
            plans.names,
            plans.parametros,
            plans.processos,
            plans.signed,
            plans.stays,
            plans.walks,
        )
        for name in vars(module)
        if name.startswith("select_")
    }
    assert tables == named, "portal/sei/checkup/plans.py does not know a module of queries"
    assert len(listed) >= len(tables), "add the new query to plans.list_questions"


CITY = '[tarefa.65]\nfrase = "Nota"\nprincipal = false\n'


@pytest.mark.parametrize("consulta_processual", [False, True])
def test_what_is_explained_is_what_this_tenant_s_pages_send(
    sei_url: URL, sei_engine: Engine, tmp_path: Path, consulta_processual: bool
) -> None:
    """The option and the city's own words are in the SELECT, and so in its plan."""
    own = tmp_path / "tarefas.toml"
    own.write_text(CITY, "utf-8")
    options = Visibilidade(consulta_processual=consulta_processual)
    tenant = replace(tenant_on(sei_url), visibilidade=options, tarefas=own)
    with reading(sei_engine) as sei:
        chave = sei.scalar(
            select(protocolo.c.protocolo_formatado_pesquisa).where(
                protocolo.c.sta_protocolo == "P", protocolo.c.sta_nivel_acesso_global == "0"
            )
        )
        installation = installation_of(sei)
    assert chave
    sent = []
    event.listen(
        tenant.sei,
        "before_cursor_execute",
        lambda *given: sent.append(given[4].invoked_statement),
    )
    for main_only in (False, True):
        service.track(
            tenant, NumeroProtocolo(chave), now=datetime.now(tenant.fuso), main_only=main_only
        )
    tenant.sei.dispose()
    history = {statement for statement in sent if "atributo_andamento" in str(statement)}
    assert len(history) == 2
    assert history <= {question for _, question in plans.list_questions(installation, tenant)}


def test_it_writes_nothing_and_tells_nothing_of_people(sei_url: URL, sei_engine: Engine) -> None:
    told = "\n".join(finding.text for finding in examine(sei_url))
    with reading(sei_engine) as sei:
        people = sei.execute(select(contato.c.nome, contato.c.cpf)).all()
    assert people
    for nome, cpf in people:
        assert nome not in told
        assert cpf is None or str(cpf) not in told


# An account that is too strong, or too weak


@pytest.fixture(params=["mariadb", "postgres"])
def weak_account(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[URL, Connection]]:
    """A SEI seen by an account that may only read, and a connection that may grant."""
    kind: Kind = request.param
    with new_database(kind, folder) as url, writing(server_url(kind)) as operator:
        with writing(url) as connection:
            SeiBuilder(connection, now=WALL_CLOCK, create=True).flush()
        name = f"{ACCOUNT}_{url.database}"[-32:]
        if kind == "mariadb":
            create = [
                f"CREATE USER {name} IDENTIFIED BY '{SECRET}'",
                f"GRANT SELECT ON {url.database}.* TO {name}",
            ]
            drop = [f"DROP USER {name}"]
        else:
            create = [f"CREATE ROLE {name} LOGIN PASSWORD '{SECRET}'"]
            drop = [f"DROP ROLE {name}"]
        for statement in create:
            operator.execute(text(statement))
        operator.commit()
        if kind == "postgres":
            with writing(url) as owner:
                owner.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}"))
        yield url.set(username=name, password=SECRET), operator
        if kind == "postgres":
            with writing(url) as owner:
                owner.execute(text(f"DROP OWNED BY {name}"))
        for statement in drop:
            operator.execute(text(statement))


def test_an_account_that_may_only_read_is_well(weak_account: tuple[URL, Connection]) -> None:
    findings = examine(weak_account[0])
    assert [f for f in findings if f.level is Level.FAIL] == []
    assert about(findings, "conta") == [Finding(Level.OK, "conta", "só pode ler")]
    assert SECRET not in "\n".join(finding.text for finding in findings)


WRITERS = {
    "of a table": ("GRANT INSERT ON protocolo TO {account}",),
    "of a column": ("GRANT INSERT (id_protocolo) ON protocolo TO {account}",),
    "by a role": ("GRANT INSERT ON protocolo TO {role}", "GRANT {role} TO {account}"),
    "by a role's role": (
        "GRANT INSERT (id_protocolo) ON protocolo TO {other}",
        "GRANT {other} TO {role}",
        "GRANT {role} TO {account}",
    ),
}
DEFAULT = {"mysql": "SET DEFAULT ROLE {role} FOR {account}", "postgresql": "SELECT 1"}
NO_DEFAULT = {"mysql": "SELECT 1", "postgresql": "ALTER ROLE {account} NOINHERIT"}


@contextmanager
def granted(url: URL, operator: Connection, *statements: str) -> Iterator[None]:
    """Two roles, and what makes the account more than it was."""
    names = {"account": url.username, "role": f"{url.database}_r", "other": f"{url.database}_s"}
    owner_url = operator.engine.url.set(database=url.database)
    with writing(owner_url) as owner:
        for statement in ("CREATE ROLE {role}", "CREATE ROLE {other}", *statements):
            owner.execute(text(statement.format(**names)))
    yield
    with writing(owner_url) as owner:
        for role in (names["role"], names["other"]):
            if url.get_backend_name() == "postgresql":
                owner.execute(text(f"DROP OWNED BY {role}"))
            owner.execute(text(f"DROP ROLE {role}"))


@pytest.mark.parametrize("how", WRITERS)
def test_an_account_that_could_write_is_a_warning(
    weak_account: tuple[URL, Connection], how: str
) -> None:
    url, operator = weak_account
    more = (DEFAULT[url.get_backend_name()],) if "role" in how else ()
    with granted(url, operator, *WRITERS[how], *more):
        (finding,) = about(examine(url), "conta")
    assert finding.level is Level.WARN
    assert finding.text.startswith("pode gravar (INSERT")


def test_a_role_that_must_first_be_taken_is_a_warning(
    weak_account: tuple[URL, Connection],
) -> None:
    """PostgreSQL tells what it may do; MariaDB only who has taken it."""
    url, operator = weak_account
    kind = url.get_backend_name()
    with granted(url, operator, *WRITERS["by a role"], NO_DEFAULT[kind]):
        (finding,) = about(examine(url), "conta")
    assert finding.level is Level.WARN
    said = {"mysql": f"não se veem (`{url.database}_r`)", "postgresql": "INSERT em protocolo"}
    assert said[kind] in finding.text


def test_a_role_that_only_reads_is_well(weak_account: tuple[URL, Connection]) -> None:
    url, operator = weak_account
    reads = ("GRANT SELECT ON protocolo TO {role}", "GRANT {role} TO {account}")
    with granted(url, operator, *reads, DEFAULT[url.get_backend_name()]):
        assert about(examine(url), "conta") == [Finding(Level.OK, "conta", "só pode ler")]


def test_an_owner_could_write(sei_url: URL) -> None:
    (finding,) = about(examine(sei_url), "conta")
    expected = Level.OK if sei_url.get_backend_name() == "sqlite" else Level.WARN
    assert finding.level is expected


# A SEI that is not well


def test_another_database_is_not_taken_for_a_sei(tmp_path: Path) -> None:
    with new_database("sqlite", tmp_path) as url:
        with writing(url) as connection:
            connection.execute(text("CREATE TABLE protocolo (id_protocolo int)"))
        findings = examine(url)
    assert findings[-1].level is Level.FAIL
    assert findings[-1].subject == "SEI"


def test_a_sei_that_is_away_is_the_only_finding() -> None:
    findings = examine(make_url("postgresql://sei:segredo@127.0.0.1:1/sei"))
    assert [(f.level, f.subject) for f in findings] == [(Level.FAIL, "conexão")]
    assert "segredo" not in findings[0].text


@pytest.mark.parametrize(
    ("statement", "subject", "level", "words"),
    [
        ("DROP INDEX fk_atividade_protocolo", "índices", Level.OK, "usa existem"),
        ("DROP INDEX i15_protocolo", "índices", Level.WARN, "protocolo_formatado_pesquisa"),
        ("DROP TABLE md_pet_int_aceite", "módulos", Level.FAIL, "md_pet_int_aceite"),
        ("DROP TABLE md_pesq_parametro", "módulos", Level.FAIL, "Pesquisa Pública"),
        (
            "UPDATE md_pesq_parametro SET valor = '01/01/2026' WHERE nome = 'DATA_CORTE'",
            "data de corte",
            Level.FAIL,
            "“01/01/2026”",
        ),
        (
            "UPDATE md_pesq_parametro SET valor = '2026-01-01' WHERE nome = 'DATA_CORTE'",
            "data de corte",
            Level.OK,
            "2026-01-01",
        ),
        (
            "UPDATE protocolo SET sta_estado = '9' WHERE id_protocolo = 1",
            "estados dos protocolos",
            Level.WARN,
            "P/9 em 1",
        ),
        (
            "UPDATE protocolo SET sta_nivel_acesso_global = '0', sta_nivel_acesso_local = '1' "
            "WHERE id_protocolo = 1",
            "níveis de acesso dos processos",
            Level.WARN,
            "1/0 em 1",
        ),
        (
            "UPDATE protocolo SET sta_nivel_acesso_global = '2' WHERE id_protocolo = 1",
            "níveis de acesso dos documentos",
            Level.WARN,
            "diferente do de seu processo",
        ),
        (
            "UPDATE tarefa SET sin_historico_resumido = 'N' "
            "WHERE id_tarefa_modulo = 'PEN_PROCESSO_EXPEDIDO'",
            "tarefas de módulos",
            Level.WARN,
            "PEN_PROCESSO_EXPEDIDO",
        ),
        (
            "UPDATE documento_conteudo SET crc_assinatura = '00000000'",
            "código CRC",
            Level.WARN,
            "não confere",
        ),
        (
            "UPDATE atividade SET dth_abertura = '2099-01-01 00:00:00' WHERE id_atividade = 1",
            "relógio",
            Level.WARN,
            "no futuro",
        ),
    ],
)
def test_what_is_odd_is_named(
    spoilt: Callable[..., URL], statement: str, subject: str, level: Level, words: str
) -> None:
    found = about(examine(spoilt(statement)), subject)
    assert worst(found) is level
    assert words in " ".join(finding.text for finding in found)


def test_a_table_read_whole_is_a_warning(
    spoilt: Callable[..., URL], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "LARGE", 100)
    doomed = ("fk_atividade_protocolo", "fk_atividade_unidade", "i06_atividade", "i17_atividade")
    url = spoilt(*(f"DROP INDEX {index}" for index in doomed))
    (finding,) = about(examine(url), "consulta passagens")
    assert finding.level is Level.WARN
    assert "atividade" in finding.text


def test_clocks_that_differ_are_a_warning(sei_url: URL) -> None:
    def late() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=3)

    found = about(list(check(tenant_on(sei_url), late)), "relógio")
    assert found[0].level is Level.WARN
    assert re.search(r"\b1[78]\d s", found[0].text)


def test_an_orgao_that_does_not_exist_is_a_failure_and_0_does(sei_url: URL) -> None:
    assert worst(about(examine(sei_url, orgaos=frozenset({0})), "órgãos")) is not Level.FAIL
    found = about(examine(sei_url, orgaos=frozenset({0, 77})), "órgãos")
    assert found[0] == Finding(Level.FAIL, "órgãos", "orgaos = [77] não existe; há 0, 1")


CONSULTA = Visibilidade(consulta_processual=True)


def test_the_history_that_is_shown_is_told(sei_url: URL) -> None:
    [found] = about(examine(sei_url), "etapas mostradas")
    assert found.text == "as do histórico resumido"
    [found] = about(examine(sei_url, visibilidade=CONSULTA), "etapas mostradas")
    assert found.level is Level.OK
    assert found.text.startswith("as da Consulta Processual (")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("ALTER TABLE tarefa DROP COLUMN sin_consulta_processual", "este SEI não tem essa marca"),
        ("UPDATE tarefa SET sin_consulta_processual = 'N'", "nenhuma tarefa está marcada"),
    ],
)
def test_an_option_that_this_sei_cannot_follow_is_a_warning(
    spoilt: Callable[..., URL], statement: str, words: str
) -> None:
    [found] = about(examine(spoilt(statement), visibilidade=CONSULTA), "etapas mostradas")
    assert found.level is Level.WARN
    assert words in found.text


# The command


@pytest.fixture
def run(make_app: MakeApp) -> Callable[..., tuple[int, str]]:
    def run_on(sei: str, *arguments: str) -> tuple[int, str]:
        app = make_app(TENANTS.replace("sqlite:///sei.db", sei))
        register(app)
        result = app.test_cli_runner().invoke(args=["sei", "check", *arguments])
        return result.exit_code, result.output

    return run_on


def test_the_command_ends_with_0_when_all_is_well(
    spoilt: Callable[..., URL], run: Callable[..., tuple[int, str]]
) -> None:
    status, output = run(f"sqlite:///{spoilt().database}")
    assert status == 0, output
    assert output.startswith("Prefeitura de Vale das Acácias (acacias)")
    assert "0 falha" in output


def test_the_command_ends_with_1_when_something_failed(
    tmp_path: Path, run: Callable[..., tuple[int, str]]
) -> None:
    status, output = run(f"sqlite:///{tmp_path}/nada.db", "--tenant", "acacias")
    assert status == 1
    assert "1 falha" in output


def test_the_command_fits_a_terminal_of_eighty_columns(
    spoilt: Callable[..., URL], run: Callable[..., tuple[int, str]]
) -> None:
    _, output = run(f"sqlite:///{spoilt('DELETE FROM documento_conteudo').database}")
    lines = output.splitlines()
    assert max(len(line) for line in lines if "@" not in line and "://" not in line) <= 80
    starts = {line[:9] for line in lines[1:-1]}
    assert starts <= {"  ok     ", "  aviso  ", "  falha  ", " " * 9}


def test_the_command_names_the_tenants_it_knows(
    tmp_path: Path, run: Callable[..., tuple[int, str]]
) -> None:
    status, output = run(f"sqlite:///{tmp_path}/nada.db", "--tenant", "outro")
    assert status == 2
    assert "há acacias" in output
