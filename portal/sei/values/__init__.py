"""What SEI knows, as the portal speaks of it: enums of SEI's codes and frozen values.

Nothing here has been decided about a viewer yet when it comes from `queries/`; what `service` and
`documentos` return holds only what the viewer may see. Instants are aware, in the tenant's zone;
dates are SEI's own dates.
"""

from portal.sei.values.andamentos import Andamento, Atributo, History, Step, Tarefa
from portal.sei.values.codes import (
    Associacao,
    EstadoProtocolo,
    FormaAutenticacao,
    NivelAcesso,
    StaDocumento,
    TipoProtocolo,
)
from portal.sei.values.documentos import (
    Anexo,
    Contents,
    Conteudo,
    Documento,
    ListedDocumento,
    OpenDocumentos,
    Opening,
    Signatario,
)
from portal.sei.values.people import (
    ANYONE,
    Cnpj,
    Identity,
    Recognition,
    Slow,
    Viewer,
)
from portal.sei.values.peticoes import (
    Contagem,
    Intimacao,
    Peticionamento,
    Prazo,
    Recibo,
    Resposta,
    TipoPeticao,
)
from portal.sei.values.processos import Ambiguous, HipoteseLegal, Hit, Neighbour, Procedimento
from portal.sei.values.tracking import AND_OTHERS, Tracking
from portal.sei.values.tramites import EstadoTramite, Tramite
from portal.sei.values.unidades import Unidade
from portal.sei.values.vinculos import Offer, TipoRepresentante, Vinculo
from portal.sei.values.whereabouts import (
    Anexado,
    Bloqueado,
    ComOutroOrgao,
    Concluido,
    Eliminado,
    EmAndamento,
    NaoInformada,
    Situacao,
    Sobrestado,
    Stay,
)

__all__ = [
    "AND_OTHERS",
    "ANYONE",
    "Ambiguous",
    "Andamento",
    "Anexado",
    "Anexo",
    "Associacao",
    "Atributo",
    "Bloqueado",
    "Cnpj",
    "ComOutroOrgao",
    "Concluido",
    "Contagem",
    "Contents",
    "Conteudo",
    "Documento",
    "Eliminado",
    "EmAndamento",
    "EstadoProtocolo",
    "EstadoTramite",
    "FormaAutenticacao",
    "HipoteseLegal",
    "History",
    "Hit",
    "Identity",
    "Intimacao",
    "ListedDocumento",
    "NaoInformada",
    "Neighbour",
    "NivelAcesso",
    "Offer",
    "OpenDocumentos",
    "Opening",
    "Peticionamento",
    "Prazo",
    "Procedimento",
    "Recibo",
    "Recognition",
    "Resposta",
    "Signatario",
    "Situacao",
    "Slow",
    "Sobrestado",
    "StaDocumento",
    "Stay",
    "Step",
    "Tarefa",
    "TipoPeticao",
    "TipoProtocolo",
    "TipoRepresentante",
    "Tracking",
    "Tramite",
    "Unidade",
    "Viewer",
    "Vinculo",
]
