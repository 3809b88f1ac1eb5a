"""The units of a prefeitura, and of whoever shares its SEI."""

from dataclasses import dataclass

from portal.portuguese import calm


@dataclass(frozen=True, slots=True)
class Unidade:
    """A unit of an órgão, under the name it had at the moment it is shown for."""

    id_unidade: int
    sigla: str
    descricao: str
    orgao: str
    """The órgão's sigla."""

    @property
    def nome(self) -> str:
        """In full and without shouting; a unit without a descrição goes by its sigla."""
        return calm(self.descricao.strip()) or self.sigla
