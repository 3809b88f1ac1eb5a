"""Which andamentos may be told, and what in them never is."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, exists, or_, select

from portal.sei.installation import Installation
from portal.sei.tables import atividade, atributo_andamento, tarefa
from portal.sei.values import (
    Andamento,
    Atributo,
    NivelAcesso,
)
from portal.sei.visibility.choices import Rules
from portal.sei.visibility.documentos import may_name_documento
from portal.sei.visibility.processos import Referenced, may_name_other

PERSONAL_TAREFAS = frozenset(
    # Acesso externo and assinatura externa: a citizen's name and e-mail (3.1).
    {50, 52, 86, 87, 88, 89, 90}
    # Credenciais: that a processo was sigiloso, and whose eyes saw it. SEI writes them on
    # sigilosos only, but they stay when a processo is opened to the public later.
    | {*range(61, 65), *range(66, 82), *range(117, 122), 127}
)

SERVIDOR_ATRIBUTOS = frozenset({"USUARIO", "USUARIO_ANULACAO", "USUARIO_EMULADOR"})
PESSOA_ATRIBUTOS = frozenset({"INTERESSADO", "DESTINATARIO_NOME", "USUARIO_EXTERNO_NOME"})
EMAIL_ATRIBUTOS = frozenset({"DESTINATARIO_EMAIL", "USUARIO_EXTERNO_SIGLA"})
"""Attributes of an andamento that are never shown, whatever a template says: who acted, who was
written to, and where."""

PERSONAL_MODULOS = "MD_PET_"
"""Peticionamento's tarefas carry the petitioner's name (10.4)."""
TRAMITA_MODULOS = "PEN_"
"""Tramita's tarefas: where a processo went, and where it came from (9.3)."""


def andamento_criterion(
    installation: Installation, consulta_processual: bool
) -> ColumnElement[bool]:
    """Rows of `atividade` (outer-joined to `tarefa`) that a public history may hold (3.1).

    The flag is SEI's own data: that of Consulta Processual where the tenant uses it and the column
    exists (4.1), else that of the resumed history. Rows without a tarefa are in both. Trâmites are
    in the resumed history whatever the tenant uses: the N they have for Consulta Processual is
    what Tramita's installer leaves, nobody's choice (9.3), and without them a processo that
    another body has would be said to be locked here.
    """
    t = tarefa.c
    flagged: ColumnElement[bool] = t.sin_historico_resumido == "S"
    if consulta_processual and installation.has(t.sin_consulta_processual):
        tramite = _begins(t.id_tarefa_modulo, TRAMITA_MODULOS)
        flagged = or_(t.sin_consulta_processual == "S", and_(flagged, tramite))
    return or_(
        t.id_tarefa.is_(None),
        and_(
            flagged,
            t.id_tarefa.not_in(sorted(PERSONAL_TAREFAS)),
            or_(t.id_tarefa_modulo.is_(None), ~_begins(t.id_tarefa_modulo, PERSONAL_MODULOS)),
        ),
    )


def untied_criterion() -> ColumnElement[bool]:
    """Rows of `atividade` that name no document and no processo, nor that something was sigiloso.

    Of those it is sure, without reading what they name, that a history which has them shows them.
    """
    b = atributo_andamento.c
    tied = or_(
        b.nome.in_(("DOCUMENTO", "PROCESSO")),
        and_(b.nome == "NIVEL_ACESSO", b.id_origem == NivelAcesso.SIGILOSO.value),
    )
    return ~exists(
        select(b.id_atributo_andamento).where(b.id_atividade == atividade.c.id_atividade, tied)
    )


def _begins(modulo: ColumnElement[str | None], name: str) -> ColumnElement[bool]:
    return modulo.like(name.replace("_", "~_") + "%", escape="~")


def may_show_andamento(
    andamento: Andamento,
    referenced: Mapping[str, Referenced],
    rules: Rules,
    orgaos: frozenset[int],
    whole: int | None = None,
) -> bool:
    """Whether an andamento of a history that may be listed may be shown itself.

    `referenced` has what the attributes name, by id and by number. `whole` is the processo whose
    documents an acesso externo opens, all of them.
    An unsigned draft drops every andamento that names it (3.1); so does a document of a level that
    is not listed here, and a processo that may not be named: a sentence with a hole in it would
    say that something is there. A number that leads to no processo may be that of a sigiloso which
    has another now, so it drops the andamento too; and so does the level of sigiloso, which a
    processo that is público today may once have had.
    """
    for atributo in andamento.atributos:
        if atributo.nome == "NIVEL_ACESSO" and atributo.id_origem == NivelAcesso.SIGILOSO:
            return False
        if atributo.nome not in ("DOCUMENTO", "PROCESSO"):
            continue
        targets = resolve(atributo, referenced)
        if atributo.nome == "PROCESSO":
            if not targets or not all(may_name_other(target, rules, orgaos) for target in targets):
                return False
        elif not all(
            may_name_documento(target, rules, whole is not None and target.id_procedimento == whole)
            for target in targets
        ):
            return False
    return True


def may_tell_motivo(id_tarefa_modulo: str | None) -> bool:
    """The reason of a refusal at Tramita is a machine's: server paths, file names, people."""
    return id_tarefa_modulo != "PEN_PROCESSO_RECUSADO"


def resolve(atributo: Atributo, referenced: Mapping[str, Referenced]) -> tuple[Referenced, ...]:
    """What the attribute names by its id, then by its number: usually one row, under both.

    Empty when neither leads anywhere. A row that points two ways names both.
    """
    found = (referenced.get(str(atributo.target_id)), referenced.get(atributo.target_numero))
    return tuple(dict.fromkeys(target for target in found if target is not None))
