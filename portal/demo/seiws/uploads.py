"""Files on their way: a row and bytes in the repository, before there is a document."""

from base64 import b64decode
from datetime import timedelta
from hashlib import md5

from portal.demo.seiws.book import Book
from portal.demo.seiws.call import Call
from portal.demo.seiws.installation import FORBIDDEN, MB, Installation
from portal.demo.seiws.soap import Refusal
from portal.demo.target import Row
from portal.sei import tables

LONGEST_NAME = 255
UNUSED = timedelta(hours=24)


def add_arquivo(call: Call) -> str:
    """`adicionarArquivo`: its id. With all of it in one message it is complete at once."""
    call.need_permission()
    nome = call.text("Nome")
    size = int(call.text("Tamanho")) if call.text("Tamanho").isdecimal() else 0
    check_name(nome, call.installation)
    check_size(nome, size, call.installation)
    data = decode(call.text("Conteudo"))
    if not data:
        raise Refusal(f"Arquivo {nome} vazio.")
    anexo = call.book.add_anexo(nome, size, call.text("Hash"))
    call.book.path_of(anexo).write_bytes(b"")
    _append(call.book, anexo, data)
    call.owners[anexo["id_anexo"]] = call.here.id_unidade
    return str(anexo["id_anexo"])


def add_conteudo(call: Call) -> str:
    """`adicionarConteudoArquivo`: `1` when the file is complete, nothing before."""
    call.need_permission()
    anexo = find_upload(call, call.text("IdArquivo"))
    if anexo["sin_ativo"] == "S":
        raise Refusal("Arquivo já foi ativado.")
    data = decode(call.text("Conteudo"))
    if not data:
        raise Refusal("Conteúdo para adição no arquivo vazio.")
    return "1" if _append(call.book, anexo, data) else ""


def find_upload(call: Call, id_arquivo: str) -> Row:
    """A file that has no document yet, of this unidade."""
    anexo = call.book.find_anexo(id_arquivo)
    if anexo is None:
        raise Refusal("Arquivo não encontrado na base de dados.")
    if anexo["id_protocolo"] is not None:
        raise Refusal("Arquivo já está associado com um protocolo.")
    if not call.book.path_of(anexo).exists():
        raise Refusal("Arquivo não encontrado no repositório.")
    # Who restarts the simulator forgets whose it is.
    owner = call.owners.get(anexo["id_anexo"], call.here.id_unidade)
    if owner != call.here.id_unidade:
        raise Refusal("Arquivo não foi adicionado pela unidade.")
    return anexo


def remove_unused(book: Book) -> None:
    """SEI's daily job."""
    for anexo in book.list_unused(book.now - UNUSED):
        book.path_of(anexo).unlink(missing_ok=True)
        book.target.remove(tables.anexo, anexo)


def check_name(nome: str, installation: Installation) -> None:
    """Whether a file may be called that."""
    if not nome:
        raise Refusal("Nome do anexo não informado.")
    if "&#" in nome:
        raise Refusal("Nome do anexo possui caracteres especiais.")
    if len(nome) > LONGEST_NAME:
        raise Refusal(f"Nome do anexo possui tamanho superior a {LONGEST_NAME} caracteres.")
    _, dot, extension = nome.rpartition(".")
    if not dot:
        raise Refusal("Nome do arquivo não possui extensão.")
    if extension.lower() in FORBIDDEN:
        raise Refusal("Extensão do arquivo não permitida por restrição de segurança.")
    if extension.lower() not in installation.extensoes:
        raise Refusal(f'Tipo do arquivo ".{extension}" não autorizado para inclusão via serviços.')


def check_size(nome: str, size: int, installation: Installation) -> None:
    """Whether a file may be that large."""
    extension = nome.rpartition(".")[2].lower()
    own = installation.extensoes.get(extension)
    if own is not None and size > own * MB:
        raise Refusal(f"O tamanho máximo permitido para arquivos {extension.upper()} é {own}Mb.")
    if size > installation.max_mb * MB:
        raise Refusal(
            f"O tamanho máximo geral permitido para documentos externos é {installation.max_mb}Mb."
        )


def decode(text: str) -> bytes:
    """As PHP does: what is no Base64 is passed over."""
    return b64decode(text, validate=False) if len(text.rstrip("=")) % 4 != 1 else b""


def _append(book: Book, anexo: Row, data: bytes) -> bool:
    """Whether that completes it. The bytes are written before they are judged, so what they
    spoil stays spoilt."""
    path = book.path_of(anexo)
    with path.open("ab") as file:
        file.write(data)
    size = path.stat().st_size
    if size > anexo["tamanho"]:
        raise Refusal("Conteúdo do arquivo excede o tamanho definido.")
    if size < anexo["tamanho"]:
        return False
    if md5(path.read_bytes(), usedforsecurity=False).hexdigest() != anexo["hash"]:
        raise Refusal("Conteúdo do arquivo corrompido.")
    book.target.change(tables.anexo, anexo, sin_ativo="S")
    return True
