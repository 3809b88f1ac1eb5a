"""People and companies, what they have to do with a processo, and what they may see of one."""

from collections.abc import Sequence
from datetime import date, datetime, time

from portal.demo.andamentos import Andamentos
from portal.demo.numbering import cpf as cpf_of
from portal.demo.protocolos import Documento, Processo
from portal.sei import tables


class Pessoas(Andamentos):
    """The part of the builder that knows people."""

    def contato(
        self,
        nome: str = "Maria Aparecida Ferreira",
        *,
        cpf: int | None = None,
        cnpj: int | None = None,
        natureza: str = "F",
        email: str | None = None,
        active: bool = True,
    ) -> int:
        """A person or company, by its `id_contato`; a person gets an impossible CPF when unsaid."""
        key = self.target.next_id(tables.contato)
        if cpf is None and natureza == "F":
            cpf = cpf_of(key)
        self.target.add(
            tables.contato,
            id_contato=key,
            nome=nome,
            cpf=cpf,
            cnpj=cnpj,
            sta_natureza=natureza,
            sin_ativo="S" if active else "N",
            email=email,
        )
        return key

    def interessado(
        self, what: Processo | Documento, contato: str | int, participacao: str = "I"
    ) -> int:
        """Name someone on a processo or document: I interessado, R remetente, D destinatário."""
        key = self.contato(contato) if isinstance(contato, str) else contato
        self._take_part(what, key, participacao)
        return key

    def usuario_externo(
        self, contato: int, *, tipo: str = "3", active: bool = True, nome: str = "Usuário Externo"
    ) -> int:
        """An account in SEI for a contato, by its `id_usuario`: 3 released, 2 not yet."""
        key = self.target.next_id(tables.usuario)
        self.target.add(
            tables.usuario,
            id_usuario=key,
            sigla=f"externo{key}@correio.example",
            nome=nome,
            id_contato=contato,
            id_orgao=0,
            sta_tipo=tipo,
            sin_ativo="S" if active else "N",
        )
        return key

    def acesso_externo(
        self,
        processo: Processo,
        contato: int,
        documentos: Sequence[Documento] | None = None,
        *,
        until: date | None = None,
        tipo: str = "E",
        to_sign: Documento | None = None,
        active: bool = True,
        nome: str = "Usuário Externo",
    ) -> int:
        """Access to a whole processo, or only to `documentos`; the contato needs an account."""
        given = self.andamento(
            processo,
            (50 if active else 89) if to_sign is None else (86 if active else 88),
            DESTINATARIO_NOME=nome,
            DESTINATARIO_EMAIL="externo@correio.example",
            VISUALIZACAO=(None, "I" if documentos is None else "P"),
            DOCUMENTO=to_sign,
        )
        if contato not in processo.with_access:
            # One participante, however many acessos there are.
            processo.with_access[contato] = self._take_part(processo, contato, "A")
        key = self.target.next_id(tables.acesso_externo)
        self.target.add(
            tables.acesso_externo,
            id_acesso_externo=key,
            id_atividade=given.id,
            id_participante=processo.with_access[contato],
            dta_validade=datetime.combine(until, time()) if until else None,
            sta_tipo=tipo,
            id_documento=to_sign.id if to_sign else None,
            sin_processo="S" if documentos is None else "N",
            sin_ativo="S" if active else "N",
        )
        for documento in documentos or ():
            self.target.add(
                tables.rel_acesso_ext_protocolo,
                id_acesso_externo=key,
                id_protocolo=documento.id,
            )
        return key

    def _take_part(self, what: Processo | Documento, contato: int, participacao: str) -> int:
        key = self.target.next_id(tables.participante)
        processo = what.processo if isinstance(what, Documento) else what
        self.target.add(
            tables.participante,
            id_participante=key,
            id_protocolo=what.id,
            id_contato=contato,
            id_unidade=processo.row["id_unidade_geradora"],
            sta_participacao=participacao,
            sequencia=1,
        )
        return key
