"""What an operator may write into a catalogue, and what is said of every mistake."""

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import ConfigurationError
from portal.govbr.values import Nivel
from portal.sei.values import NivelAcesso
from portal.servicos.toml import read_servicos
from portal.servicos.values import (
    Assinatura,
    Campo,
    Destino,
    DocumentoPedido,
    Servico,
    TipoCampo,
)
from portal.servicos.writing import write_servicos
from tests.unit.servicos.makers import PODA, read, read_changed


def test_every_key_is_explained_to_the_prefeitura(pytestconfig: pytest.Config) -> None:
    guide = (pytestconfig.rootpath / "docs" / "servicos.md").read_text("utf-8")
    for struct in (Servico, Destino, DocumentoPedido, Campo):
        for name in struct.__struct_fields__:
            assert f"`{name}`" in guide or name in ("slug", "sei", "documentos", "campos")


def test_what_is_not_given_is_the_simplest() -> None:
    [poda] = read()
    assert (poda.slug, poda.nivel, poda.assinatura) == ("poda", Nivel.BRONZE, Assinatura.SIMPLES)
    assert (poda.sei.nivel_acesso, poda.sei.id_hipotese_legal) == (NivelAcesso.PUBLICO, None)
    assert poda.documentos[0].obrigatorio
    assert poda.campos[0].tipo is TipoCampo.ESCOLHA


def test_words_become_what_others_compare() -> None:
    [poda] = read_changed(
        'id_serie = "64"',
        'id_serie = "64"\nnivel_acesso = "restrito"\nid_hipotese_legal = "4"',
    )
    assert poda.sei.nivel_acesso is NivelAcesso.RESTRITO
    [poda] = read_changed('busca = ["galho", "fiação"]', 'nivel = "ouro"')
    assert poda.nivel > Nivel.PRATA


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ("[poda]", "poda", "não é TOML válido na linha 2, coluna 5"),
        (PODA, "", "nenhum serviço"),
        (PODA, 'poda = "x"', "poda: esperava uma tabela"),
        (PODA, "[Poda]", "Poda: o nome da tabela deve ter"),
        (PODA, f"[{'a' * 61}]", "o nome da tabela deve ter"),
        ("tema", "tena", 'poda.tena: chave desconhecida; você quis dizer "tema"?'),
        ('prazo = "Até 20 dias."', "", "poda.prazo: falta esta chave; esperava quanto costuma"),
        ('prazo = "Até 20 dias."', 'prazo = " "', "poda.prazo: está vazio; esperava quanto"),
        ('prazo = "Até 20 dias."', "prazo = 20", "poda.prazo: esperava um texto entre aspas,"),
        ('prazo = "Até 20 dias."', 'prazo = "1\\n2"', "poda.prazo: esperava uma linha só"),
        ('prazo = "Até 20 dias."', f'prazo = "{"a" * 301}"', "no máximo 300 caracteres"),
        ('quem_pode = ["Qualquer pessoa"]', "quem_pode = []", "poda.quem_pode: está vazio"),
        ('["Qualquer pessoa"]', '["Todos", ""]', "poda.quem_pode[1]: está vazio"),
        ('"Fotos"', '""', "poda.documentos[0].nome: está vazio; esperava o nome do documento"),
        ("[poda]", '[poda]\nslug = "x"', "poda.slug: chave desconhecida; o endereço é"),
        ("[poda]", '[poda]\nnivel = "diamante"', 'esperava "bronze" ou "prata" ou "ouro", rece'),
        ("[poda]", "[poda]\nnivel = 2", "poda.nivel: esperava"),
        ("[poda]", '[poda]\nassinatura = "digital"', 'esperava "simples" ou "avancada", recebeu'),
        ("[poda]", '[poda]\nassinatura = "avancada"', 'poda.nivel: a assinatura avançada só exis'),
        ('"escolha"', '"lista"', 'poda.campos[0].tipo: esperava "texto" ou "texto-longo" ou'),
        ('["Na rua", "Num terreno"]', '["Na rua"]', "campos[0].opcoes: esperava duas opções"),
        ('"Num terreno"', '"Na rua"', "campos[0].opcoes: esperava duas opções ou mais, todas dif"),
        ('tipo = "escolha"', "", 'campos[0].opcoes: só um campo de tipo = "escolha" tem opções'),
        ('"lugar"', '"Lugar"', 'poda.campos[0].chave: esperava letras minúsculas sem acento'),
        ('exemplo = "Uma da árvore inteira."', "", "poda.documentos[0].exemplo: falta esta chave"),
        ('"263"', '"Anexo"', "poda.documentos[0].id_serie: esperava o número que o SEI lhe deu"),
        ('"110000101"', "110000101", "poda.sei.id_unidade: esperava um texto entre aspas, receb"),
        ('"110000101"', '"SEMMA"', 'poda.sei.id_unidade: esperava o número que o SEI lhe deu, '),
        ('id_tipo_procedimento = "100000509"', "", "poda.sei.id_tipo_procedimento: esperava o núm"),
        ("[poda]", "[poda]\nintercorrente = true", "um serviço intercorrente não abre processo"),
        ('"64"', '"64"\nnivel_acesso = "sigiloso"', 'esperava "publico" ou "restrito", recebeu'),
        ('"64"', '"64"\nnivel_acesso = "restrito"', "poda.sei.id_hipotese_legal: esperava o núme"),
        ('"64"', '"64"\nid_hipotese_legal = "4"', 'só vale com nivel_acesso = "restrito"'),
        ('"64"', '"64"\nunidades_envio = ["x"]', "poda.sei.unidades_envio[0]: esperava o número"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_its_key(old: str, new: str, mistake: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_changed(old, new)
    assert str(caught.value).startswith("servicos.toml: ")
    assert mistake in str(caught.value)


def test_a_document_is_not_asked_for_twice_under_one_key() -> None:
    _, _, documento = PODA.partition("[[poda.documentos]]")
    documento = "[[poda.documentos]]" + documento.partition("[[poda.campos]]")[0]
    with pytest.raises(ConfigurationError, match=r'documentos\[1\].chave: "fotos" já foi usada'):
        read(PODA + documento)


def test_a_text_is_kept_composed_and_without_room_around_it() -> None:
    [poda] = read_changed('"Poda de árvore"', '" Poda de a\u0301rvore "')
    assert poda.nome == "Poda de árvore"


lines = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp", "Zs"), include_characters=' "\\'), min_size=1
).map(str.strip).filter(bool)  # fmt: skip


@given(lines, st.lists(lines, min_size=1), lines, st.booleans())
def test_what_is_written_is_read_again(
    text: str, listed: list[str], more: str, intercorrente: bool
) -> None:
    def composed(text: str) -> str:
        return unicodedata.normalize("NFC", text).strip()

    [poda] = read()
    servico = msgspec.structs.replace(
        poda,
        nome=composed(text),
        explicacao=composed(f"{text}\n\n{more}"),
        etapas=tuple(map(composed, listed)),
        nivel=Nivel.PRATA,
        intercorrente=intercorrente,
        sei=msgspec.structs.replace(
            poda.sei, id_tipo_procedimento="" if intercorrente else "1", manter_aberto=False
        ),
    )
    written = write_servicos([servico, msgspec.structs.replace(servico, slug="outra")])
    assert read_servicos("escrito", written)[0] == servico
    assert len(read_servicos("escrito", written)) == 2
