"""States of a processo, each in one: sobrestado, anexado, bloqueado, concluído and the rest."""

from portal.demo.scene import Scene
from portal.demo.stories import administration, environment, works
from portal.sei import tables


def hub(s: Scene) -> None:
    """What others are joined to, wait for, and are related to."""
    s.receive("Requerimento", f"{s.name} requer licença para o loteamento Serra das Acácias.")
    s.wait(1, 3)
    s.send("SEMMA")
    s.wait(3, 6)
    s.write(
        "Despacho",
        "Há outros pedidos sobre o mesmo loteamento, com documentos em comum.",
        "Reúnam-se a este processo os que tratam do licenciamento ambiental.",
    )


def sobrestado(s: Scene) -> None:
    """Waiting, for no other processo."""
    _look(s)
    s.sei.suspend(s.processo, "Aguardando decisão judicial sobre a posse do imóvel.")


def sobrestado_for_another(s: Scene) -> None:
    """Waiting for another processo."""
    _look(s)
    s.sei.suspend(s.processo, "Depende do licenciamento.", waiting_for=s.others["principal"])


def once_sobrestado(s: Scene) -> None:
    """Waited twice, alone and for another, and goes on."""
    _look(s)
    s.sei.suspend(s.processo, None)
    s.wait(3, 8)
    s.sei.resume(s.processo)
    s.sei.suspend(s.processo, "Depende do licenciamento.", waiting_for=s.others["principal"])
    s.wait(3, 8)
    s.sei.resume(s.processo, waiting_for=s.others["principal"])


def anexado(s: Scene) -> None:
    """Joined to another, where it goes on."""
    _look(s)
    s.sei.attach(s.processo, s.others["principal"])
    s.sei.andamento(s.others["principal"], 112, PROCESSO=s.processo)


def desanexado(s: Scene) -> None:
    """Joined by mistake."""
    _look(s)
    s.sei.attach(s.processo, s.others["principal"])
    s.wait(1, 4)
    s.sei.detach(s.processo, "Juntado por engano: trata de outro lote.")


def relacionado(s: Scene) -> None:
    """Names another público; a second one is no longer related."""
    _look(s)
    s.sei.relate(s.processo, s.others["principal"])
    s.sei.relate(s.processo, s.others["concluido"])
    s.wait(1, 3)
    s.sei.unrelate(s.processo, s.others["concluido"])


def relacionado_to_sigiloso(s: Scene) -> None:
    """Its history names a processo that nobody may learn of."""
    _look(s)
    s.sei.relate(s.processo, s.others["sigiloso"])


def bloqueado(s: Scene) -> None:
    """Locked by hand; Tramita has nothing to do with it."""
    _look(s)
    s.sei.lock(s.processo)
    s.wait(1, 3)
    s.sei.unlock(s.processo)
    s.wait(1, 3)
    s.sei.lock(s.processo)


def concluido(s: Scene) -> None:
    """A poda, done."""
    environment.tree_pruning(s)


def reaberto(s: Scene) -> None:
    """Concluded, and opened again."""
    works.dead_lamp(s)
    s.wait(3, 9)
    s.sei.reopen(s.processo)
    s.note("A lâmpada voltou a apagar; nova visita marcada.")


def several_units(s: Scene) -> None:
    """Open in three units at once."""
    s.receive("Requerimento", f"{s.name} requer alvará de funcionamento, {s.address}.")
    s.wait(1, 2)
    s.send("SEFAZ")
    s.wait(1, 3)
    s.send("SESAU-VISA", keep_open=True)
    s.wait(1, 3)
    s.sei.send(s.processo, "SEMMA", origem="SEFAZ", keep_open=True)
    s.wait(0, 2)
    s.sei.receive(s.processo)


def eliminado(s: Scene) -> None:
    """Its time in the archive ended: only the number, the tipo and the dates are left."""
    _look(s)
    s.conclude()
    s.wait(30, 60)
    edital = s.others["edital"].documentos[0]
    for tarefa in (132, 133, 132, 131, 130):
        s.sei.andamento(s.processo, tarefa, unidade="SEADM-ARQUIVO", DOCUMENTO=edital)
    s.sei.dispose(s.processo)


def edital(s: Scene) -> None:
    """The list of what is to be eliminated."""
    s.write("Edital", "Torna-se pública a eliminação dos processos listados.", signers=3)


def just_made(s: Scene) -> None:
    """Made today, with one andamento and nothing inside."""


def of_test_unit(s: Scene) -> None:
    """Looks real, and is of the test unit."""
    s.note("Teste de treinamento, desconsiderar.")


def of_camara(s: Scene) -> None:
    """Of the other órgão that shares this SEI."""
    administration.bill(s)


def two_orgaos(s: Scene) -> None:
    """Made in the prefeitura, now in the câmara."""
    s.write("Ofício", "Encaminha a prestação de contas do exercício.")
    s.wait(1, 3)
    s.send("CM-PROTOCOLO")
    s.wait(1, 3)
    s.send("CM-LEGISLATIVA")


def former_name(s: Scene) -> None:
    """Began when the unit had another name; today it has a new one."""
    s.receive("Requerimento", f"{s.name} requer cópia de planta antiga.")
    s.send("SEOBRAS")
    s.note("Planta em microfilme; pedido enviado ao arquivo.")
    s.send("SEADM-ARQUIVO")
    s.wait(200, 220)
    s.note("Planta localizada.")
    s.send("SEOBRAS")


def without_tarefa(s: Scene) -> None:
    """An old import: one andamento has no tarefa at all."""
    _look(s)
    s.sei.andamento(s.processo, None, DESCRICAO="Importado do sistema antigo")


def without_andamentos(s: Scene) -> None:
    """Migrated from paper with its number and nothing else."""
    for row in [row for rows in s.processo.open_in.values() for row in rows]:
        s.sei.target.change(tables.atividade, row, dth_conclusao=row["dth_abertura"])
    s.processo.open_in.clear()


def _look(s: Scene) -> None:
    """What nearly every request has: a paper, a unit, somebody who reads it."""
    s.receive("Requerimento", f"{s.name} requer providências na {s.address}.")
    s.wait(1, 2)
    s.send("SEOBRAS")
    s.wait(1, 3)
    s.write("Despacho", "À análise técnica.")
