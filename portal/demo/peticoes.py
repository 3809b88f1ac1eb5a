"""What the module Peticionamento writes: intimações, and recibos of petições."""

from collections.abc import Sequence
from datetime import date, datetime, time

from portal.demo.pessoas import Pessoas
from portal.demo.protocolos import Documento, Processo
from portal.sei import tables


class Peticoes(Pessoas):
    """The part of the builder that notifies people and takes in what they send."""

    def intimacao(
        self,
        documentos: Sequence[Documento],
        destinatarios: Sequence[str | int] = ("Maria Aparecida Ferreira",),
        *,
        fulfilled: int = 0,
        andamentos: bool = True,
        tipo: str = "Notificação",
        resposta: str = "E",
        tacit: date | None = None,
        due: date | None = None,
        prazo: tuple[int, str] | None = None,
        situacao: str | None = None,
        active: bool = True,
    ) -> int:
        """An intimação on documents of one processo, of which the first `fulfilled` were read.

        Its documents are closed to the public until every addressee has read it. `prazo` is how
        long there is to answer: so many, and `D`, `U` (dias úteis), `M` or `A`. `situacao` is the
        addressees' when it is not simply read or unread.
        """
        key = self.target.next_id(tables.md_pet_int_protocolo)
        self._describe(key, tipo, resposta)
        if prazo is not None:
            self._allow_answer(key, *prazo)
        for n, documento in enumerate(documentos):
            self.target.add(
                tables.md_pet_int_protocolo,
                id_md_pet_intimacao=key,
                id_protocolo=documento.id,
                sin_principal="N" if n else "S",
            )
        for n, destinatario in enumerate(destinatarios):
            contato = self.contato(destinatario) if isinstance(destinatario, str) else destinatario
            rel = self.target.next_id(tables.md_pet_int_rel_dest)
            self.target.add(
                tables.md_pet_int_rel_dest,
                id_md_pet_int_rel_dest=rel,
                id_md_pet_intimacao=key,
                id_contato=contato,
                data_cadastro=documentos[0].processo.clock,
                sta_situacao_intimacao=situacao or ("3" if n < fulfilled else "1"),
                sin_ativo="S" if active else "N",
                dta_prazo_tacito=datetime.combine(tacit, time()) if tacit else None,
            )
            if n < fulfilled:
                self.target.add(tables.md_pet_int_aceite, id_md_pet_int_rel_dest=rel)
                self._expect_answer(rel, due)
            if andamentos:
                self._tell_intimacao(documentos[0], str(destinatario), fulfilled=n < fulfilled)
        return key

    def recibo(
        self, processo: Processo, usuario: int, tipo: str = "I", *, finished: bool = True
    ) -> None:
        """The receipt of a petição that an account of SEI sent."""
        self.target.add(
            tables.md_pet_rel_recibo_protoc,
            id_md_pet_rel_recibo_protoc=self.target.next_id(tables.md_pet_rel_recibo_protoc),
            id_protocolo=processo.id,
            id_usuario=usuario,
            data_hora_recebimento_final=processo.clock if finished else None,
            sta_tipo_peticionamento=tipo,
            sin_ativo="S",
        )

    def vinculo(
        self,
        represented: int,
        representative: int,
        tipo: str = "L",
        *,
        estado: str = "A",
        until: date | None = None,
        ended: date | None = None,
        processos: Sequence[Processo] | None = None,
        poderes: Sequence[str] = (),
    ) -> int:
        """Somebody may act for somebody, about any processo or only these."""
        vinculo = self.target.next_id(tables.md_pet_vinculo)
        self.target.add(tables.md_pet_vinculo, id_md_pet_vinculo=vinculo, id_contato=represented)
        key = self.target.next_id(tables.md_pet_vinculo_represent)
        self.target.add(
            tables.md_pet_vinculo_represent,
            id_md_pet_vinculo_represent=key,
            id_md_pet_vinculo=vinculo,
            id_contato=representative,
            tipo_representante=tipo,
            sta_estado=estado,
            sin_ativo="S",
            sta_abrangencia="Q" if processos is None else "E",
            data_limite=datetime.combine(until, time()) if until else None,
            data_encerramento=datetime.combine(ended, time()) if ended else None,
        )
        for processo in processos or ():
            self.target.add(
                tables.md_pet_rel_vincrep_protoc,
                id_md_pet_vinculo_represent=key,
                id_protocolo=processo.id,
            )
        for poder in poderes:
            self._empower(key, poder)
        return key

    def prazo_tacito(self, days: int) -> None:
        """After so many days an intimação is taken for read."""
        self.target.add(
            tables.md_pet_int_prazo_tacita,
            id_md_pet_int_prazo_tacita=self.target.next_id(tables.md_pet_int_prazo_tacita),
            num_prazo=days,
        )

    def _describe(self, intimacao: int, tipo: str, resposta: str) -> None:
        key = self.target.next_id(tables.md_pet_int_tipo_intimacao)
        self.target.add(
            tables.md_pet_int_tipo_intimacao,
            id_md_pet_int_tipo_intimacao=key,
            nome=tipo,
            tipo_resposta_aceita=resposta,
        )
        self.target.add(
            tables.md_pet_intimacao,
            id_md_pet_intimacao=intimacao,
            id_md_pet_int_tipo_intimacao=key,
        )

    def _allow_answer(self, intimacao: int, many: int, unit: str) -> None:
        key = self.target.next_id(tables.md_pet_int_tipo_resp)
        self.target.add(
            tables.md_pet_int_tipo_resp,
            id_md_pet_int_tipo_resp=key,
            nome="Manifestação",
            tipo_prazo_externo="D" if unit == "U" else unit,
            valor_prazo_externo=many,
            tipo_dia="U" if unit == "U" else "C",
        )
        self.target.add(
            tables.md_pet_int_rel_tipo_resp,
            id_md_pet_int_rel_tipo_resp=self.target.next_id(tables.md_pet_int_rel_tipo_resp),
            id_md_pet_intimacao=intimacao,
            id_md_pet_int_tipo_resp=key,
            sin_ativo="S",
        )

    def _empower(self, representacao: int, poder: str) -> None:
        key = self.target.next_id(tables.md_pet_adm_tipo_poder)
        self.target.add(tables.md_pet_adm_tipo_poder, id_md_pet_tipo_poder=key, nome=poder)
        self.target.add(
            tables.md_pet_rel_vincrep_tipo_poder,
            id_md_pet_vinculo_represent=representacao,
            id_md_pet_tipo_poder=key,
        )

    def _expect_answer(self, destinatario: int, due: date | None) -> None:
        if due is not None:
            self.target.add(
                tables.md_pet_int_rel_tpo_res_des,
                id_md_pet_int_rel_tipo_res_des=self.target.next_id(
                    tables.md_pet_int_rel_tpo_res_des
                ),
                id_md_pet_int_rel_dest=destinatario,
                data_limite=datetime.combine(due, time(23, 59, 59)),
                data_prorrogada=None,
            )

    def _tell_intimacao(self, documento: Documento, nome: str, *, fulfilled: bool) -> None:
        when = f"{documento.processo.clock:%d/%m/%Y}"
        told = ["MD_PET_INTIMACAO_EXPEDIDA"]
        if fulfilled:
            told.append("MD_PET_INTIMACAO_CUMPRIDA")
        for tarefa in told:
            self.andamento(
                documento.processo,
                tarefa,
                DATA=when,
                USUARIO_EXTERNO_NOME=nome,
                DOCUMENTO=documento,
            )
