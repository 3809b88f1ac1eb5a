"""Stories of the house itself: compras, contratos, pessoal, câmara."""

from portal.demo.scene import Scene


def tender(s: Scene) -> None:
    """A purchase, from the need to the contract: the longest of the ordinary stories."""
    s.write("Formulário", "Documento de formalização da demanda: gêneros da merenda escolar.")
    s.wait(2, 6)
    s.write(
        "Termo de Referência",
        "Aquisição de gêneros alimentícios para a merenda de 14 escolas municipais, por 12 meses.",
        "A entrega é semanal, na escola, conforme o cardápio da nutricionista.",
        signers=2,
    )
    s.send("SEADM-COMPRAS")
    s.wait(4, 12)
    for supplier in range(3):
        s.receive("Proposta", f"Cotação do fornecedor {supplier + 1}.", conferencia=None)
    s.write(
        "Nota Técnica",
        "Pesquisa de preços concluída.",
        table=(
            ("Item", "Mediana"),
            ("Arroz, 5 kg", "R$ 24,90"),
            ("Feijão, 1 kg", "R$ 7,35"),
            ("Leite em pó, 400 g", "R$ 15,80"),
        ),
    )
    s.wait(2, 5)
    _contract(s)


def _contract(s: Scene) -> None:
    """From the draft of the edital to the contract."""
    s.sei.minuta(s.processo, "Edital", text=("Minuta de edital, em elaboração.",))
    s.send("PGM")
    s.wait(4, 11)
    s.write("Parecer", "Aprova-se a minuta do edital, com ressalvas.", signers=2)
    s.send("SEADM-COMPRAS")
    s.wait(2, 6)
    edital = s.write(
        "Edital", "Torna-se pública a licitação.", numero=f"{s.cadastre % 90}/{s.year}"
    )
    s.sei.andamento(
        s.processo,
        7,
        MOTIVO="Publicação",
        DOCUMENTO=edital,
        VEICULO="Diário do Município",
        DATA=f"{s.processo.clock:%d/%m/%Y}",
        TIPO="",
    )
    s.wait(9, 14)
    s.note("Sessão pública realizada. Lances encerrados; proposta vencedora em análise.")
    s.receive("Anexo", "Documentos de habilitação da vencedora.", conferencia=None)
    s.wait(2, 5)
    s.write("Despacho Decisório", "Homologo o resultado da licitação.")
    s.wait(3, 8)
    s.write(
        "Contrato", "Contrato de fornecimento.", numero=f"{s.cadastre % 60}/{s.year}", signers=3
    )
    s.wait(1, 3)
    s.conclude()


def small_purchase(s: Scene) -> None:
    """A small purchase."""
    s.write("Termo de Referência", "Conserto do telhado da creche, em caráter urgente.")
    s.send("SEADM-COMPRAS")
    s.wait(2, 6)
    s.receive("Proposta", "Orçamento.", conferencia=None)
    s.wait(1, 4)
    s.write("Despacho Decisório", "Autorizo a contratação direta.")
    s.wait(5, 15)
    s.conclude()


def contract_extension(s: Scene) -> None:
    """More time for a contract."""
    s.write("Ofício", "Solicita-se a prorrogação do contrato por 90 dias.")
    s.send("PGM")
    s.wait(4, 10)
    s.write("Parecer", "Pela possibilidade jurídica da prorrogação.")
    s.send("SEADM-COMPRAS")
    s.wait(2, 6)
    s.write("Termo Aditivo", "Primeiro termo aditivo.", numero=f"1/{s.year}", signers=2)
    s.wait(1, 4)
    s.conclude()


def holidays(s: Scene) -> None:
    """A servidor's holidays: restrito."""
    s.write("Formulário", "Solicitação de férias, 15 dias.", sta="F")
    s.wait(1, 4)
    s.write("Despacho", "De acordo. À Gestão de Pessoas.")
    s.send("SEADM-RH")
    s.wait(2, 6)
    s.note("Férias lançadas no sistema de pessoal.")
    s.conclude()


