"""Whether a paper is what it says, by its two codes."""

from collections.abc import Callable

import pytest

from portal.demo.protocolos import Documento
from portal.sei.authenticity import (
    Codes,
    Confirmation,
    Genuine,
    GenuineClosed,
    Unconfirmed,
    confirm,
    read_codes,
)
from portal.sei.values import NivelAcesso
from tests.unit.sei.conftest import NOW, Scene

SetUp = Callable[[Scene], Documento]


@pytest.mark.parametrize(
    ("codigo", "crc", "numero", "digits"),
    [
        ("0001234", "0A1B2C3D", "0001234", "0A1B2C3D"),
        (" 0001234 ", "0a1b2c3d", "0001234", "0A1B2C3D"),
        ("000 1234", "0A1B 2C3D", "0001234", "0A1B2C3D"),
        ("1234", "0A1B2C3D", "0001234", "0A1B2C3D"),
        ("0001234v2", "0A1B2C3D", "0001234", "0A1B2C3D"),
        ("0001234 V10", "0A1B2C3D", "0001234", "0A1B2C3D"),
        ("123456789", "0A1B2C3D", "123456789", "0A1B2C3D"),
        ("0.001.234", "0A1B-2C3D", "0001234", "0A1B2C3D"),
    ],
)
def test_codes_are_read_however_they_were_copied(
    codigo: str, crc: str, numero: str, digits: str
) -> None:
    assert read_codes(codigo, crc) == Codes(numero, digits)


@pytest.mark.parametrize(
    ("codigo", "crc"),
    [("", "0A1B2C3D"), ("1234", ""), ("1234", "0A1B2C3"), ("1234", "0A1B2C3G"), ("abc", "0A1B2C3D"),
     ("1" * 21, "0A1B2C3D"), ("v2", "0A1B2C3D"), ("\u0661\u0662", "0A1B2C3D"),
     ("1234", "0A1B2C3D0"), ("1234%", "0A1B2C3D")],
)  # fmt: skip
def test_what_can_be_no_codes_is_none(codigo: str, crc: str) -> None:
    assert read_codes(codigo, crc) is None


def publico(scene: Scene) -> Documento:
    return scene.sei.documento(scene.sei.processo())


def externo(scene: Scene) -> Documento:
    return scene.sei.externo(scene.sei.processo())


def restrito(scene: Scene) -> Documento:
    return scene.sei.documento(scene.sei.processo(), nivel=NivelAcesso.RESTRITO)


def of_a_restrito(scene: Scene) -> Documento:
    return scene.sei.documento(scene.sei.processo(nivel=NivelAcesso.RESTRITO))


def unread(scene: Scene) -> Documento:
    documento = publico(scene)
    scene.sei.intimacao([documento], fulfilled=0)
    return documento


def sigiloso(scene: Scene) -> Documento:
    return scene.sei.documento(scene.sei.processo(nivel=NivelAcesso.SIGILOSO))


def sigiloso_in_itself(scene: Scene) -> Documento:
    return scene.sei.documento(scene.sei.processo(), nivel=NivelAcesso.SIGILOSO)


def cancelled(scene: Scene) -> Documento:
    documento = publico(scene)
    scene.sei.cancel(documento)
    return documento


def unsigned_again(scene: Scene) -> Documento:
    documento = publico(scene)
    scene.alter("UPDATE assinatura SET sin_ativo = 'N'")
    return documento


def ask(scene: Scene, documento: Documento, crc: str | None = None) -> Confirmation:
    scene.save()
    return confirm(scene.tenant, Codes(documento.numero, crc or crc_of(scene, documento)), NOW)


def crc_of(scene: Scene, documento: Documento) -> str:
    return scene.scalar(
        f"SELECT crc_assinatura FROM documento_conteudo WHERE id_documento = {documento.id}"
    )


@pytest.mark.parametrize("set_up", [publico, externo])
def test_of_a_public_document_it_is_said_what_it_is(scene: Scene, set_up: SetUp) -> None:
    documento = set_up(scene)
    answer = ask(scene, documento)
    assert isinstance(answer, Genuine)
    assert answer.listed.documento.numero_sei == documento.numero


@pytest.mark.parametrize("set_up", [restrito, of_a_restrito, unread])
@pytest.mark.parametrize("named", [True, False])
def test_of_what_is_not_public_only_that_it_is_authentic(
    scene: Scene, set_up: SetUp, named: bool
) -> None:
    scene.configure(mostra_restritos=named)
    assert ask(scene, set_up(scene)) == GenuineClosed()


@pytest.mark.parametrize("set_up", [sigiloso, sigiloso_in_itself, cancelled, unsigned_again])
def test_what_may_not_be_known_is_as_what_is_not(scene: Scene, set_up: SetUp) -> None:
    assert ask(scene, set_up(scene)) == Unconfirmed()


@pytest.mark.parametrize("set_up", [publico, restrito])
def test_the_wrong_code_confirms_nothing(scene: Scene, set_up: SetUp) -> None:
    assert ask(scene, set_up(scene), "00000000") == Unconfirmed()


def test_another_orgaos_document_is_not_this_tenants(scene: Scene) -> None:
    scene.configure(orgaos=[1])
    assert ask(scene, publico(scene)) == Unconfirmed()


def test_a_number_written_without_zeros_is_found_too(scene: Scene) -> None:
    documento = publico(scene)
    scene.save()
    crc = crc_of(scene, documento)
    scene.alter("UPDATE protocolo SET protocolo_formatado = ltrim(protocolo_formatado, '0')")
    codes = read_codes(documento.numero, crc)
    assert codes
    assert isinstance(confirm(scene.tenant, codes, NOW), Genuine | GenuineClosed)
