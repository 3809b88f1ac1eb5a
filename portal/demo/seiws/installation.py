"""What SEI's administrator has set: who may call, what they may do, and what is taken."""

from dataclasses import dataclass, field

from portal.seiws.values import Versao

OPERATIONS = (
    "gerarProcedimento",
    "incluirDocumento",
    "adicionarArquivo",
    "adicionarConteudoArquivo",
    "consultarProcedimento",
    "consultarDocumento",
    "listarAndamentos",
    "lancarAndamento",
    "enviarProcesso",
    "listarHipotesesLegais",
    "listarExtensoesPermitidas",
)
"""Those that must be configured. The other lists show what these allow."""
MB = 1024 * 1024
NEWEST = Versao(5, 0, 4)
EXTENSOES = {"pdf": 1, "png": 2, "jpg": 3, "jpeg": 4, "odt": 5, "zip": 6, "txt": 7}
FORBIDDEN = frozenset({"php", "php3", "php4", "phtml", "sh", "cgi"})


@dataclass(frozen=True, slots=True)
class Permission:
    """An Operação of the Serviço; what is empty is for all."""

    operacao: str
    id_unidade: str = ""
    id_tipo: str = ""
    id_serie: str = ""


def list_all() -> list[Permission]:
    """Every operation, everywhere."""
    return [Permission(name) for name in OPERATIONS]


@dataclass(slots=True)
class Installation:
    """One Sistema with one Serviço, and the parameters that its calls meet."""

    chave: str = field(repr=False)
    sigla: str = "PORTAL"
    identificacao: str = "Portal do Protocolo"
    versao: Versao = field(default=NEWEST)
    permissions: list[Permission] = field(default_factory=list_all)
    enabled: bool = True
    max_documentos: int = 20
    """`SEI_WS_NUM_MAX_DOCS`."""
    max_mb: int = 50
    """`SEI_TAM_MB_DOC_EXTERNO`."""
    extensoes: dict[str, int | None] = field(default_factory=lambda: dict.fromkeys(EXTENSOES))
    """Allowed for web services, with a limit of their own in MB."""
    niveis: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Suggested level and hipótese of a tipo de processo, by its id; público when unsaid."""
    internas: frozenset[str] = frozenset({"Despacho", "Despacho Decisório", "E-mail"})
    """Séries that no document from outside may have."""

    def allows(self, operacao: str, unidade: str = "", tipo: str = "", serie: str = "") -> bool:
        return any(
            p.operacao == operacao
            and p.id_unidade in ("", unidade)
            and p.id_tipo in ("", tipo)
            and p.id_serie in ("", serie)
            for p in self.permissions
        )

    def take_away(self, operacao: str) -> None:
        """As an administrator who removes an operation."""
        self.permissions = [p for p in self.permissions if p.operacao != operacao]
