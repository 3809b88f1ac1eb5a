"""Stories of the Fazenda: IPTU, ITBI, dívida ativa."""

from portal.demo.scene import Scene


def iptu_revision(s: Scene) -> None:
    """A taxpayer says that the area of the house is wrong."""
    s.receive(
        "Requerimento",
        f"Eu, {s.name}, proprietário do imóvel da {s.address}, índice cadastral {s.cadastre}, "
        "requeiro a revisão do lançamento do IPTU, porque a área construída está maior que a real.",
    )
    s.receive("Planta", "Croqui do imóvel, com 84 m² de área construída.", conferencia=None)
    s.wait(0, 2)
    s.send("SEFAZ-TRIB")
    s.wait(2, 9)
    s.write("Despacho", "À fiscalização, para vistoria e medição do imóvel.")
    s.send("SEOBRAS-FISC")
    s.wait(4, 16)
    s.note("Vistoria marcada com o morador; a equipe confirma por telefone na véspera.")
    s.wait(3, 8)
    s.write(
        "Laudo",
        "Em vistoria no local foi medida a área construída do imóvel.",
        table=(
            ("Item", "No cadastro", "Medido no local"),
            ("Área construída", "132,00 m²", "84,00 m²"),
            ("Padrão de acabamento", "Normal", "Popular"),
        ),
    )
    s.send("SEFAZ-TRIB")
    s.wait(3, 12)
    s.write(
        "Parecer",
        "Diante do laudo, opina-se pela revisão do lançamento, com efeito no exercício corrente.",
        "A diferença já paga será compensada nas parcelas seguintes.",
        numero=f"{s.rng.randint(10, 400)}/{s.year}",
        signers=2,
    )
    s.send("SEFAZ")
    s.wait(1, 7)
    s.write("Despacho Decisório", "Acolho o parecer e defiro o pedido. Publique-se e notifique-se.")
    s.note("Pedido deferido. A nova guia está disponível no setor de tributos e na internet.")
    s.wait(2, 6)
    s.conclude()


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
    s.write("Parecer", "Atendidos os requisitos da lei municipal, opina-se pela isenção.")
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
        "Termo de confissão e parcelamento de débito.",
        table=(("Parcelas", "Valor"), ("12", "R$ 148,37"), ("Total", "R$ 1.780,44")),
        numero=f"{s.rng.randint(1, 900)}/{s.year}",
    )
    s.sei.suspend(s.processo, "Parcelamento em curso. Volta a andar com a última parcela.")
    s.wait(120, 160)
    s.sei.resume(s.processo)
    s.write("Certidão", "Certifica-se a quitação das parcelas.")
    s.conclude()
