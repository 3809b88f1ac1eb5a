"""SEI's codes, and how one that nobody has documented is read."""

from enum import StrEnum


class NivelAcesso(StrEnum):
    """`sta_nivel_acesso_local` and `_global`."""

    PUBLICO = "0"
    RESTRITO = "1"
    SIGILOSO = "2"

    @classmethod
    def _missing_(cls, value: object) -> "NivelAcesso":
        """A code that nobody has documented is read as the closed one."""
        return cls.SIGILOSO


class TipoProtocolo(StrEnum):
    """`sta_protocolo`."""

    PROCESSO = "P"
    GERADO = "G"
    RECEBIDO = "R"

    @classmethod
    def _missing_(cls, value: object) -> "TipoProtocolo":
        """A code that nobody has documented is read as the one that stays closed until signed."""
        return cls.GERADO


class EstadoProtocolo(StrEnum):
    """`sta_estado`; one set for processos (0 1 3 4) and documents (0 2)."""

    NORMAL = "0"
    SOBRESTADO = "1"
    CANCELADO = "2"
    ANEXADO = "3"
    BLOQUEADO = "4"
    EM_PROCESSAMENTO = "5"

    @classmethod
    def _missing_(cls, value: object) -> "EstadoProtocolo":
        """Of a state that nobody has documented, the andamentos tell what there is to tell."""
        return cls.NORMAL


class StaDocumento(StrEnum):
    """`sta_documento`: how a document came to be."""

    EXTERNO = "X"
    INTERNO = "I"
    AUTOMATICO = "A"
    FORMULARIO = "F"
    EDOC = "E"


class Associacao(StrEnum):
    """`rel_protocolo_protocolo.sta_associacao`."""

    DOCUMENTO = "1"
    ANEXADO = "2"
    RELACIONADO = "3"
    SOBRESTADO = "4"
    DESANEXADO = "5"
    MOVIDO = "6"
    CIRCULAR = "7"


class FormaAutenticacao(StrEnum):
    """`sta_forma_autenticacao`: how somebody signed."""

    SENHA = "S"
    CERTIFICADO = "C"
    MODULO = "M"
