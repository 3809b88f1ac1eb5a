"""Numbers with right check digits, in the masks that a SEI of Minas Gerais meets."""

from portal.numero.mascara import dv_mod11, dv_mod97

UNIDADE = "01"


def sei_mg(codigo: str, sequencia: int, year: int) -> str:
    """`OOOO.UU.SSSSSSS/AAAA-DD`, SEI!MG's own: mod 97."""
    digits = dv_mod97(f"{codigo}{UNIDADE}{sequencia:07d}{year:04d}")
    return f"{codigo}.{UNIDADE}.{sequencia:07d}/{year:04d}-{digits}"


def nup(codigo: str, sequencia: int, year: int) -> str:
    """`UUUUU.SSSSSS/AAAA-DD`, the federal one: mod 11."""
    digits = dv_mod11(f"{codigo}{sequencia:06d}{year:04d}")
    return f"{codigo}.{sequencia:06d}/{year:04d}-{digits}"


def cpf(sequencia: int) -> int:
    """A CPF of right digits from 999.001.000 on, where nobody has been given one; the citizens
    have those before."""
    body = f"{999_001_000 + sequencia % 900_000:09d}"
    for _ in range(2):
        total = sum(weight * int(digit) for weight, digit in enumerate(reversed(body), start=2))
        body += str(total * 10 % 11 % 10)
    return int(body)
