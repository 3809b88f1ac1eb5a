from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from portal.errors import ConfigurationError
from portal.tenancy import Tenant, read_tenants

TENANT = {
    "nome": '"Prefeitura de Vale das Acácias"',
    "hosts": '["protocolo.exemplo.mg.gov.br"]',
    "endereco": '"https://protocolo.exemplo.mg.gov.br"',
    "cor": '"#1351b4"',
    "encarregado": '{ nome = "Maria", email = "maria@exemplo.mg.gov.br" }',
    "sei": '"mysql://portal@banco/sei"',
}
SECRETS = {"SEI_URL": "mysql://portal:se%40nha@banco/sei", "SEI_SENHA": "se@nha/1"}
THREADS = 8
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)


def read(folder: Path, text: str) -> list[Tenant]:
    path = folder / "tenants.toml"
    path.write_text(text, "utf-8")
    return list(read_tenants(path, SECRETS, THREADS))


def read_one(folder: Path, slug: str = "acacias", **changes: str | None) -> Tenant:
    """A tenant with these keys changed, or left out when None."""
    entry = {key: value for key, value in (TENANT | changes).items() if value is not None}
    lines = (f"{key} = {value}" for key, value in entry.items())
    [tenant] = read(folder, f"[{slug}]\n" + "\n".join(lines))
    return tenant


def test_the_example_in_the_documentation_is_valid(pytestconfig: pytest.Config) -> None:
    example = pytestconfig.rootpath / "docs" / "tenants.example.toml"
    [tenant] = read_tenants(example, SECRETS, THREADS)
    assert tenant.slug == "valedasacacias"
    assert tenant.contato.telefone == "(31) 3000-0001"


def test_the_example_has_every_key_there_is(pytestconfig: pytest.Config) -> None:
    from portal.tenancy import Contato, Encarregado, Limites, Visibilidade
    from portal.tenancy.govbr import GovbrEntry
    from portal.tenancy.toml import _Entry

    example = (pytestconfig.rootpath / "docs" / "tenants.example.toml").read_text("utf-8")
    for struct in (_Entry, Encarregado, Contato, Visibilidade, Limites, GovbrEntry):
        for name in struct.__struct_fields__:
            assert name in example


def test_what_is_not_given_has_a_default(tmp_path: Path) -> None:
    tenant = read_one(tmp_path)
    assert tenant.orgaos == frozenset()
    assert tenant.fuso == ZoneInfo("America/Sao_Paulo")
    assert tenant.visibilidade.mostra_restritos
    assert not tenant.visibilidade.andamentos_de_restritos
    assert tenant.limites.faltas_por_10_minutos == 20
    assert tenant.brasao is None
    assert tenant.mascaras == ()


def test_everything_that_is_given_is_read(tmp_path: Path) -> None:
    (tmp_path / "brasao.svg").write_text(SVG.format(""), "utf-8")
    (tmp_path / "tarefas.toml").write_text("")
    tenant = read_one(
        tmp_path,
        cor='"#ABCDEF"',
        orgaos="[0, 2]",
        brasao='"brasao.svg"',
        visibilidade="{ mostra_restritos = false, data_corte = 2020-01-31 }",
        limites="{ total_por_minuto = 50 }",
        mascaras='["@cod_unidade_sei_05d@.@seq_anual_cod_unidade_sei_06d@/@ano_4d@"]',
        fuso='"America/Rio_Branco"',
        repositorio='"/mnt/sei"',
        pesquisa='"https://sei.exemplo.mg.gov.br/pesquisa"',
        usuario_externo='"https://sei.exemplo.mg.gov.br/sei/controlador_externo.php?acao=entrar"',
        contato='{ telefone = "156" }',
        tarefas='"tarefas.toml"',
        sei_conexoes="3",
    )
    assert tenant.cor == "#abcdef"
    assert tenant.orgaos == {0, 2}
    assert tenant.brasao is not None
    assert tenant.brasao.mimetype == "image/svg+xml"
    assert tenant.visibilidade.data_corte == date(2020, 1, 31)
    assert not tenant.visibilidade.mostra_restritos
    assert tenant.limites.total_por_minuto == 50
    assert len(tenant.mascaras) == 1
    assert tenant.fuso == ZoneInfo("America/Rio_Branco")
    assert tenant.repositorio == Path("/mnt/sei")
    assert read_one(tmp_path, repositorio='"arquivos"').repositorio == tmp_path / "arquivos"
    assert tenant.contato.telefone == "156"
    assert tenant.tarefas == tmp_path / "tarefas.toml"
    assert tenant.sei_conexoes == 3


@pytest.mark.parametrize(("threads", "connections"), [(8, 4), (3, 1), (1, 1)])
def test_half_of_the_threads_may_wait_for_one_sei(
    tmp_path: Path, threads: int, connections: int
) -> None:
    read_one(tmp_path)
    [tenant] = read_tenants(tmp_path / "tenants.toml", SECRETS, threads)
    assert tenant.sei_conexoes == connections


