"""Signatures: the first that counts freezes the page."""

from datetime import datetime

from portal.demo.andamentos import Andamentos
from portal.demo.pages import crc
from portal.demo.people import login
from portal.demo.protocolos import Documento
from portal.demo.town import Unidade
from portal.sei import tables
from portal.sei.values import TipoProtocolo

SIGNER = ("Beatriz Nogueira Lopes", "Analista Municipal")


class Assinaturas(Andamentos):
    """The part of the builder that signs documents."""

    def sign(
        self,
        documento: Documento,
        nome: str = SIGNER[0],
        cargo: str = SIGNER[1],
        *,
        active: bool = True,
        with_andamento: bool = True,
        forma: str = "S",
        unidade: str | int | Unidade | None = None,
        when: datetime | None = None,
    ) -> None:
        """A signature; on an external document it says that the scan matches its original.

        `active=False` does not count as signed; without andamento the row points at none, as while
        a certificate signature is being made. `forma` is S senha, C certificado, M módulo.
        """
        id_atividade = None
        if with_andamento:
            externo = documento.row["sta_protocolo"] == TipoProtocolo.RECEBIDO
            id_atividade = self.andamento(
                documento.processo,
                115 if externo else 5,
                unidade=unidade,
                when=when,
                DOCUMENTO=documento,
                USUARIO=(login(nome), None),
            ).id
        documento.signers += 1
        self.target.add(
            tables.assinatura,
            id_assinatura=self.target.next_id(tables.assinatura),
            id_documento=documento.id,
            id_atividade=id_atividade,
            id_usuario=self.target.usuario(documento.signers),
            nome=nome,
            tratamento=cargo,
            sta_forma_autenticacao=forma,
            sin_ativo="S" if active else "N",
        )
        if active and documento.page:
            self._freeze(documento)

    def _freeze(self, documento: Documento) -> None:
        self.target.change(
            tables.documento_conteudo,
            documento.content,
            conteudo_assinatura=documento.page,
            crc_assinatura=crc(documento.page),
        )
