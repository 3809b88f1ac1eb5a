"""Access levels, each in a processo: público, restrito, restrito by a document, sigiloso."""

from portal.demo import pessoas
from portal.demo.cena import Cena
from portal.demo.historias import administracao, tributos


def publico(c: Cena) -> None:
    """A revision of IPTU, still being looked at."""
    tributos.revisao_de_iptu(c)


def quarenta(c: Cena) -> None:
    """An ordinary processo of forty public andamentos, the size our page is weighed with."""
    c.receive("Requerimento", f"{c.nome} requer alvará para construir na {c.endereco}.")
    for rodada in range(7):
        c.wait(3, 8)
        c.send("SEOBRAS-LIC" if rodada % 2 == 0 else "SEOBRAS-FISC")
        c.write("Parecer", "Exigências a cumprir pelo interessado.", numero=f"{rodada + 1}/{c.ano}")
        c.note(f"{rodada + 1}ª análise concluída; o interessado foi avisado por telefone.")
        c.wait(1, 3)
        c.receive("Projeto", "Projeto arquitetônico revisto.", conferencia=None)
        c.note("Projeto revisto recebido no balcão.")
        c.note("Pendências anteriores conferidas.")
    c.wait(2, 5)
    c.send("SEOBRAS")
    c.note("Aguarda a vistoria final.")
    c.wait(1, 3)
    c.note("Vistoria final marcada.")


def restrito(c: Cena) -> None:
    """Holidays of a servidor, restrito by themselves."""
    administracao.ferias(c)


def restrito_por_documento(c: Cena) -> None:
    """Público, with restricted papers inside: its global is restrito and its local is not."""
    tributos.isencao_de_iptu(c)


def sigiloso(c: Cena) -> None:
    """Nobody outside may learn that it exists."""
    c.sei.andamento(c.processo, 61, USUARIO=_user("CGM"))
    c.wait(1, 3)
    c.write("Relatório", "Apuração sigilosa, primeira parte.", nivel="2")
    c.sei.andamento(c.processo, 106, GRAU_SIGILO=(None, "S"))
    c.wait(2, 9)
    c.sei.andamento(c.processo, 66, USUARIO=_user("GABINETE"))
    c.note("Oitiva das testemunhas marcada para a próxima semana.")


def anexado_a_restrito(c: Cena) -> None:
    """Público by itself, and restrito because it was joined to a restrito."""
    c.receive("Requerimento", f"{c.nome} requer a revisão do valor venal do imóvel.")
    c.wait(1, 2)
    c.send("SEFAZ-TRIB")
    c.write("Despacho", "Junte-se ao pedido de isenção do mesmo imóvel.")
    c.sei.attach(c.processo, c.outros["restrito_por_documento"])


def rebaixado(c: Cena) -> None:
    """Was restrito while being prepared, and became público: the history says so."""
    c.write("Nota Técnica", "Estudo preliminar.", nivel="1", hipotese="Documento Preparatório")
    c.wait(4, 9)
    c.sei.restrict(c.processo.documentos[0], "0")
    c.sei.restrict(c.processo, "1", "Documento Preparatório")
    c.sei.andamento(c.processo, 107, HIPOTESE_LEGAL=(None, c.processo.row["id_hipotese_legal"]))
    c.wait(4, 9)
    c.sei.restrict(c.processo, "0")
    c.note("Decisão tomada: os autos voltam a ser públicos.")


def _user(unidade: str) -> str:
    return pessoas.login(pessoas.signer(unidade)[0])
