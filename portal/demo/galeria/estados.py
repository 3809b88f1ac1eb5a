"""States of a processo, each in one: sobrestado, anexado, bloqueado, concluído and the rest."""

from portal.demo.cena import Cena
from portal.demo.historias import administracao, ambiente, obras
from portal.sei import tables


def principal(c: Cena) -> None:
    """What others are joined to, wait for, and are related to."""
    c.receive("Requerimento", f"{c.nome} requer licença para o loteamento Serra das Acácias.")
    c.wait(1, 3)
    c.send("SEMMA")
    c.wait(3, 6)
    c.write("Despacho", "Reúnam-se os pedidos do mesmo loteamento.")


def sobrestado(c: Cena) -> None:
    """Waiting, for no other processo."""
    _look(c)
    c.sei.suspend(c.processo, "Aguardando decisão judicial sobre a posse do imóvel.")


def sobrestado_vinculado(c: Cena) -> None:
    """Waiting for another processo."""
    _look(c)
    c.sei.suspend(c.processo, "Depende do licenciamento.", por=c.outros["principal"])


def ja_sobrestado(c: Cena) -> None:
    """Waited twice, alone and for another, and goes on."""
    _look(c)
    c.sei.suspend(c.processo, None)
    c.wait(3, 8)
    c.sei.resume(c.processo)
    c.sei.suspend(c.processo, "Depende do licenciamento.", por=c.outros["principal"])
    c.wait(3, 8)
    c.sei.resume(c.processo, por=c.outros["principal"])


def anexado(c: Cena) -> None:
    """Joined to another, where it goes on."""
    _look(c)
    c.sei.attach(c.processo, c.outros["principal"])
    c.sei.andamento(c.outros["principal"], 112, PROCESSO=c.processo)


def desanexado(c: Cena) -> None:
    """Joined by mistake."""
    _look(c)
    c.sei.attach(c.processo, c.outros["principal"])
    c.wait(1, 4)
    c.sei.detach(c.processo, "Juntado por engano: trata de outro lote.")


def relacionado(c: Cena) -> None:
    """Names another público; a second one is no longer related."""
    _look(c)
    c.sei.relate(c.processo, c.outros["principal"])
    c.sei.relate(c.processo, c.outros["concluido"])
    c.wait(1, 3)
    c.sei.unrelate(c.processo, c.outros["concluido"])


def relacionado_a_sigiloso(c: Cena) -> None:
    """Its history names a processo that nobody may learn of."""
    _look(c)
    c.sei.relate(c.processo, c.outros["sigiloso"])


def bloqueado(c: Cena) -> None:
    """Locked by hand; Tramita has nothing to do with it."""
    _look(c)
    c.sei.lock(c.processo)
    c.wait(1, 3)
    c.sei.unlock(c.processo)
    c.wait(1, 3)
    c.sei.lock(c.processo)


def concluido(c: Cena) -> None:
    """A poda, done."""
    ambiente.poda_de_arvore(c)


def reaberto(c: Cena) -> None:
    """Concluded, and opened again."""
    obras.troca_de_lampada(c)
    c.wait(3, 9)
    c.sei.reopen(c.processo)
    c.note("A lâmpada voltou a apagar; nova visita marcada.")


def varias_unidades(c: Cena) -> None:
    """Open in three units at once."""
    c.receive("Requerimento", f"{c.nome} requer alvará de funcionamento, {c.endereco}.")
    c.wait(1, 2)
    c.send("SEFAZ")
    c.wait(1, 3)
    c.send("SESAU-VISA", keep_open=True)
    c.wait(1, 3)
    c.sei.send(c.processo, "SEMMA", origem="SEFAZ", keep_open=True)
    c.wait(0, 2)
    c.sei.receive(c.processo)


def eliminado(c: Cena) -> None:
    """Its time in the archive ended: only the number, the tipo and the dates are left."""
    _look(c)
    c.conclude()
    c.wait(30, 60)
    edital = c.outros["edital"].documentos[0]
    for tarefa in (132, 133, 132, 131, 130):
        c.sei.andamento(c.processo, tarefa, unidade="SEADM-ARQUIVO", DOCUMENTO=edital)
    c.sei.dispose(c.processo)


def edital(c: Cena) -> None:
    """The list of what is to be eliminated."""
    c.write("Edital", "Torna-se pública a eliminação dos processos listados.", signers=3)


def recem_criado(c: Cena) -> None:
    """Made today, with one andamento and nothing inside."""


def teste(c: Cena) -> None:
    """Looks real, and is of the test unit."""
    c.note("Teste de treinamento, desconsiderar.")


def camara(c: Cena) -> None:
    """Of the other órgão that shares this SEI."""
    administracao.projeto_de_lei(c)


def dois_orgaos(c: Cena) -> None:
    """Made in the prefeitura, now in the câmara."""
    c.write("Ofício", "Encaminha a prestação de contas do exercício.")
    c.wait(1, 3)
    c.send("CM-PROTOCOLO")
    c.wait(1, 3)
    c.send("CM-LEGISLATIVA")


def nome_antigo(c: Cena) -> None:
    """Began when the unit had another name; today it has a new one."""
    c.receive("Requerimento", f"{c.nome} requer cópia de planta antiga.")
    c.send("SEOBRAS")
    c.note("Planta em microfilme; pedido enviado ao arquivo.")
    c.send("SEADM-ARQUIVO")
    c.wait(200, 220)
    c.note("Planta localizada.")
    c.send("SEOBRAS")


def sem_tarefa(c: Cena) -> None:
    """An old import: one andamento has no tarefa at all."""
    _look(c)
    c.sei.andamento(c.processo, None, DESCRICAO="Importado do sistema antigo")


def sem_andamentos(c: Cena) -> None:
    """Migrated from paper with its number and nothing else."""
    for row in [row for rows in c.processo.abertas.values() for row in rows]:
        c.sei.target.change(tables.atividade, row, dth_conclusao=row["dth_abertura"])
    c.processo.abertas.clear()


def _look(c: Cena) -> None:
    """What nearly every request has: a paper, a unit, somebody who reads it."""
    c.receive("Requerimento", f"{c.nome} requer providências na {c.endereco}.")
    c.wait(1, 2)
    c.send("SEOBRAS")
    c.wait(1, 3)
    c.write("Despacho", "À análise técnica.")
