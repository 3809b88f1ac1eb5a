"""What is sealed opens only where it was sealed, and with a key that was not forgotten."""

from itertools import combinations

import pytest

from portal.keyring import Keyring, Unreadable

NEW, OLD = "the secret key that is in use now", "the secret key that was in use before"
CPF = "39053344705"


@pytest.fixture
def keyring() -> Keyring:
    return Keyring([NEW])


def test_what_was_sealed_can_be_read_again(keyring: Keyring) -> None:
    sealed = keyring.seal("acacias", "account.nome", "João Antônio")
    assert keyring.unseal("acacias", "account.nome", sealed) == "João Antônio"


def test_what_is_sealed_cannot_be_read_in_it(keyring: Keyring) -> None:
    sealed = keyring.seal("acacias", "account.cpf", CPF)
    assert CPF.encode() not in sealed
    assert len(sealed) == 4 + 16 + len(CPF)


@pytest.mark.parametrize(
    ("tenant", "column"), [("ipes", "account.cpf"), ("acacias", "audit.ip"), ("", "")]
)
def test_another_tenant_and_another_column_open_nothing(
    keyring: Keyring, tenant: str, column: str
) -> None:
    with pytest.raises(Unreadable):
        keyring.unseal(tenant, column, keyring.seal("acacias", "account.cpf", CPF))


def test_the_border_between_tenant_and_column_does_not_move(keyring: Keyring) -> None:
    with pytest.raises(Unreadable):
        keyring.unseal("ab", "c.d", keyring.seal("a", "bc.d", CPF))


@pytest.mark.parametrize("place", [0, 4, 20, -1])
def test_a_changed_byte_opens_nothing(keyring: Keyring, place: int) -> None:
    sealed = bytearray(keyring.seal("acacias", "account.cpf", CPF))
    sealed[place] ^= 1
    with pytest.raises(Unreadable):
        keyring.unseal("acacias", "account.cpf", bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"abc", bytes(4), bytes(19)])
def test_what_was_never_sealed_is_told_so(keyring: Keyring, sealed: bytes) -> None:
    with pytest.raises(Unreadable):
        keyring.unseal("acacias", "account.cpf", sealed)


def test_too_few_bytes_after_a_key_of_ours_are_told_so(keyring: Keyring) -> None:
    with pytest.raises(Unreadable):
        keyring.unseal("acacias", "account.cpf", keyring.seal("acacias", "account.cpf", CPF)[:12])


def test_a_key_that_was_replaced_still_opens_and_seals_nothing_more() -> None:
    sealed = Keyring([OLD]).seal("acacias", "account.cpf", CPF)
    both = Keyring([NEW, OLD])
    assert both.unseal("acacias", "account.cpf", sealed) == CPF
    assert not both.is_current(sealed)
    again = both.seal("acacias", "account.cpf", CPF)
    assert both.is_current(again)
    assert Keyring([NEW]).unseal("acacias", "account.cpf", again) == CPF
    with pytest.raises(Unreadable):
        Keyring([NEW]).unseal("acacias", "account.cpf", sealed)


def test_a_person_is_found_by_the_index_of_any_key() -> None:
    [before] = Keyring([OLD]).indexes("acacias", "account.cpf", CPF)
    now, then = Keyring([NEW, OLD]).indexes("acacias", "account.cpf", CPF)
    assert then == before
    assert now == Keyring([NEW]).indexes("acacias", "account.cpf", CPF)[0]
    assert len({now, then}) == 2
    assert {len(now), len(then)} == {32}


def test_nothing_made_for_one_purpose_is_what_is_made_for_another(keyring: Keyring) -> None:
    made = [
        *keyring.indexes("acacias", "account.cpf", CPF),
        *keyring.indexes("ipes", "account.cpf", CPF),
        *keyring.indexes("acacias", "contact.cpf", CPF),
        keyring.digest("csrf", CPF),
        keyring.digest("verifier", CPF),
        keyring.digest("verifier", f"acacias|account.cpf|{CPF}"),
        Keyring([OLD]).digest("csrf", CPF),
    ]
    for one, other in combinations(made, 2):
        assert one != other


def test_a_part_of_a_file_opens_at_its_place_with_any_key_that_is_kept() -> None:
    old = Keyring([OLD]).seal_part("acacias", "um", 7, b"parte")
    keyring = Keyring([NEW, OLD])
    assert keyring.unseal_part("acacias", "um", 7, old) == b"parte"
    for place in [("ipes", "um", 7), ("acacias", "dois", 7), ("acacias", "um", 8)]:
        with pytest.raises(Unreadable):
            keyring.unseal_part(*place, old)
    with pytest.raises(Unreadable):
        Keyring([NEW]).unseal_part("acacias", "um", 7, old)
    with pytest.raises(Unreadable):
        keyring.unseal_part("acacias", "um", 7, old[:10])


def test_the_same_part_is_never_sealed_alike() -> None:
    keyring = Keyring([NEW])
    assert len({keyring.seal_part("acacias", "um", 0, b"parte") for _ in range(50)}) == 50
