import pytest

from portal.cpf import Cpf, is_cpf, mask_cpf
from portal.demo.govbr.people import PEOPLE


@pytest.mark.parametrize("text", ["39053344705", "00123456797", *(p.cpf for p in PEOPLE)])
def test_right_check_digits_make_a_cpf(text: str) -> None:
    assert is_cpf(text)


@pytest.mark.parametrize(
    "text",
    [
        "39053344706",
        "39053344715",
        "390533447",
        "0039053344705",
        "390.533.447-05",
        " 39053344705",
        "39053344705\n",
        "٣٩٠٥٣٣٤٤٧٠٥",
        "11111111111",
        "00000000000",
        "",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_cpf(text)


def test_only_the_middle_is_shown() -> None:
    assert mask_cpf("39053344705") == "***.533.447-**"


@pytest.mark.parametrize("text", ["", "1234567979", "001234567970", "0012345679x", "٠" * 11])
def test_what_is_no_cpf_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ValueError, match="eleven") as error:
        Cpf(text)
    assert not text or text not in str(error.value)


def test_a_cpf_is_in_no_repr() -> None:
    assert "39053344705" not in repr(Cpf("39053344705"))
