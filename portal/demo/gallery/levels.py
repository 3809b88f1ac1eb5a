"""Access levels, each in a processo: público, restrito, restrito by a document, sigiloso."""

from portal.demo import people
from portal.demo.scene import Scene
from portal.demo.stories import administration, taxes


def publico(s: Scene) -> None:
    """A revision of IPTU, still being looked at."""
    taxes.iptu_revision(s)


def forty(s: Scene) -> None:
    """An ordinary processo of forty public andamentos, the size our page is weighed with."""
    s.receive("Requerimento", f"{s.name} requer alvará para construir na {s.address}.")
    for turn in range(7):
        s.wait(3, 8)
        s.send("SEOBRAS-LIC" if turn % 2 == 0 else "SEOBRAS-FISC")
        s.write("Parecer", "Exigências a cumprir pelo interessado.", numero=f"{turn + 1}/{s.year}")
        s.note(f"{turn + 1}ª análise concluída; o interessado foi avisado por telefone.")
        s.wait(1, 3)
        s.receive("Projeto", "Projeto arquitetônico revisto.", conferencia=None)
        s.note("Projeto revisto recebido no balcão.")
        s.note("Pendências anteriores conferidas.")
    s.wait(2, 5)
    s.send("SEOBRAS")
    s.note("Aguarda a vistoria final.")
    s.wait(1, 3)
    s.note("Vistoria final marcada.")


def restrito(s: Scene) -> None:
    """Holidays of a servidor, restrito by themselves."""
    administration.holidays(s)


def restrito_by_document(s: Scene) -> None:
    """Público, with restricted papers inside: its global is restrito and its local is not."""
    taxes.iptu_exemption(s)


def sigiloso(s: Scene) -> None:
    """Nobody outside may learn that it exists."""
    s.sei.andamento(s.processo, 61, USUARIO=_user("CGM"))
    s.wait(1, 3)
    s.write("Relatório", "Apuração sigilosa, primeira parte.", nivel="2")
    s.sei.andamento(s.processo, 106, GRAU_SIGILO=(None, "S"))
    s.wait(2, 9)
    s.sei.andamento(s.processo, 66, USUARIO=_user("GABINETE"))
    s.note("Oitiva das testemunhas marcada para a próxima semana.")


def anexado_to_restrito(s: Scene) -> None:
    """Público by itself, and restrito because it was joined to a restrito."""
    s.receive("Requerimento", f"{s.name} requer a revisão do valor venal do imóvel.")
    s.wait(1, 2)
    s.send("SEFAZ-TRIB")
    s.write("Despacho", "Junte-se ao pedido de isenção do mesmo imóvel.")
    s.sei.attach(s.processo, s.others["restrito_por_documento"])


def lowered(s: Scene) -> None:
    """Was restrito while being prepared, and became público: the history says so."""
    s.write("Nota Técnica", "Estudo preliminar.", nivel="1", hipotese="Documento Preparatório")
    s.wait(4, 9)
    s.sei.restrict(s.processo.documentos[0], "0")
    s.sei.restrict(s.processo, "1", "Documento Preparatório")
    s.sei.andamento(s.processo, 107, HIPOTESE_LEGAL=(None, s.processo.row["id_hipotese_legal"]))
    s.wait(4, 9)
    s.sei.restrict(s.processo, "0")
    s.note("Decisão tomada: os autos voltam a ser públicos.")


def _user(unidade: str) -> str:
    return people.login(people.signer(unidade)[0])
