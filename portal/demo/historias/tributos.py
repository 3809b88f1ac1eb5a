"""Stories of the Fazenda: IPTU, ITBI, dívida ativa."""

from portal.demo.cena import Cena


def revisao_de_iptu(c: Cena) -> None:
    """A taxpayer says that the area of the house is wrong."""
    c.receive(
        "Requerimento",
        f"Eu, {c.nome}, proprietário do imóvel da {c.endereco}, índice cadastral {c.indice}, "
        "requeiro a revisão do lançamento do IPTU, porque a área construída está maior que a real.",
    )
    c.receive("Planta", "Croqui do imóvel, com 84 m² de área construída.", conferencia=None)
    c.wait(0, 2)
    c.send("SEFAZ-TRIB")
    c.wait(2, 9)
    c.write("Despacho", "À fiscalização, para vistoria e medição do imóvel.")
    c.send("SEOBRAS-FISC")
    c.wait(4, 16)
    c.note("Vistoria marcada com o morador; a equipe confirma por telefone na véspera.")
    c.wait(3, 8)
    c.write(
        "Laudo",
        "Em vistoria no local foi medida a área construída do imóvel.",
        tabela=(
            ("Item", "No cadastro", "Medido no local"),
            ("Área construída", "132,00 m²", "84,00 m²"),
            ("Padrão de acabamento", "Normal", "Popular"),
        ),
    )
    c.send("SEFAZ-TRIB")
    c.wait(3, 12)
    c.write(
        "Parecer",
        "Diante do laudo, opina-se pela revisão do lançamento, com efeito no exercício corrente.",
        "A diferença já paga será compensada nas parcelas seguintes.",
        numero=f"{c.rng.randint(10, 400)}/{c.ano}",
        signers=2,
    )
    c.send("SEFAZ")
    c.wait(1, 7)
    c.write("Despacho Decisório", "Acolho o parecer e defiro o pedido. Publique-se e notifique-se.")
    c.note("Pedido deferido. A nova guia está disponível no setor de tributos e na internet.")
    c.wait(2, 6)
    c.conclude()


def isencao_de_iptu(c: Cena) -> None:
    """A pensioner asks not to pay; the papers with her income are restricted."""
    c.receive("Requerimento", f"{c.nome}, pensionista, requer isenção do IPTU, índice {c.indice}.")
    c.receive("RG", "Documento de identidade.", nivel="1", hipotese="Informação Pessoal")
    c.receive(
        "Declaração",
        "Declaração de rendimentos.",
        nivel="1",
        hipotese="Situação Econômico-Financeira de Sujeito Passivo",
    )
    c.wait(1, 3)
    c.send("SEFAZ-TRIB")
    c.wait(5, 15)
    c.note("Falta o comprovante de residência. Prazo de 10 dias para apresentar no Protocolo.")
    c.wait(4, 10)
    c.receive("Anexo", "Comprovante de residência.", nivel="1", hipotese="Informação Pessoal")
    c.wait(2, 6)
    c.write("Parecer", "Atendidos os requisitos da lei municipal, opina-se pela isenção.")
    c.wait(1, 4)
    c.write("Despacho Decisório", "Defiro a isenção pelo exercício.")
    c.conclude()


def restituicao_de_itbi(c: Cena) -> None:
    """A tax paid twice."""
    c.receive("Requerimento", f"{c.nome} requer a devolução de ITBI pago em duplicidade.")
    c.receive("Recibo", "Comprovantes de pagamento das guias.", conferencia="Documento Original")
    c.wait(0, 2)
    c.send("SEFAZ-TRIB")
    c.wait(6, 20)
    c.write("Nota Técnica", "Confirmado o pagamento em duplicidade, em 12 dias de intervalo.")
    c.send("PGM")
    c.wait(5, 14)
    c.write("Parecer", "Nada a opor à restituição, observado o prazo de cinco anos.", signers=2)
    c.send("SEFAZ")
    c.wait(3, 10)
    c.write("Despacho Decisório", "Autorizo a restituição em conta indicada pelo requerente.")
    c.sei.automatico(c.processo, texto=("Comunicamos que o pedido foi deferido.",))
    c.wait(10, 25)
    c.note("Valor depositado na conta informada.")
    c.conclude()


def parcelamento(c: Cena) -> None:
    """A debt in instalments, watched until it is paid."""
    c.receive("Requerimento", f"{c.nome} requer parcelar em 12 vezes o débito inscrito.")
    c.wait(0, 1)
    c.send("SEFAZ-DAT")
    c.wait(1, 4)
    c.write(
        "Termo",
        "Termo de confissão e parcelamento de débito.",
        tabela=(("Parcelas", "Valor"), ("12", "R$ 148,37"), ("Total", "R$ 1.780,44")),
        numero=f"{c.rng.randint(1, 900)}/{c.ano}",
    )
    c.sei.suspend(c.processo, "Parcelamento em curso. Volta a andar com a última parcela.")
    c.wait(120, 160)
    c.sei.resume(c.processo)
    c.write("Certidão", "Certifica-se a quitação das parcelas.")
    c.conclude()
