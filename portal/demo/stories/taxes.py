"""Stories of the Fazenda: IPTU, ITBI, dívida ativa."""

from portal.demo.png import draw_sketch
from portal.demo.scene import Scene


def iptu_revision(s: Scene) -> None:
    """A taxpayer says that the area of the house is wrong."""
    s.receive(
        "Requerimento",
        f"Eu, {s.name}, responsável pelo imóvel da {s.address}, índice cadastral {s.cadastre}, "
        "requeiro a revisão do lançamento do IPTU, porque a área construída está maior que a real.",
    )
    s.receive("Planta", file_name="croqui do imóvel.png", content=draw_sketch(), conferencia=None)
    s.wait(0, 2)
    s.send("SEFAZ-TRIB")
    s.wait(2, 9)
    _measure(s)
    s.wait(3, 12)
    _decide(s)
    s.wait(2, 6)
    s.conclude()


def _measure(s: Scene) -> None:
    s.write(
        "Despacho",
        f"O requerente contesta a área construída do imóvel de índice cadastral {s.cadastre}.",
        "À Fiscalização de Obras e Posturas, para vistoria e medição no local.",
    )
    s.send("SEOBRAS-FISC")
    s.wait(4, 16)
    s.note("Vistoria marcada com o morador; a equipe confirma por telefone na véspera.")
    s.wait(3, 8)
    s.write(
        "Laudo",
        f"Em vistoria na {s.address}, acompanhada pelo morador, foi medida a área construída.",
        "Não há edícula nem segundo pavimento. A diferença vem de ampliação prevista em projeto de "
        "2011 e nunca executada, que passou ao cadastro.",
        table=(
            ("Item", "No cadastro", "Medido no local"),
            ("Área construída", "132,00 m²", "84,00 m²"),
            ("Padrão de acabamento", "Normal", "Popular"),
        ),
    )
    s.send("SEFAZ-TRIB")


def _decide(s: Scene) -> None:
    s.write(
        "Parecer",
        "Trata-se de pedido de revisão do lançamento do IPTU por divergência de área construída.",
        "O pedido é tempestivo. O laudo confirma 84,00 m² onde o cadastro registra 132,00 m².",
        "Diante do exposto, opina-se pelo deferimento, com os efeitos abaixo:",
        items=(
            "corrigir a área construída e o padrão de acabamento no cadastro imobiliário;",
            "lançar de novo o imposto do exercício corrente;",
            "compensar nas parcelas seguintes a diferença já paga.",
        ),
        numero=f"{s.rng.randint(10, 400)}/{s.year}",
        signers=2,
    )
    s.send("SEFAZ")
    s.wait(1, 7)
    s.write(
        "Despacho Decisório",
        "Acolho o parecer, por seus fundamentos, e DEFIRO o pedido.",
        "Corrija-se o cadastro, emita-se nova guia e notifique-se o contribuinte.",
    )
    s.note("Pedido deferido. A nova guia está disponível no setor de tributos e na internet.")


def iptu_exemption(s: Scene) -> None:
    """A pensioner asks not to pay; the papers with her income are restricted."""
    s.receive(
        "Requerimento", f"{s.name}, pensionista, requer isenção do IPTU, índice {s.cadastre}."
    )
    s.receive("RG", "Documento de identidade.", nivel="1", hipotese="Informação Pessoal")
    s.receive(
        "Declaração",
        "Declaração de rendimentos.",
        nivel="1",
        hipotese="Situação Econômico-Financeira de Sujeito Passivo",
    )
    s.wait(1, 3)
    s.send("SEFAZ-TRIB")
    s.wait(5, 15)
    s.note("Falta o comprovante de residência. Prazo de 10 dias para apresentar no Protocolo.")
    s.wait(4, 10)
    s.receive("Anexo", "Comprovante de residência.", nivel="1", hipotese="Informação Pessoal")
    s.wait(2, 6)
    s.write(
        "Parecer",
        "Atendidos os requisitos da lei municipal, opina-se pela isenção.",
        "O imóvel é o único em nome de quem requer e serve de sua moradia.",
    )
    s.wait(1, 4)
    s.write("Despacho Decisório", "Defiro a isenção pelo exercício.")
    s.conclude()


def itbi_refund(s: Scene) -> None:
    """A tax paid twice."""
    s.receive("Requerimento", f"{s.name} requer a devolução de ITBI pago em duplicidade.")
    s.receive("Recibo", "Comprovantes de pagamento das guias.", conferencia="Documento Original")
    s.wait(0, 2)
    s.send("SEFAZ-TRIB")
    s.wait(6, 20)
    s.write("Nota Técnica", "Confirmado o pagamento em duplicidade, em 12 dias de intervalo.")
    s.send("PGM")
    s.wait(5, 14)
    s.write("Parecer", "Nada a opor à restituição, observado o prazo de cinco anos.", signers=2)
    s.send("SEFAZ")
    s.wait(3, 10)
    s.write("Despacho Decisório", "Autorizo a restituição em conta indicada pelo requerente.")
    s.sei.automatico(s.processo, text=("Comunicamos que o pedido foi deferido.",))
    s.wait(10, 25)
    s.note("Valor depositado na conta informada.")
    s.conclude()


def instalments(s: Scene) -> None:
    """A debt in instalments, watched until it is paid."""
    s.receive("Requerimento", f"{s.name} requer parcelar em 12 vezes o débito inscrito.")
    s.wait(0, 1)
    s.send("SEFAZ-DAT")
    s.wait(1, 4)
    s.write(
        "Termo",
        f"{s.name} confessa o débito inscrito em dívida ativa e o parcela em 12 vezes.",
        "O atraso de três parcelas, seguidas ou não, cancela este termo.",
        table=(("Parcelas", "Valor"), ("12", "R$ 148,37"), ("Total", "R$ 1.780,44")),
        numero=f"{s.rng.randint(1, 900)}/{s.year}",
    )
    s.sei.suspend(s.processo, "Parcelamento em curso. Volta a andar com a última parcela.")
    s.wait(120, 160)
    s.sei.resume(s.processo)
    s.write("Certidão", "Certifica-se a quitação das parcelas.")
    s.conclude()
