"""What each page may say, worked out from the written rules and not from the portal's code.

It reads the rows by itself and knows nothing of `portal.sei`. Where a rule can be read in two ways
the closed one is taken. The numbers beside the rules are sections of the research notes on SEI's
database, which name the open source that proves each.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from copy import copy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.integration.sei.city import MARK

Row = Mapping[str, Any]

ACESSO_EXTERNO = {50, 52, 86, 87, 88, 89, 90}
CREDENCIAIS = {61, 62, 63, 64, *range(66, 82), *range(117, 122), 127}
"""What SEI writes on a sigiloso: credenciais, and its coming and going among who has one."""
NEVER_TOLD = ACESSO_EXTERNO | CREDENCIAIS
PEOPLE = ("USUARIO", "INTERESSADO", "DESTINATARIO", "USUARIO_EXTERNO")
"""What the names of attributes begin with that hold a person."""
_EMAIL = re.compile(r"\S+@\S+")


@dataclass(frozen=True)
class Options:
    """What the tenant decides where the site has not."""

    orgaos: frozenset[int]
    mostra_restritos: bool
    documentos_de_restritos: bool
    andamentos_de_restritos: bool
    mostra_descricao: bool
    pesquisa_por_interessado: bool
    consulta_processual: bool
    data_corte: date | None


class Rulebook:
    """The rows of one SEI, and who may know what of them."""

    def __init__(self, file: Path, repositorio: Path, options: Options, today: date) -> None:
        with closing(sqlite3.connect(file)) as connection:
            connection.row_factory = sqlite3.Row
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            self.rows: dict[str, list[Row]] = {
                name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")]
                for (name,) in names.fetchall()
            }
        self.repositorio = repositorio
        self.options = options
        self.protocolos = {row["id_protocolo"]: row for row in self.rows["protocolo"]}
        self.documentos = {row["id_documento"]: row for row in self.rows["documento"]}
        self.unidades = {row["id_unidade"]: row for row in self.rows["unidade"]}
        self.tarefas = {row["id_tarefa"]: row for row in self.rows["tarefa"]}
        self.parametros = {row["nome"]: row["valor"] for row in self.rows["infra_parametro"]}
        self.atributos = _group(self.rows["atributo_andamento"], "id_atividade")
        self.atividades = _group(self.rows["atividade"], "id_protocolo")
        self.contem = _group(self.rows["rel_protocolo_protocolo"], "id_protocolo_1")
        self.today = today
        self.contatos: frozenset[int] = frozenset()
        self.only: frozenset[int] | None = None
        """The only processos about which somebody acts for them."""
        self.notified = True
        """Who asks is told of the intimações addressed to them."""
        self.represented = False
        self.anybody = self
        """The same, as anybody sees it."""
        self.grants: dict[int, tuple[bool, set[int]]] = {}
        """By processo: whether the viewer may see all of it, and else which documents."""
        self._decide(today)

    def as_seen_by(self, contatos: frozenset[int]) -> "Rulebook":
        """The same for a person with these contatos."""
        person = copy(self)
        person.contatos = contatos
        person.grants = {}
        about = {a["id_atividade"]: a["id_protocolo"] for a in self.rows["atividade"]}
        lists = _group(self.rows["rel_acesso_ext_protocolo"], "id_acesso_externo")
        for acesso in filter(self._counts, self.rows["acesso_externo"]):
            if self._whose(acesso) not in contatos:
                continue
            key = about[acesso["id_atividade"]]
            whole, papers = person.grants.get(key, (False, set()))
            if acesso["sin_processo"] == "S":
                person.grants[key] = (True, papers)
                continue
            listed = {row["id_protocolo"] for row in lists[acesso["id_acesso_externo"]]}
            listed |= {acesso["id_documento"]} - {None}
            if listed:
                person.grants[key] = (whole, papers | listed)
        return person

    # For whom somebody may act

    def offered(self) -> dict[int, Row]:
        """10.3: the viewer's vínculos that count today, by their key."""
        today = self.today.isoformat()
        return {
            row["id_md_pet_vinculo_represent"]: row
            for row in self.rows.get("md_pet_vinculo_represent", ())
            if row["id_contato"] in self.contatos
            and row["sta_estado"] == "A"
            and row["sin_ativo"] == "S"
            and row["tipo_representante"] in ("L", "E", "C", "S")
            and row["data_encerramento"] is None
            and (row["data_limite"] or "9999") >= today
        }

    def vinculos(self) -> set[int]:
        """The keys of everybody's."""
        rows = self.rows.get("md_pet_vinculo_represent", ())
        return {row["id_md_pet_vinculo_represent"] for row in rows}

    def as_represented(self, vinculo: Row) -> "Rulebook":
        """The same for who acts by a vínculo: 6, 10.3, closed reading. No acesso of theirs, no
        recibo, and intimações for who always gets them."""
        whom = self.represented_by(vinculo)
        number = whom["cnpj"] and "cnpj", whom["cpf"] and "cpf"
        column = number[0] or number[1]
        acting = copy(self)
        acting.grants, acting.represented = {}, True
        acting.contatos = frozenset(
            c["id_contato"] for c in self.rows["contato"] if column and c[column] == whom[column]
        ) | {whom["id_contato"]}
        acting.notified = vinculo["tipo_representante"] in ("L", "E")
        acting.only = self.scope_of(vinculo)
        return acting

    def represented_by(self, vinculo: Row) -> Row:
        (key,) = (
            v["id_contato"]
            for v in self.rows["md_pet_vinculo"]
            if v["id_md_pet_vinculo"] == vinculo["id_md_pet_vinculo"]
        )
        return next(c for c in self.rows["contato"] if c["id_contato"] == key)

    def scope_of(self, vinculo: Row) -> frozenset[int] | None:
        """10.3: the processos it lists; None when it says that it is for any."""
        said, tipo = vinculo["sta_abrangencia"], vinculo["tipo_representante"]
        if said == "Q" or (said is None and tipo == "L"):
            return None
        return frozenset(
            row["id_protocolo"]
            for row in self.rows["md_pet_rel_vincrep_protoc"]
            if row["id_md_pet_vinculo_represent"] == vinculo["id_md_pet_vinculo_represent"]
        )

    def in_offers(self) -> set[str]:
        """What the page may say that lists them: names, poderes, the públicos it is limited to."""
        names = {
            p["id_md_pet_tipo_poder"]: p["nome"] for p in self.rows.get("md_pet_adm_tipo_poder", ())
        }
        said: set[str] = set()
        for key, vinculo in self.offered().items():
            said |= _marks([self.represented_by(vinculo)["nome"]])
            said |= _marks(
                names[row["id_md_pet_tipo_poder"]]
                for row in self.rows["md_pet_rel_vincrep_tipo_poder"]
                if row["id_md_pet_vinculo_represent"] == key
            )
            for processo in self.scope_of(vinculo) or ():
                said |= self.names(processo) if self.anybody.may_list(processo) else set()
        return said

    # What waits for somebody, and what they sent

    def waiting(self) -> list[Row]:
        """10.2: the viewer's intimações of this tenant that are unread, or still to be answered."""
        if not self.notified:
            return []
        return [
            row
            for row in self.rows.get("md_pet_int_rel_dest", ())
            if row["id_contato"] in self.contatos
            and row["sin_ativo"] != "N"
            and self._waits(row)
            and self._is_here(self._notified_of(row))
        ]

    def _waits(self, row: Row) -> bool:
        key = row["id_md_pet_int_rel_dest"]
        if row["sta_situacao_intimacao"] == "1":
            read = {a["id_md_pet_int_rel_dest"] for a in self.rows["md_pet_int_aceite"]}
            return key not in read
        if row["sta_situacao_intimacao"] not in ("2", "3"):
            return False
        days = [
            e["data_prorrogada"] or e["data_limite"]
            for e in self.rows["md_pet_int_rel_tpo_res_des"]
            if e["id_md_pet_int_rel_dest"] == key
        ]
        dated = [day for day in days if day]
        demanded = self._tipo(row)["tipo_resposta_aceita"] == "E" and not dated
        return demanded or any(day >= self.today.isoformat() for day in dated)

    def _tipo(self, row: Row) -> Row:
        intimacoes = {i["id_md_pet_intimacao"]: i for i in self.rows["md_pet_intimacao"]}
        tipos = {
            t["id_md_pet_int_tipo_intimacao"]: t for t in self.rows["md_pet_int_tipo_intimacao"]
        }
        about = intimacoes[row["id_md_pet_intimacao"]]
        return tipos[about["id_md_pet_int_tipo_intimacao"]]

    def _notified_of(self, row: Row) -> int:
        """The document."""
        (key,) = (
            p["id_protocolo"]
            for p in self.rows["md_pet_int_protocolo"]
            if p["id_md_pet_intimacao"] == row["id_md_pet_intimacao"] and p["sin_principal"] == "S"
        )
        return int(key)

    def _is_here(self, paper: int) -> bool:
        return self._is_of_the_tenant(self.documentos[paper]["id_procedimento"])

    def _is_of_the_tenant(self, processo: int) -> bool:
        """8, and what the viewer may act about."""
        unidade = self.protocolos[processo]["id_unidade_geradora"]
        orgaos = self.options.orgaos
        return (self.only is None or processo in self.only) and (
            not orgaos or self.unidades[unidade]["id_orgao"] in orgaos
        )

    def _told_of(self, processo: int) -> set[str]:
        """A processo beside an intimação or a recibo: when anybody finds it, or an acesso opens
        it."""
        opened = (
            processo in self.grants
            and self.may_name(processo)
            and self.protocolos[processo]["sin_eliminado"] != "S"
        )
        return self.names(processo) if opened or self.anybody.may_list(processo) else set()

    def in_peticionamento(self) -> set[str]:
        """Of intimações their kind, and of recibos that they are there; the processo of each, and
        the number of a document that anybody sees in its list. Nothing of what is in any."""
        said: set[str] = set()
        for row in self.waiting():
            paper = self._notified_of(row)
            processo = self.documentos[paper]["id_procedimento"]
            said |= _marks([self._tipo(row)["nome"]]) | self._told_of(processo)
            if self.anybody.may_list(processo) and self._anybody_finds(paper):
                said |= self.names(paper)
        for recibo in self.recibos():
            said |= self._told_of(recibo["id_protocolo"])
        return said

    def recibos(self) -> list[Row]:
        """10.1: finished petições of the viewer's own accounts."""
        accounts = {
            u["id_usuario"] for u in self.rows["usuario"] if u["id_contato"] in self.contatos
        }
        return [
            row
            for row in self.rows.get("md_pet_rel_recibo_protoc", ())
            if not self.represented
            and row["id_usuario"] in accounts
            and row["data_hora_recebimento_final"] is not None
            and row["sin_ativo"] == "S"
            and self._is_of_the_tenant(row["id_protocolo"])
        ]

    def _counts(self, acesso: Row) -> bool:
        """6(4, 5): of a login, active, not over, and of a user whom SEI has let in."""
        return (
            acesso["sta_tipo"] in ("E", "A")
            and acesso["sin_ativo"] == "S"
            and (acesso["dta_validade"] or "9999") >= self.today.isoformat()
            and any(
                (u["sta_tipo"], u["sin_ativo"]) == ("3", "S")
                for u in self.rows["usuario"]
                if u["id_contato"] == self._whose(acesso)
            )
        )

    def _whose(self, acesso: Row) -> int:
        (who,) = (
            p["id_contato"]
            for p in self.rows["participante"]
            if p["id_participante"] == acesso["id_participante"]
        )
        return int(who)

    def sees_all(self, key: int) -> bool:
        """6(5): an acesso to the whole processo."""
        return self.grants.get(key, (False, set()))[0]

    def is_granted(self, key: int, processo: int) -> bool:
        """6(5): an acesso opens this document of the processo."""
        whole, papers = self.grants.get(processo, (False, set()))
        return whole or key in papers

    def _decide(self, today: date) -> None:
        """4.5: where the module has its table the site has decided, and what it left out is no."""
        options = self.options
        site: dict[str, str | None] = {}
        if "md_pesq_parametro" in self.rows:
            site |= {row["nome"]: row["valor"] for row in self.rows["md_pesq_parametro"]}
            self.restritos = site.get("METADADOS_PROCESSO_RESTRITO") == "S"
            self.andamentos = site.get("LISTA_ANDAMENTO_PROCESSO_RESTRITO") == "S"
            self.papeis = site.get("LISTA_DOCUMENTO_PROCESSO_RESTRITO") == "S"
        else:
            self.restritos = options.mostra_restritos
            self.andamentos = options.andamentos_de_restritos
            self.papeis = options.documentos_de_restritos
        # 4.1(3) comes before (5) and (6): of what is not named nothing is published.
        self.andamentos &= self.restritos
        self.papeis &= self.restritos
        self.corte = self._cut_off(site, today)

    def _cut_off(self, site: dict[str, str | None], today: date) -> date | None:
        """4.3, 4.5: the site's. Where it has no such row, as before the module's 4.1.0, or where
        nobody can tell which day it says, the tenant's; of such a day without one there, no day.
        """
        ours = self.options.data_corte
        ours = ours if ours and ours <= today else None
        if "DATA_CORTE" not in site:
            return ours
        said = site["DATA_CORTE"]
        if not said:
            return None
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", said):
            return ours or date.max
        return date.fromisoformat(said) if said <= today.isoformat() else None

    # Who may be named

    def processos(self) -> Iterator[int]:
        return (key for key, row in self.protocolos.items() if row["sta_protocolo"] == "P")

    def may_name(self, key: int) -> bool:
        """4.1(1-3), 8, 9.4: there, not sigiloso, of this tenant, not of the test unit."""
        row = self.protocolos.get(key)
        if row is None or row["sta_protocolo"] != "P" or "2" in _levels(row):
            return False
        if row["sta_nivel_acesso_global"] == "1" and not (self.restritos or key in self.grants):
            return False
        if str(row["id_unidade_geradora"]) == self.parametros.get("ID_UNIDADE_TESTE"):
            return False
        orgao = self.unidades[row["id_unidade_geradora"]]["id_orgao"]
        return not self.options.orgaos or orgao in self.options.orgaos

    def tells_history(self, key: int) -> bool:
        """4.1(6), and metadata only of what was disposed of."""
        row = self.protocolos[key]
        return (
            self.may_name(key)
            and row["sin_eliminado"] != "S"
            and (row["sta_nivel_acesso_global"] == "0" or self.andamentos or self.sees_all(key))
        )

    def lists_papers(self, key: int) -> bool:
        """4.1(5)."""
        row = self.protocolos[key]
        return (
            self.may_name(key)
            and row["sin_eliminado"] != "S"
            and (row["sta_nivel_acesso_global"] == "0" or self.papeis)
        )

    def is_signed(self, key: int) -> bool:
        """7: by somebody whose signature counts."""
        return any(self._signatures(key))

    def _signatures(self, key: int) -> list[Row]:
        """7: those that count, which one undone, and one still being made, do not."""
        return [
            row
            for row in self.rows["assinatura"]
            if row["id_documento"] == key
            and row["sin_ativo"] == "S"
            and row["id_atividade"] is not None
        ]

    def is_draft(self, key: int) -> bool:
        """4.2: made in SEI, not automatic, and unsigned."""
        return self.documentos[key]["sta_documento"] in ("I", "F", "E") and not self.is_signed(key)

    def is_listed(self, key: int, processo: int) -> bool:
        """4.2: whether the list of this processo has this document."""
        row = self.protocolos[key]
        contained = any(
            rel["id_protocolo_2"] == key and rel["sta_associacao"] == "1"
            for rel in self.contem[processo]
        )
        return (
            contained
            and row["sta_estado"] != "2"
            and not self.is_draft(key)
            and (
                (self.lists_papers(processo) and self._level_is_told(row))
                or self._opens_to_person(key, processo)
            )
        )

    def _opens_to_person(self, key: int, processo: int) -> bool:
        """6(5), of a document that the processo has; a sigiloso stays in SEI."""
        return (
            self.is_granted(key, processo)
            and self.may_name(processo)
            and self.protocolos[processo]["sin_eliminado"] != "S"
            and "2" not in _levels(self.protocolos[key])
        )

    def opens(self, key: int, processo: int) -> bool:
        """4.3, of a listed document; of one that an acesso opens, only 10.2 is left."""
        if self._opens_to_person(key, processo):
            return not self._has_unread_notice(key)
        row, whole = self.protocolos[key], self.protocolos[processo]
        anexadores = [
            self.protocolos[rel["id_protocolo_1"]]
            for rel in self.rows["rel_protocolo_protocolo"]
            if rel["id_protocolo_2"] == processo and rel["sta_associacao"] == "2"
        ]
        return (
            row["sta_nivel_acesso_local"] == "0" == whole["sta_nivel_acesso_local"]
            and (row["sta_nivel_acesso_global"] == "0" or self.papeis)
            and all(a["sta_nivel_acesso_global"] == "0" for a in anexadores)
            and not self._has_unread_notice(key)
            and (self.corte is None or self._included_on(key) >= self.corte)
            and not self._is_personal(key)
        )

    def _included_on(self, key: int) -> date:
        """4.3: what was written in SEI was included when it was first signed."""
        row = self.protocolos[key]
        if self.documentos[key]["sta_documento"] not in ("I", "F"):
            return date.fromisoformat(row["dta_inclusao"][:10])
        first = min(self._signatures(key), key=lambda s: s["id_assinatura"])
        dates = [
            a["dth_abertura"]
            for a in self.rows["atividade"]
            if a["id_atividade"] == first["id_atividade"]
        ]
        return date.fromisoformat((dates or [row["dta_geracao"]])[0][:10])

    def _is_personal(self, key: int) -> bool:
        """11, item 18: e-mails, and what people told the ouvidoria; all that may be, in doubt."""
        row = self.documentos[key]
        personal = [self.parametros.get(f"ID_SERIE_{name}") for name in ("EMAIL", "OUVIDORIA")]
        known = all(valor and valor.isdecimal() for valor in personal)
        return row["sta_documento"] == "A" and (not known or str(row["id_serie"]) in personal)

    def _level_is_told(self, row: Row) -> bool:
        levels = _levels(row)
        return "2" not in levels and ("1" not in levels or self.papeis)

    def _has_unread_notice(self, key: int) -> bool:
        """10.2."""
        read = {row["id_md_pet_int_rel_dest"] for row in self.rows.get("md_pet_int_aceite", ())}
        notices = {
            row["id_md_pet_intimacao"]
            for row in self.rows.get("md_pet_int_protocolo", ())
            if row["id_protocolo"] == key
        }
        return any(
            row["id_md_pet_intimacao"] in notices and row["id_md_pet_int_rel_dest"] not in read
            for row in self.rows.get("md_pet_int_rel_dest", ())
        )

    # What each page may say

    def names(self, key: int) -> set[str]:
        """A number as it is printed, and as it is in an address."""
        row = self.protocolos[key]
        return {row["protocolo_formatado"], row["protocolo_formatado_pesquisa"]}

    def alike(self, key: int) -> list[int]:
        """The processos with the letters and digits of this one: they have one address."""
        chave = self.protocolos[key]["protocolo_formatado_pesquisa"]
        return [
            other
            for other in self.processos()
            if self.protocolos[other]["protocolo_formatado_pesquisa"] == chave
        ]

    def on_processo(self, key: int) -> set[str]:
        """Marks, numbers and units that the page of a processo may have; none when it is none."""
        if not self.may_name(key):
            return set()
        row = self.protocolos[key]
        said = self.names(key)
        all_of_it = self.sees_all(key)
        if row["sta_nivel_acesso_global"] == "0" or self.andamentos or all_of_it:
            said |= {unidade["descricao"] for unidade in self.unidades.values()}
        if row["sta_nivel_acesso_global"] == "0" or all_of_it:
            said |= self.interessados(key)
            if self.options.mostra_descricao:
                said |= _marks([row["descricao"]])
        if self.tells_history(key):
            said |= self._where_it_hangs(key)
            for atividade in self.atividades[key]:
                said |= self._in_andamento(atividade)
        for rel in self.contem[key]:
            other = rel["id_protocolo_2"]
            if other in self.documentos and self.is_listed(other, key):
                said |= self.on_documento(other, key)
            elif (
                rel["sta_associacao"] == "2"
                and self.lists_papers(key)
                and self.anybody.may_name(other)
            ):
                said |= self.names(other)
        if self.lists_papers(key) or (all_of_it and row["sin_eliminado"] != "S"):
            for other in self._related(key):
                said |= self.names(other) if self.anybody.may_name(other) else set()
        return said

    def on_documento(self, key: int, processo: int) -> set[str]:
        """What may be said of a document, beside its processo's own number."""
        if not self.is_listed(key, processo):
            return set()
        said = self.names(processo) | self.names(key)
        secret = self.protocolos[key]["sta_nivel_acesso_local"] != "0"
        if secret and not self._opens_to_person(key, processo):
            return said  # 4.2: number, série, date and hipótese legal
        said |= _marks([self.documentos[key]["numero"]])
        for signature in self._signatures(key):
            said |= _marks([signature["nome"], signature["tratamento"]])
        if self.opens(key, processo):
            said |= _marks(a["nome"] for a in self.rows["anexo"] if a["id_protocolo"] == key)
            said |= {crc for crc, _ in self._conteudos(key) if crc}
        return said

    def in_documento(self, key: int, processo: int) -> set[str]:
        """What may come of opening a document: 7, what was signed, or the file."""
        if not (self.is_listed(key, processo) and self.opens(key, processo)):
            return set()
        made_here = self.protocolos[key]["sta_protocolo"] == "G"
        pages = [pagina for _, pagina in self._conteudos(key) if pagina and made_here]
        files = [
            (self.repositorio / a["dth_inclusao"][:10].replace("-", "/") / str(a["id_anexo"]))
            for a in self.rows["anexo"]
            if a["id_protocolo"] == key
        ]
        texts = [*pages, *(file.read_text("utf-8") for file in files)]
        # It may name the processo and the unit it was written in, and moved away from since.
        names = {name for other in self.protocolos for name in self.names(other)}
        names |= {unidade["descricao"] for unidade in self.unidades.values()}
        cited = {name for name in names if any(name in text for text in texts)}
        return self.on_documento(key, processo) | _marks(texts) | cited

    def in_confirmation(self, key: int) -> set[str]:
        """7: what the right pair of codes may bring out; of what is not public, nothing."""
        processo = self.documentos[key]["id_procedimento"]
        return self.on_documento(key, processo) if self.in_documento(key, processo) else set()

    def is_confirmed(self, key: int) -> bool:
        """7: not a sigiloso, a draft or a cancelled one; of this tenant, not of the test unit."""
        row, processo = self.protocolos[key], self.documentos[key]["id_procedimento"]
        whole = self.protocolos[processo]
        unidade = whole["id_unidade_geradora"]
        return (
            "2" not in _levels(row) | _levels(whole)
            and row["sta_estado"] != "2"
            and not self.is_draft(key)
            and str(unidade) != self.parametros.get("ID_UNIDADE_TESTE")
            and (
                not self.options.orgaos or self.unidades[unidade]["id_orgao"] in self.options.orgaos
            )
        )

    def crc_of(self, key: int) -> str | None:
        """The código CRC; None when it has none."""
        return next((crc for crc, _ in self._conteudos(key)), None)

    def in_package(self, key: int) -> set[str]:
        """What may be in all documents of a processo at once, or in the page that refuses."""
        if not self.may_name(key):
            return set()
        opened = (
            self.in_documento(rel["id_protocolo_2"], key)
            for rel in self.contem[key]
            if rel["id_protocolo_2"] in self.documentos
        )
        return self.names(key).union(*opened)

    def _conteudos(self, key: int) -> list[tuple[str | None, str | None]]:
        return [
            (row["crc_assinatura"], row["conteudo_assinatura"])
            for row in self.rows["documento_conteudo"]
            if row["id_documento"] == key
        ]

    def in_search(self, key: int) -> set[str]:
        """What may come of typing the number of a protocolo."""
        if key not in self.documentos:
            return self.names(key) if self.may_name(key) else set()
        processo = self.documentos[key]["id_procedimento"]
        if not self.is_listed(key, processo):
            return set()
        return self.names(key) | self.names(processo)

    def may_list(self, key: int) -> bool:
        """4.1, closed reading: a search by anything but the number lists públicos only."""
        row = self.protocolos[key]
        return self.may_name(key) and _levels(row) == {"0"} and row["sin_eliminado"] != "S"

    def is_mine(self, key: int) -> bool:
        """6(3, 5), closed reading: a público that names the person, by itself or in a document
        that anybody finds in it, or whatever an acesso opens."""
        if self.protocolos[key]["sin_eliminado"] == "S":
            return False
        if self.only is not None and key not in self.only:
            return False
        if key in self.grants:
            return self.may_name(key)
        named = {
            p["id_protocolo"]
            for p in self.rows["participante"]
            if p["id_contato"] in self.contatos and p["sta_participacao"] in ("I", "R", "D")
        }
        papers = {
            d
            for d, row in self.documentos.items()
            if row["id_procedimento"] == key and self._anybody_finds(d)
        }
        return self.anybody.may_list(key) and bool(named & ({key} | papers))

    def _anybody_finds(self, paper: int) -> bool:
        """4.2, closed reading, in a processo that anybody finds."""
        row = self.protocolos[paper]
        return _levels(row) == {"0"} and row["sta_estado"] != "2" and not self.is_draft(paper)

    def in_mine(self, key: int) -> set[str]:
        """What the person's list may say of a processo."""
        if not self.is_mine(key):
            return set()
        if self.protocolos[key]["sta_nivel_acesso_global"] != "0" and not self.sees_all(key):
            return self.names(key)
        return self.names(key) | {self.unidades[int(u)]["descricao"] for u in self.open_in(key)}

    def in_list(self) -> set[str]:
        """What may come of a search by anything but the number, and what it may offer to choose."""
        said: set[str] = set()
        for key in filter(self.may_list, self.processos()):
            units = self.open_in(key) | {str(self.protocolos[key]["id_unidade_geradora"])}
            said |= self.names(key) | {self.unidades[int(u)]["descricao"] for u in units}
        return said

    def in_list_by_name(self) -> set[str]:
        """What may come of a search by an interessado's name: who asked for a público, too."""
        if not self.options.pesquisa_por_interessado:
            return self.in_list()
        return self.in_list().union(
            *(self.interessados(key) for key in filter(self.may_list, self.processos()))
        )

    def interessados(self, key: int) -> set[str]:
        """Who asked for a processo, and nobody else who has to do with it."""
        people = [p for p in self.rows["participante"] if p["id_protocolo"] == key]
        named = {p["id_contato"] for p in people if p["sta_participacao"] == "I"}
        return _marks(c["nome"] for c in self.rows["contato"] if c["id_contato"] in named)

    def open_in(self, key: int) -> set[str]:
        """The units that have a processo open."""
        return {
            str(row["id_unidade"]) for row in self.atividades[key] if row["dth_conclusao"] is None
        }

    def tipo(self, key: int) -> int:
        (row,) = (row for row in self.rows["procedimento"] if row["id_procedimento"] == key)
        return int(row["id_tipo_procedimento"])

    def _related(self, key: int) -> Iterator[int]:
        """The processos that somebody tied to this one, from either side."""
        for rel in self.rows["rel_protocolo_protocolo"]:
            ends = (rel["id_protocolo_1"], rel["id_protocolo_2"])
            if rel["sta_associacao"] == "3" and key in ends:
                yield from (end for end in ends if end != key)

    def _where_it_hangs(self, key: int) -> set[str]:
        wanted = {"3": "2", "1": "4"}.get(self.protocolos[key]["sta_estado"])
        return {
            name
            for rel in self.rows["rel_protocolo_protocolo"]
            if rel["id_protocolo_2"] == key
            and rel["sta_associacao"] == wanted
            and self.anybody.may_name(rel["id_protocolo_1"])
            for name in self.names(rel["id_protocolo_1"])
        }

    def _in_andamento(self, atividade: Row) -> set[str]:
        """3.1, 9.3, 10.4, 11.10: what a line of history may say, nothing when it is not shown."""
        atributos = self.atributos[atividade["id_atividade"]]
        modulo = ""
        if atividade["id_tarefa"] is not None:
            tarefa = self.tarefas[atividade["id_tarefa"]]
            modulo = tarefa["id_tarefa_modulo"] or ""
            shown = tarefa["sin_historico_resumido"]
            if self.options.consulta_processual and not (
                modulo.startswith("PEN_") and shown == "S"
            ):
                shown = tarefa["sin_consulta_processual"]
            if shown != "S" or tarefa["id_tarefa"] in NEVER_TOLD or modulo.startswith("MD_PET"):
                return set()
        said: set[str] = set()
        for atributo in atributos:
            match atributo["nome"]:
                case "DOCUMENTO" | "PROCESSO":
                    target = self._target(atributo)
                    documento = atributo["nome"] == "DOCUMENTO"
                    if not self._may_be_cited(target, documento, atividade["id_protocolo"]):
                        return set()
                    said |= {atributo["valor"]} if target is None else self.names(target)
                case str(nome) if nome.startswith(PEOPLE):
                    continue
                case "MOTIVO" if modulo == "PEN_PROCESSO_RECUSADO":
                    continue
                case _:
                    said |= _marks([atributo["valor"]])
        return said

    def _target(self, atributo: Row) -> int | None:
        if atributo["id_origem"] is not None:
            key = int(atributo["id_origem"])
            return key if key in self.protocolos else None
        numbers = {row["protocolo_formatado"]: key for key, row in self.protocolos.items()}
        return numbers.get(atributo["valor"])

    def _may_be_cited(self, target: int | None, documento: bool, where: int) -> bool:
        """A público document may be told of by the history of a processo that it has left, also
        when the one it is in now is another órgão's."""
        if not documento:
            return target is not None and self.anybody.may_name(target)
        if target is None:
            return True  # 3.1(1): what no longer exists drops nothing
        row = self.protocolos[target]
        unsigned = row["sta_protocolo"] == "G" and not self.is_signed(target)
        held = self.documentos.get(target, {}).get("id_procedimento") == where
        granted = held and self.sees_all(where) and "2" not in _levels(row)
        return (self._level_is_told(row) or granted) and not unsigned


def _levels(row: Row) -> set[str]:
    return {row["sta_nivel_acesso_local"], row["sta_nivel_acesso_global"]}


def _marks(texts: Iterable[str | None]) -> set[str]:
    """The marks in some texts that may be shown, less those that are in an e-mail."""
    return {mark for text in texts if text for mark in MARK.findall(_EMAIL.sub("", text))}


def _group(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    grouped: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return grouped
