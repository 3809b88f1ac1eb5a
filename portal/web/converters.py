"""What an address may hold, beyond what Flask knows."""

from werkzeug.routing import BaseConverter, ValidationError

from portal.numero import NumeroProtocolo


class NumeroConverter(BaseConverter):
    """A number in its canonical spelling: capitals and digits, and at least one digit."""

    regex = "[0-9A-Z]{1,50}"

    def to_python(self, value: str) -> NumeroProtocolo:
        if value.isalpha():
            raise ValidationError
        return NumeroProtocolo(value)

    def to_url(self, value: NumeroProtocolo) -> str:
        return value.chave