def test_two_seis_that_freeze_leave_half_of_the_threads(tmp_path: Path) -> None:
    read_one(tmp_path)
    one = (tmp_path / "tenants.toml").read_text("utf-8")
    other = one.replace("acacias", "ipes").replace("protocolo.", "ipes.")
    assert [tenant.sei_conexoes for tenant in read(tmp_path, f"{one}\n{other}")] == [2, 2]


def test_the_whole_address_of_sei_may_be_a_secret(tmp_path: Path) -> None:
    assert read_one(tmp_path, sei='"env:SEI_URL"').sei_url.password == "se@nha"


def test_the_password_alone_may_be_a_secret_and_needs_no_escaping(tmp_path: Path) -> None:
    assert read_one(tmp_path, sei_senha='"env:SEI_SENHA"').sei_url.password == "se@nha/1"


def test_a_secret_is_not_in_what_python_prints_of_a_tenant(tmp_path: Path) -> None:
    tenant = read_one(tmp_path, sei='"env:SEI_URL"')
    assert "nha" not in repr(tenant)
    assert "banco" not in repr(tenant)


def test_a_file_of_sqlite_is_looked_for_beside_tenants_toml(tmp_path: Path) -> None:
    assert read_one(tmp_path, sei='"sqlite:///sei.db"').sei_url.database == f"{tmp_path}/sei.db"


def test_loopback_needs_no_https_and_need_not_be_among_the_hosts(tmp_path: Path) -> None:
    tenant = read_one(tmp_path, endereco='"http://127.0.0.1:8000/"')
    assert tenant.endereco == "http://127.0.0.1:8000"
    assert not tenant.https


