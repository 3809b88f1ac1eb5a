"""Messages as PHP's SOAP server reads and writes them."""

import re
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from portal.seiws.contract import BASE64, NAMESPACE, Contract, Field, array_name

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"
VALIDATION, ERROR = "INFRA_VALIDACAO", "INFRA_ERRO"

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"'
)
_ENCODED = (
    f' xmlns:ns1="{NAMESPACE}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"'
    ' SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"'
)


class Refusal(Exception):
    """A fault of SEI's own; errors that are no rule are `error`."""

    def __init__(self, text: str, *, error: bool = False) -> None:
        super().__init__(text)
        self.type = ERROR if error else VALIDATION


class Malformed(Exception):
    """A fault of PHP's SOAP layer: its code, and its words."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def read_message(body: bytes, contract: Contract) -> tuple[str, dict[str, Any]]:
    """The operation and its parts by name, whatever their order; what is missing is None.
    Raises `Malformed`."""
    try:
        if b"<!DOCTYPE" in body:
            raise Malformed("Client", "DTD are not supported by SOAP")
        call = ElementTree.fromstring(body).find(f"{ENVELOPE}Body/*")
    except ElementTree.ParseError:
        call = None
    if call is None:
        raise Malformed("Client", "Bad Request")
    name = re.sub(r"^\{.*\}", "", call.tag)
    if name not in contract.operations:
        raise Malformed("Server", f"Procedure '{name}' not present")
    parts = contract.operations[name].parts
    return name, {part.name: _read(call.find(part.name), part, contract) for part in parts}


def _read(element: ElementTree.Element | None, field: Field, contract: Contract) -> Any:
    if field.type == BASE64:
        # SEI's converter makes text of the element, also of one that is empty or nil.
        return None if element is None else ElementTree.tostring(element, "unicode")
    if element is None or element.get(f"{XSI}nil") in ("true", "1"):
        return None
    if field.array:
        if (element.get(f"{XSI}type") or "").endswith(":Array"):
            return []  # decoded without its type: an object, in which SEI finds nothing
        return [_read_item(item, field.type, contract) for item in element]
    return _read_item(element, field.type, contract)


def _read_item(element: ElementTree.Element, kind: str, contract: Contract) -> Any:
    if kind not in contract.structs:
        return decode_text(element.text or "")
    return {
        member.name: _read(element.find(member.name), member, contract)
        for member in contract.structs[kind]
    }


def decode_text(text: str) -> str:
    """In Latin-1 as PHP's decoder makes it: what does not fit becomes the name of a character."""
    return text.encode("latin-1", "xmlcharrefreplace").decode("latin-1")


def write_answer(operation: str, value: Any, contract: Contract) -> bytes:
    """The whole envelope."""
    inside = _write(contract.operations[operation].returns, value, contract)
    name = f"ns1:{operation}Response"
    return (
        f"{_HEAD}{_ENCODED}><SOAP-ENV:Body><{name}>{inside}</{name}></SOAP-ENV:Body>"
        "</SOAP-ENV:Envelope>\n"
    ).encode()


def _write(field: Field, value: Any, contract: Contract) -> str:
    name = field.name
    if field.array:
        items = "".join(_write_item("item", field.type, each, contract) for each in value or ())
        item = f"ns1:{field.type}" if field.type in contract.structs else "xsd:string"
        head = f'<{name} SOAP-ENC:arrayType="{item}[{len(value or ())}]"'
        head += f' xsi:type="ns1:{array_name(field)}"'
        return f"{head}>{items}</{name}>" if items else f"{head}/>"
    return _write_item(name, field.type, value, contract)


def _write_item(name: str, kind: str, value: Any, contract: Contract) -> str:
    if kind not in contract.structs:
        if value is None:
            return f'<{name} xsi:nil="true"/>'
        return f'<{name} xsi:type="xsd:string">{escape(str(value))}</{name}>'
    if value is None:
        return f'<{name} xsi:nil="true" xsi:type="ns1:{kind}"/>'
    inside = "".join(
        _write(member, value.get(member.name), contract)
        for member in contract.structs[kind]
        if member.name in value or not member.optional
    )
    return f'<{name} xsi:type="ns1:{kind}">{inside}</{name}>'


def write_fault(error: Refusal | Malformed) -> bytes:
    """The whole envelope. SEI's code is always the same and tells nothing."""
    code = error.code if isinstance(error, Malformed) else "Client"
    detail = ""
    if isinstance(error, Refusal):
        item = f"<item><key>infra_tipo_excecao</key><value>{error.type}</value></item>"
        detail = f"<detail>{item}</detail>"
    return (
        f"{_HEAD}><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:{code}</faultcode>"
        f"<faultstring>{escape(str(error))}</faultstring>{detail}</SOAP-ENV:Fault>"
        "</SOAP-ENV:Body></SOAP-ENV:Envelope>\n"
    ).encode()