def medical_leave(s: Scene) -> None:
    """A medical leave: restrito, with a certificate."""
    s.receive("Anexo", "Atestado médico.", nivel="1", hipotese="Informação Pessoal")
    s.wait(0, 1)
    s.send("SEADM-RH")
    s.wait(1, 4)
    s.write("Despacho", "Encaminhe-se à perícia.")
    s.wait(2, 7)
    s.write("Laudo", "Perícia realizada.", nivel="1")
    s.conclude()


def inquiry(s: Scene) -> None:
    """An inquiry about a servidor: restrito while it lasts."""
    s.write("Portaria", "Designa a comissão de sindicância.", signers=2)
    s.send("CGM")
    s.wait(10, 30)
    s.write("Relatório", "Relatório parcial da comissão.", nivel="1", signers=3)
    s.wait(10, 30)
    s.write("Relatório", "Relatório final da comissão.", nivel="1", signers=3)
    s.send("GABINETE")
    s.wait(3, 9)
    s.write("Despacho Decisório", "Acolho o relatório final.")
    s.conclude()


def bill(s: Scene) -> None:
    """A bill in the câmara."""
    s.write(
        "Projeto", "Dispõe sobre a arborização das calçadas.", numero=f"{s.cadastre % 80}/{s.year}"
    )
    s.send("CM-LEGISLATIVA")
    s.wait(5, 15)
    s.write("Parecer", "Parecer da comissão de legislação: pela constitucionalidade.", signers=3)
    s.wait(5, 15)
    s.note("Aprovado em primeiro turno, por nove votos a dois.")
    s.wait(5, 10)
    s.note("Aprovado em segundo turno.")
    s.send("CM-PRESIDENCIA")
    s.wait(1, 4)
    s.write("Ofício", "Encaminha a proposição de lei à sanção.")
    s.conclude()


def information_request(s: Scene) -> None:
    """A citizen's right to know."""
    s.receive("Requerimento", "Quanto o município gastou com recapeamento no ano passado?")
    s.wait(0, 1)
    s.send("CGM")
    s.wait(1, 3)
    s.send("SEOBRAS")
    s.wait(4, 9)
    s.write(
        "Ofício",
        "Em resposta ao pedido, seguem os valores pagos no ano passado, por bairro.",
        table=(
            ("Bairro", "Extensão", "Valor pago"),
            ("Centro", "1,8 km", "R$ 412.300,00"),
            ("Vila Operária", "2,4 km", "R$ 538.910,00"),
            ("Alto da Serra", "0,9 km", "R$ 197.645,00"),
            ("Total", "5,1 km", "R$ 1.148.855,00"),
        ),
    )
    s.send("CGM")
    s.wait(0, 2)
    s.sei.automatico(s.processo, text=("Encaminhamos a resposta ao seu pedido.",))
    s.conclude()


def complaint(s: Scene) -> None:
    """A complaint to the ouvidoria: what the citizen wrote is never for the public."""
    s.sei.automatico(
        s.processo,
        "Formulário de Ouvidoria",
        text=(f"Meu nome é {s.name}. O caminhão de lixo não passa na {s.address}.",),
    )
    s.wait(0, 2)
    s.send("SEOBRAS")
    s.wait(2, 7)
    s.write("Despacho", "Rota corrigida com a empresa de coleta.")
    s.send("OUVIDORIA")
    s.wait(0, 2)
    s.sei.andamento(s.processo, 98)
    s.conclude()


def denunciation(s: Scene) -> None:
    """A denunciation: restrito, with who wrote it inside."""
    s.sei.automatico(
        s.processo,
        "Formulário de Ouvidoria",
        text=(f"Denúncia de {s.name} sobre uso indevido de veículo oficial.",),
        nivel="1",
    )
    s.wait(1, 3)
    s.send("CGM")
    s.wait(5, 20)
    s.write("Relatório", "Apuração preliminar.", nivel="1")
    s.wait(5, 20)
    s.sei.andamento(s.processo, 99)
    s.conclude()