def test_a_png_is_taken_as_a_brasao(tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(PNG)
    tenant = read_one(tmp_path, brasao='"b.png"')
    assert tenant.brasao is not None
    assert tenant.brasao.mimetype == "image/png"
    assert tenant.brasao.conteudo == PNG


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"nome": None}, "acacias.nome: falta esta chave; esperava um texto, como"),
        ({"nome": "3"}, "acacias.nome: esperava um texto entre aspas, recebeu um número inteiro"),
        ({"nome": '"  "'}, "acacias.nome: esperava um texto de uma linha"),
        ({"nome": '"a\\nb"'}, "acacias.nome: esperava um texto de uma linha"),
        ({"hosts": '"x.br"'}, "acacias.hosts: esperava uma lista, como [0, 1], recebeu um"),
        ({"hosts": "[]"}, "acacias.hosts: esperava uma lista"),
        (
            {"hosts": '["X.br"]'},
            "acacias.hosts[0]: esperava um nome em minúsculas e sem porta, rec",
        ),
        ({"hosts": '["x.br:80"]'}, 'sem porta, recebeu "x.br:80"'),
        ({"hosts": '["x.br", "x.br"]'}, "acacias.hosts: há um nome repetido"),
        ({"hosts": '["https://x.br"]'}, "acacias.hosts[0]"),
        ({"hosts": '["x.br", 1]'}, "acacias.hosts[1]: esperava um texto entre aspas"),
        ({"endereco": '"http://protocolo.exemplo.mg.gov.br"'}, "esperava um endereço com https://"),
        ({"endereco": '"https://outro.mg.gov.br"'}, '"outro.mg.gov.br" não está em hosts'),
        ({"endereco": '"https://protocolo.exemplo.mg.gov.br/x"'}, "e nada depois"),
        ({"endereco": '"https://a:b@protocolo.exemplo.mg.gov.br"'}, "acacias.endereco: esperava"),
        ({"endereco": '"https://[::1"'}, "acacias.endereco: esperava um endereço"),
        ({"endereco": '"https://protocolo.exemplo.mg.gov.br:x"'}, "acacias.endereco"),
        ({"cor": '"azul"'}, 'acacias.cor: esperava uma cor, como "#1351b4", recebeu "azul"'),
        ({"cor": '"#12345"'}, "acacias.cor"),
        (
            {"encarregado": None},
            "acacias.encarregado: falta esta chave; esperava uma tabela",
        ),
        (
            {"encarregado": '{ nome = "M" }'},
            "acacias.encarregado.email: falta esta chave",
        ),
        (
            {"encarregado": '{ nome = "M", email = "m" }'},
            "acacias.encarregado.email: esperava um",
        ),
        ({"encarregado": '{ nome = "", email = "m@x.br" }'}, "acacias.encarregado.nome: esperava"),
        ({"encarregado": '"Maria"'}, "acacias.encarregado: esperava uma tabela, recebeu um texto"),
        ({"sei": '"nada"'}, "acacias.sei: esperava um endereço de banco"),
        ({"sei": '"ftp://x/y"'}, "acacias.sei: esperava um endereço de banco"),
        ({"sei": '"env:NADA"'}, "acacias.sei: falta a variável de ambiente NADA"),
        (
            {"sei": '"mysql://portal:senha@banco/sei"'},
            "sei: a senha não fica neste arquivo",
        ),
        (
            {"sei_senha": '"senha"'},
            "acacias.sei_senha: esperava o nome de uma variável, como",
        ),
        ({"sei_senha": '"env:NADA"'}, "acacias.sei_senha: falta a variável de ambiente NADA"),
        ({"sei_conexoes": "0"}, "acacias.sei_conexoes: esperava um número maior que zero"),
        ({"sei_conexoes": "8"}, "acacias.sei_conexoes: esperava menos que PORTAL_THREADS (8)"),
        ({"orgaos": '["0"]'}, "acacias.orgaos[0]: esperava um número inteiro"),
        ({"orgaos": "[-1]"}, "acacias.orgaos: esperava id_orgao, de 0 para cima, recebeu -1"),
        (
            {"visibilidade": "{ mostra_tudo = true }"},
            "acacias.visibilidade.mostra_tudo: chave",
        ),
        (
            {"visibilidade": '{ mostra_restritos = "sim" }'},
            "esperava true ou false, recebeu",
        ),
        ({"visibilidade": '{ data_corte = "ontem" }'}, "acacias.visibilidade.data_corte"),
        (
            {"limites": "{ total_por_minuto = 0 }"},
            "acacias.limites.total_por_minuto: esperava",
        ),
        ({"mascaras": '["@ano_9d@"]'}, "acacias.mascaras[0]: @ano_9d@ não é uma variável do SEI"),
        (
            {"fuso": '"Marte/Base"'},
            'acacias.fuso: esperava um fuso como "America/Sao_Paulo"',
        ),
        ({"fuso": '"../etc/passwd"'}, "acacias.fuso"),
        (
            {"repositorio": '"/"'},
            "acacias.repositorio: esperava a pasta dos arquivos do SEI",
        ),
        ({"pesquisa": '"sei.br"'}, "acacias.pesquisa: esperava um endereço com https://"),
        ({"pesquisa": '"javascript:alert(1)"'}, "acacias.pesquisa"),
        (
            {"usuario_externo": '"http://sei.br/sei"'},
            "acacias.usuario_externo: esperava um endereço com https://",
        ),
        ({"usuario_externo": '"javascript:alert(1)"'}, "acacias.usuario_externo"),
        ({"tarefas": '"nada.toml"'}, 'acacias.tarefas: não há o arquivo "nada.toml"'),
        ({"tarefas": '"../fora.toml"'}, "acacias.tarefas: esperava um arquivo dentro de"),
        ({"brasao": '"/etc/hostname"'}, "acacias.brasao: esperava um arquivo dentro de"),
        ({"brasão": '"b.svg"'}, "tenants.toml: não é TOML válido na linha "),
        ({"brazao": '"b.svg"'}, 'acacias.brazao: chave desconhecida; você quis dizer "brasao"?'),
        ({"slug": "Vale-Das"}, "Vale-Das: o nome da tabela deve ter"),
    ],
)
def test_a_mistake_is_named_by_its_key_and_says_what_was_expected(
    tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_one(tmp_path, **changes)
    assert str(raised.value).startswith("tenants.toml: ")
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a", "esperava uma imagem SVG ou PNG"),
        (b"<html></html>", "esperava uma imagem SVG ou PNG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30_000), "esperava no máximo 30 kB, recebeu 31 kB"),
        (SVG.format("<script>alert(1)</script>").encode(), "o SVG tem <script>"),
        (SVG.format("<foreignObject/>").encode(), "o SVG tem <foreignobject>"),
        (SVG.format('<path onload="x()"/>').encode(), "o SVG tem o atributo onload"),
        (SVG.format('<image href="https://x/y.png"/>').encode(), "o SVG aponta para fora em href"),
        (SVG.format('<a href="javascript:x()"/>').encode(), "o SVG aponta para fora em href"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;").encode(), "declara entidades"),
    ],
)
def test_a_brasao_that_could_run_or_fetch_something_is_refused(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "b.svg").write_bytes(content)
    with pytest.raises(ConfigurationError, match="brasao") as raised:
        read_one(tmp_path, brasao='"b.svg"')
    assert said in str(raised.value)


def test_a_wrong_address_with_a_password_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_one(tmp_path, sei='"mysqlx://portal:hunter2@banco/sei"')
    assert "hunter2" not in str(raised.value)
    assert raised.value.__cause__ is None or "hunter2" not in repr(raised.value.__cause__)


def test_two_tenants_cannot_answer_on_one_host(tmp_path: Path) -> None:
    lines = "\n".join(f"{key} = {value}" for key, value in TENANT.items())
    with pytest.raises(ConfigurationError, match=r"ipes.hosts: .* já é de acacias"):
        read(tmp_path, f"[acacias]\n{lines}\n[ipes]\n{lines}\n")


def test_a_file_without_tenants_does_not_start_a_portal(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nenhum município"):
        read(tmp_path, "")


def test_a_key_outside_of_a_table_is_not_taken_for_a_tenant(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nome: esperava uma tabela"):
        read(tmp_path, 'nome = "Prefeitura"')


def test_a_missing_file_is_told_with_where_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"docs/tenants\.example\.toml"):
        read_tenants(tmp_path / "tenants.toml", {}, THREADS)
