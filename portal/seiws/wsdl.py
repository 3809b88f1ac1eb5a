"""The WSDL of a version of SeiWS, with the operations that the portal uses."""

from collections.abc import Iterator

from portal.seiws.contract import (
    ACTION,
    BASE64,
    NAMESPACE,
    Contract,
    Field,
    Operation,
    array_name,
    get_contract,
)
from portal.seiws.values import Versao

SOAP_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
BINDING = f"{{{NAMESPACE}}}SeiBinding"

# The part of the SOAP 1.1 encoding's schema that a WSDL of arrays leans on. The group is what makes
# zeep take an array for one.
SOAP_ENCODING_SCHEMA = f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="{SOAP_ENCODING}"
           targetNamespace="{SOAP_ENCODING}">
  <xs:attribute name="arrayType" type="xs:string"/>
  <xs:group name="Array">
    <xs:sequence>
      <xs:any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
    </xs:sequence>
  </xs:group>
  <xs:complexType name="Array">
    <xs:group ref="tns:Array" minOccurs="0"/>
    <xs:attribute ref="tns:arrayType"/>
  </xs:complexType>
</xs:schema>
"""

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions name="SeiService" targetNamespace="{NAMESPACE}" xmlns:sei="{NAMESPACE}"
             xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
             xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
             xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:SOAP-ENC="{SOAP_ENCODING}">
<types>
<xsd:schema targetNamespace="{NAMESPACE}">
<xsd:import namespace="{SOAP_ENCODING}"/>"""


def write_wsdl(versao: Versao, endereco: str = "http://127.0.0.1/sei/ws/SeiWS.php") -> bytes:
    """The whole document. `endereco` is what it says of where the service is, and nobody asks."""
    contract = get_contract(versao)
    lines = [_HEAD]
    for name, members in contract.structs.items():
        lines += [f'<xsd:complexType name="{name}"><xsd:all>']
        lines += [_member(field, contract) for field in members]
        lines += ["</xsd:all></xsd:complexType>"]
    for name, item in contract.arrays().items():
        lines += [_array(name, f"sei:{item}" if item else "xsd:string")]
    lines += ["</xsd:schema>", "</types>"]
    operations = contract.operations.values()
    for operation in operations:
        lines += _messages(operation, contract)
    lines += ['<portType name="SeiPortType">', *map(_port, operations), "</portType>"]
    lines += ['<binding name="SeiBinding" type="sei:SeiPortType">']
    lines += ['<soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>']
    lines += [*map(_binding, operations), "</binding>"]
    lines += ['<service name="SeiService"><port name="SeiPortService" binding="sei:SeiBinding">']
    lines += [f'<soap:address location="{endereco}"/></port></service>', "</definitions>", ""]
    return "\n".join(lines).encode()


def _type(field: Field, contract: Contract) -> str:
    if field.array:
        return f"sei:{array_name(field)}"
    if field.type == BASE64:
        return "xsd:base64Binary"
    return f"sei:{field.type}" if field.type in contract.structs else "xsd:string"


def _member(field: Field, contract: Contract) -> str:
    optional = ' minOccurs="0"' if field.optional else ""
    nillable = ' nillable="true"' if field.nillable else ""
    return f'<xsd:element name="{field.name}" type="{_type(field, contract)}"{optional}{nillable}/>'


def _array(name: str, item: str) -> str:
    return (
        f'<xsd:complexType name="{name}"><xsd:complexContent>'
        '<xsd:restriction base="SOAP-ENC:Array">'
        f'<xsd:attribute ref="SOAP-ENC:arrayType" wsdl:arrayType="{item}[]"/>'
        "</xsd:restriction></xsd:complexContent></xsd:complexType>"
    )


def _messages(operation: Operation, contract: Contract) -> Iterator[str]:
    for suffix, parts in (("Request", operation.parts), ("Response", (operation.returns,))):
        yield f'<message name="{operation.name}{suffix}">'
        for part in parts:
            yield f'<part name="{part.name}" type="{_type(part, contract)}"/>'
        yield "</message>"


def _port(operation: Operation) -> str:
    name = operation.name
    return (
        f'<operation name="{name}"><input message="sei:{name}Request"/>'
        f'<output message="sei:{name}Response"/></operation>'
    )


def _binding(operation: Operation) -> str:
    body = f'<soap:body use="encoded" namespace="{NAMESPACE}" encodingStyle="{SOAP_ENCODING}"/>'
    return (
        f'<operation name="{operation.name}"><soap:operation soapAction="{ACTION}"/>'
        f"<input>{body}</input><output>{body}</output></operation>"
    )
