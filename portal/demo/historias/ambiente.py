"""Stories of Meio Ambiente, Saúde and Assistência."""

from portal.demo.cena import Cena


def poda_de_arvore(c: Cena) -> None:
    """A branch over the roof."""
    c.receive("Requerimento", f"{c.nome} pede a poda de uma sibipiruna na {c.endereco}.")
    c.receive("Anexo", "Fotografias da árvore.", conferencia=None)
    c.wait(0, 2)
    c.send("SEMMA-ARB")
    c.wait(3, 12)
    c.note("Visita técnica feita. A árvore está sadia; será feita poda de condução.")
    c.write(
        "Laudo",
        "Exemplar de sibipiruna, sadio, com galhos sobre o telhado vizinho.",
        tabela=(("Espécie", "Altura", "DAP"), ("Sibipiruna", "9 m", "38 cm")),
    )
    c.wait(1, 4)
    c.write("Licença", "Autoriza-se a poda de condução pela equipe do município.")
    c.send("SEOBRAS")
    c.wait(8, 30)
    c.note("Poda executada e galhos recolhidos.")
    c.conclude()


def licenca_ambiental(c: Cena) -> None:
    """A car wash asks for its licence, and waits for a study."""
    c.receive("Requerimento", f"{c.nome} requer licença ambiental simplificada.")
    c.receive("Projeto", "Projeto da caixa separadora de água e óleo.", conferencia=None)
    c.wait(1, 3)
    c.send("SEMMA")
    c.wait(6, 15)
    c.write("Notificação", "Apresente a outorga de uso da água.")
    c.sei.suspend(c.processo, "Aguardando a outorga de uso da água pelo empreendedor.")
    c.wait(20, 45)
    c.sei.resume(c.processo)
    c.receive("Certidão", "Certidão de uso insignificante de água.")
    c.wait(5, 12)
    c.write("Parecer", "Favorável, com condicionantes.", "Monitorar o efluente a cada semestre.")
    c.wait(2, 5)
    c.write("Licença", "Concede-se a licença por quatro anos.", numero=f"{c.indice}/{c.ano}")
    c.conclude()


def licenca_sanitaria(c: Cena) -> None:
    """Inspection, a fault, a second inspection."""
    c.receive("Requerimento", f"{c.nome} requer licença sanitária, {c.endereco}.")
    c.wait(0, 2)
    c.send("SESAU-VISA")
    c.wait(4, 12)
    c.write("Relatório", "Primeira inspeção: ajustar a pia de higienização das mãos.")
    c.note("Nova inspeção em até 15 dias, depois do ajuste da pia.")
    c.wait(8, 15)
    c.write("Relatório", "Segunda inspeção: pendência resolvida.", signers=2)
    c.wait(1, 3)
    c.write("Licença", "Concede-se a licença sanitária por um ano.")
    c.conclude()


def beneficio_eventual(c: Cena) -> None:
    """Help for a family: restrito from the first day."""
    c.sei.documento(c.processo, "Formulário", texto=("Acolhida social.",), sta="F", nivel="1")
    c.send("SEDES")
    c.wait(1, 4)
    c.write("Relatório", "Visita domiciliar realizada.", nivel="1")
    c.wait(1, 3)
    c.write("Despacho Decisório", "Concede-se o benefício.")
    c.conclude()
