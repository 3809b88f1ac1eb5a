"""One call: a message written, sent, and its answer read; and how it ended."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from lxml import etree
from zeep import Client, Settings
from zeep.exceptions import Fault
from zeep.helpers import serialize_object

from portal.seiws import messages
from portal.seiws.answers import Unreadable
from portal.seiws.contract import NAMESPACE, RESULT
from portal.seiws.faults import SoapFault, judge
from portal.seiws.transport import (
    WSDL,
    Loader,
    Patience,
    Reply,
    download,
    post,
    why_not_connected,
)
from portal.seiws.values import (
    Access,
    Failure,
    NotAllowed,
    NotSent,
    Safe,
    Unconfirmed,
    WsdlUnusable,
)
from portal.seiws.wsdl import BINDING, write_wsdl

Answer = TypeVar("Answer")

_QUESTIONS = ("consultar", "listar")


class Calls:
    """How one SeiWS is asked. `read` makes a value of an answer, and raises for what is none."""

    def __init__(self, access: Access, patience: Patience) -> None:
        self.access = access
        self._patience = patience
        try:
            self._client = _load(_read_wsdl(access, patience))
            self._binding = self._client.wsdl.bindings[BINDING]
        except Exception as error:
            # zeep's parser meets what is no WSDL with whatever comes to it.
            raise WsdlUnusable(f"{access.wsdl}: {type(error).__name__}") from error
        self._service = self._client.create_service(BINDING, access.endereco)

    def ask(self, operation: str, read: Callable[[Any], Answer], **parts: Any) -> Answer | Safe:
        """What leaves nothing in SEI, or nothing that stays there."""
        try:
            return self._call(operation, read, parts)
        except _Lacking as error:
            return NotAllowed(str(error))
        except _Unknown as unknown:
            return NotSent(str(unknown))
        except _Refused as refusal:
            failure = judge(refusal.fault, lasting=False)
            return NotSent(failure.message) if isinstance(failure, Unconfirmed) else failure

    def write(
        self, operation: str, read: Callable[[Any], Answer], **parts: Any
    ) -> Answer | Failure:
        """What changes SEI, once."""
        try:
            return self._call(operation, read, parts)
        except _Lacking as error:
            return NotAllowed(str(error))
        except _NeverSent as error:
            return NotSent(str(error))
        except _Unknown as unknown:
            return Unconfirmed(str(unknown))
        except _Refused as refusal:
            return judge(refusal.fault, lasting=True)

    def _call(
        self, operation: str, read: Callable[[Any], Answer], parts: messages.Struct
    ) -> Answer:
        """Raises `_Lacking`, `_NeverSent`, `_Unknown` and `_Refused`."""
        message = self._write_message(operation, parts)
        patience = self._patience
        seconds = patience.read if operation.startswith(_QUESTIONS) else patience.write
        try:
            response = post(self.access.endereco, message, (patience.connect, seconds))
        except Exception as error:  # requests lets some of urllib3's through
            if (reason := why_not_connected(error)) is not None:
                raise _NeverSent(f"Não houve conexão com o SEI ({reason}).") from error
            kind = type(error).__name__
            raise _Unknown(f"O SEI não terminou de responder ({kind}).") from error
        try:
            return read(self._read_reply(operation, response))
        except _Refused:
            raise
        except Exception as error:
            # Whatever came is no answer; the exception's own words may hold all of it.
            what = f"HTTP {response.status_code}, {type(error).__name__}"
            raise _Unknown(f"O SEI não respondeu como deve ({what}).") from None

    def _write_message(self, operation: str, parts: messages.Struct) -> bytes:
        identity = {
            "SiglaSistema": self.access.sigla,
            "IdentificacaoServico": self.access.chave,
        }
        try:
            found = self._binding.get(operation)
        except ValueError as error:
            raise _Lacking(f"O WSDL deste SEI não tem {operation}.") from error
        try:
            filled = messages.fill(found.input.body.type, identity | parts)
        except messages.NoSuchField as error:
            raise _Lacking(f"No WSDL deste SEI falta um campo: {error}.") from error
        envelope = self._client.create_message(self._service, operation, **filled)
        return bytes(etree.tostring(envelope, encoding="UTF-8", xml_declaration=True))

    def _read_reply(self, operation: str, response: Reply) -> Any:
        """What zeep makes of it, as plain dicts, lists and texts. It is lenient about members that
        our WSDL does not know, and would be about broken XML and other people's answers too."""
        if not response.headers.get("Content-Type", "").startswith("multipart/"):
            _check_reply(operation, response.content)
        kind = self._binding.get(operation)
        try:
            reply = self._binding.process_reply(self._client, kind, response)
        except Fault as fault:
            if fault.code is None:  # zeep's own, for XML that is no SOAP
                raise
            raise _Refused(self._read_fault(fault)) from None
        return serialize_object(reply, dict)

    def _read_fault(self, fault: Fault) -> SoapFault:
        """SEI's words. They are shown and kept, so what nobody may read is taken out of them."""
        items = [] if fault.detail is None else fault.detail.iter("item")
        told = {item.findtext("key"): item.findtext("value") for item in items}
        message = (fault.message or "").replace(self.access.chave, "…")
        return SoapFault(message, told.get("infra_tipo_excecao") or "")


class _Lacking(Exception):
    """The WSDL lacks what we would say, so that nothing was."""


class _Unknown(Exception):
    """It may have been done; the text is for the prefeitura."""


class _NeverSent(_Unknown):
    """It was not done."""


class _Refused(Exception):
    """SEI answered with a fault."""

    def __init__(self, fault: SoapFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def _load(wsdl: bytes) -> Client:
    settings = Settings(forbid_dtd=True, force_https=False)
    client = Client(WSDL, transport=Loader(wsdl), settings=settings)
    # A member of an answer that our WSDL does not know is no reason not to read it.
    settings.strict = False
    messages.allow_empty_arrays(client.wsdl.types.types)
    return client


def _read_wsdl(access: Access, patience: Patience) -> bytes:
    if not access.wsdl:
        return write_wsdl(access.versao)
    if access.wsdl.startswith(("https://", "http://")):
        return download(access.wsdl, patience)
    return Path(access.wsdl).read_bytes()


def _check_reply(operation: str, content: bytes) -> None:
    """Raises unless it is well-formed, and an answer to that operation or a fault."""
    envelope = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    answer = f"{{*}}Body/{{{NAMESPACE}}}{operation}Response/{RESULT}"
    if envelope.find(answer) is None and envelope.find("{*}Body/{*}Fault") is None:
        raise Unreadable(f"no {operation}Response")
