"""The kinds of andamento, read from `tarefas.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Whether a tarefa opens the processo in a unit where it was closed: remessa, recebimento,
# reabertura, credenciais, and what arrives from outside.
OPENING = frozenset({1, 29, 32, 48, 61, 62, 64, 66, 118, 127})
OPENING_OF_MODULES = frozenset(
    {
        "PEN_PROCESSO_RECEBIDO",
        "PEN_DOCUMENTO_AVULSO_RECEBIDO",
        "PEN_PROCESSO_RECUSADO",
        "PEN_PROCESSO_CANCELADO",
        "PEN_EXPEDICAO_PROCESSO_ABORTADA",
    }
)
FLAGS = {
    "R": "sin_historico_resumido",
    "C": "sin_historico_completo",
    "P": "sin_consulta_processual",
    "F": "sin_fechar_andamentos_abertos",
    "L": "sin_lancar_andamento_fechado",
    "A": "sin_permite_processo_fechado",
}
FIRST_OF_MODULES = 1000


@dataclass(frozen=True, slots=True)
class Tarefa:
    """A kind of andamento. `id_tarefa` of a module's is a suggestion: sites number their own."""

    id_tarefa: int
    nome: str
    id_tarefa_modulo: str | None
    letters: str

    @property
    def flags(self) -> dict[str, str]:
        """The `sin_` columns."""
        return {name: "S" if letter in self.letters else "N" for letter, name in FLAGS.items()}

    @property
    def closes(self) -> bool:
        """Whether it closes what is open in its unit."""
        return "F" in self.letters

    @property
    def born_closed(self) -> bool:
        """Whether it is closed from the start."""
        return "L" in self.letters

    @property
    def opens(self) -> bool:
        """Whether it opens the processo in its unit."""
        return self.id_tarefa in OPENING or self.id_tarefa_modulo in OPENING_OF_MODULES


@cache
def list_tarefas() -> tuple[Tarefa, ...]:
    """All of SEI 4.1's by id, then those of the modules."""
    text = files("portal.demo").joinpath("tarefas.toml").read_text("utf-8")
    data = tomllib.loads(text)
    core = [Tarefa(int(key), nome, None, flags) for key, (flags, nome) in data["core"].items()]
    modules = [
        Tarefa(FIRST_OF_MODULES + n, nome, name, flags)
        for n, (name, (flags, nome)) in enumerate(data["modules"].items())
    ]
    return (*core, *modules)
