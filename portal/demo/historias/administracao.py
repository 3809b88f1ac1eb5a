"""Stories of the house itself: compras, contratos, pessoal, câmara."""

from portal.demo.cena import Cena


def pregao(c: Cena) -> None:
    """A purchase, from the need to the contract: the longest of the ordinary stories."""
    c.write("Formulário", "Documento de formalização da demanda: gêneros da merenda escolar.")
    c.wait(2, 6)
    c.write("Termo de Referência", "Aquisição de gêneros alimentícios para 14 escolas.", signers=2)
    c.send("SEADM-COMPRAS")
    c.wait(4, 12)
    for fornecedor in range(3):
        c.receive("Proposta", f"Cotação do fornecedor {fornecedor + 1}.", conferencia=None)
    c.write(
        "Nota Técnica",
        "Pesquisa de preços concluída.",
        tabela=(
            ("Item", "Mediana"),
            ("Arroz, 5 kg", "R$ 24,90"),
            ("Feijão, 1 kg", "R$ 7,35"),
            ("Leite em pó, 400 g", "R$ 15,80"),
        ),
    )
    c.wait(2, 5)
    c.sei.minuta(c.processo, "Edital", texto=("Minuta de edital, em elaboração.",))
    c.send("PGM")
    c.wait(4, 11)
    c.write("Parecer", "Aprova-se a minuta do edital, com ressalvas.", signers=2)
    c.send("SEADM-COMPRAS")
    c.wait(2, 6)
    edital = c.write("Edital", "Torna-se pública a licitação.", numero=f"{c.indice % 90}/{c.ano}")
    c.sei.andamento(
        c.processo,
        7,
        MOTIVO="Publicação",
        DOCUMENTO=edital,
        VEICULO="Diário do Município",
        DATA=f"{c.processo.relogio:%d/%m/%Y}",
        TIPO="",
    )
    c.wait(9, 14)
    c.note("Sessão pública realizada. Lances encerrados; proposta vencedora em análise.")
    c.receive("Anexo", "Documentos de habilitação da vencedora.", conferencia=None)
    c.wait(2, 5)
    c.write("Despacho Decisório", "Homologo o resultado da licitação.")
    c.wait(3, 8)
    c.write("Contrato", "Contrato de fornecimento.", numero=f"{c.indice % 60}/{c.ano}", signers=3)
    c.wait(1, 3)
    c.conclude()


def dispensa(c: Cena) -> None:
    """A small purchase."""
    c.write("Termo de Referência", "Conserto do telhado da creche, em caráter urgente.")
    c.send("SEADM-COMPRAS")
    c.wait(2, 6)
    c.receive("Proposta", "Orçamento.", conferencia=None)
    c.wait(1, 4)
    c.write("Despacho Decisório", "Autorizo a contratação direta.")
    c.wait(5, 15)
    c.conclude()


def aditivo(c: Cena) -> None:
    """More time for a contract."""
    c.write("Ofício", "Solicita-se a prorrogação do contrato por 90 dias.")
    c.send("PGM")
    c.wait(4, 10)
    c.write("Parecer", "Pela possibilidade jurídica da prorrogação.")
    c.send("SEADM-COMPRAS")
    c.wait(2, 6)
    c.write("Termo Aditivo", "Primeiro termo aditivo.", numero=f"1/{c.ano}", signers=2)
    c.wait(1, 4)
    c.conclude()


def ferias(c: Cena) -> None:
    """A servidor's holidays: restrito."""
    c.write("Formulário", "Solicitação de férias, 15 dias.", sta="F")
    c.wait(1, 4)
    c.write("Despacho", "De acordo. À Gestão de Pessoas.")
    c.send("SEADM-RH")
    c.wait(2, 6)
    c.note("Férias lançadas no sistema de pessoal.")
    c.conclude()


def licenca_saude(c: Cena) -> None:
    """A medical leave: restrito, with a certificate."""
    c.receive("Anexo", "Atestado médico.", nivel="1", hipotese="Informação Pessoal")
    c.wait(0, 1)
    c.send("SEADM-RH")
    c.wait(1, 4)
    c.write("Despacho", "Encaminhe-se à perícia.")
    c.wait(2, 7)
    c.write("Laudo", "Perícia realizada.", nivel="1")
    c.conclude()


def sindicancia(c: Cena) -> None:
    """An inquiry about a servidor: restrito while it lasts."""
    c.write("Portaria", "Designa a comissão de sindicância.", signers=2)
    c.send("CGM")
    c.wait(10, 30)
    c.write("Relatório", "Relatório parcial da comissão.", nivel="1", signers=3)
    c.wait(10, 30)
    c.write("Relatório", "Relatório final da comissão.", nivel="1", signers=3)
    c.send("GABINETE")
    c.wait(3, 9)
    c.write("Despacho Decisório", "Acolho o relatório final.")
    c.conclude()


def projeto_de_lei(c: Cena) -> None:
    """A bill in the câmara."""
    c.write(
        "Projeto", "Dispõe sobre a arborização das calçadas.", numero=f"{c.indice % 80}/{c.ano}"
    )
    c.send("CM-LEGISLATIVA")
    c.wait(5, 15)
    c.write("Parecer", "Parecer da comissão de legislação: pela constitucionalidade.", signers=3)
    c.wait(5, 15)
    c.note("Aprovado em primeiro turno, por nove votos a dois.")
    c.wait(5, 10)
    c.note("Aprovado em segundo turno.")
    c.send("CM-PRESIDENCIA")
    c.wait(1, 4)
    c.write("Ofício", "Encaminha a proposição de lei à sanção.")
    c.conclude()


def pedido_de_informacao(c: Cena) -> None:
    """A citizen's right to know."""
    c.receive("Requerimento", "Quanto o município gastou com recapeamento no ano passado?")
    c.wait(0, 1)
    c.send("CGM")
    c.wait(1, 3)
    c.send("SEOBRAS")
    c.wait(4, 9)
    c.write(
        "Ofício", "Em resposta, os valores por bairro.", tabela=(("Bairro", "R$"), ("Centro", "0"))
    )
    c.send("CGM")
    c.wait(0, 2)
    c.sei.automatico(c.processo, texto=("Encaminhamos a resposta ao seu pedido.",))
    c.conclude()


def reclamacao(c: Cena) -> None:
    """A complaint to the ouvidoria: what the citizen wrote is never for the public."""
    c.sei.automatico(
        c.processo,
        "Formulário de Ouvidoria",
        texto=(f"Meu nome é {c.nome}. O caminhão de lixo não passa na {c.endereco}.",),
    )
    c.wait(0, 2)
    c.send("SEOBRAS")
    c.wait(2, 7)
    c.write("Despacho", "Rota corrigida com a empresa de coleta.")
    c.send("OUVIDORIA")
    c.wait(0, 2)
    c.sei.andamento(c.processo, 98)
    c.conclude()


def denuncia(c: Cena) -> None:
    """A denunciation: restrito, with who wrote it inside."""
    c.sei.automatico(
        c.processo,
        "Formulário de Ouvidoria",
        texto=(f"Denúncia de {c.nome} sobre uso indevido de veículo oficial.",),
        nivel="1",
    )
    c.wait(1, 3)
    c.send("CGM")
    c.wait(5, 20)
    c.write("Relatório", "Apuração preliminar.", nivel="1")
    c.wait(5, 20)
    c.sei.andamento(c.processo, 99)
    c.conclude()
