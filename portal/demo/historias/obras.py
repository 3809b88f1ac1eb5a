"""Stories of Obras, Posturas, Iluminação and Trânsito."""

from portal.demo.cena import Cena


def alvara_de_construcao(c: Cena) -> None:
    """A house to be built: project, requirements, licence."""
    c.receive("Requerimento", f"{c.nome} requer alvará para construir na {c.endereco}.")
    c.receive("Projeto", "Projeto arquitetônico: planta baixa, cortes e fachada.", conferencia=None)
    c.receive("Declaração", "Anotação de responsabilidade técnica do autor do projeto.")
    c.wait(0, 2)
    c.send("SEOBRAS-LIC")
    c.wait(5, 14)
    c.write(
        "Notificação",
        "Para prosseguir, apresente as correções do projeto listadas abaixo.",
        tabela=(
            ("Exigência", "Norma"),
            ("Afastamento lateral mínimo de 1,50 m", "Código de Obras, art. 41"),
            ("Indicar a taxa de permeabilidade", "Plano Diretor, art. 87"),
        ),
    )
    c.note("Projeto devolvido ao autor para correção. Prazo de 30 dias.")
    c.wait(8, 22)
    c.receive("Projeto", "Projeto arquitetônico corrigido, segunda versão.", conferencia=None)
    c.wait(4, 10)
    c.send("SEMMA", keep_open=True)
    c.wait(3, 9)
    c.write("Parecer", "Não há árvores protegidas no terreno; nada a opor.")
    c.sei.conclude(c.processo, "SEMMA")
    c.wait(2, 5)
    c.write("Parecer", "Projeto em conformidade com o Código de Obras.", signers=2)
    c.wait(1, 3)
    c.write(
        "Alvará",
        f"Fica licenciada a construção na {c.endereco}, por dois anos.",
        numero=f"{c.rng.randint(1, 500)}/{c.ano}",
    )
    c.note("Alvará emitido. Pode ser retirado no Protocolo ou impresso pela internet.")
    c.wait(3, 8)
    c.conclude()


def habite_se(c: Cena) -> None:
    """The house is built: somebody must look at it."""
    c.receive("Requerimento", f"{c.nome} requer a certidão de habite-se, {c.endereco}.")
    c.wait(0, 2)
    c.send("SEOBRAS-FISC")
    c.wait(6, 18)
    c.write("Relatório", "Obra concluída conforme o projeto aprovado; calçada regular.")
    c.send("SEOBRAS-LIC")
    c.wait(2, 6)
    c.write("Certidão", "Certifica-se que o imóvel está em condições de ser habitado.", signers=2)
    c.wait(1, 2)
    c.conclude()


def obra_irregular(c: Cena) -> None:
    """A neighbour complains; who complained stays restricted."""
    c.receive(
        "Requerimento",
        f"Obra sem placa e sem tapume na {c.endereco}.",
        nivel="1",
        hipotese="Informação Pessoal",
    )
    c.wait(0, 1)
    c.send("SEOBRAS-FISC")
    c.wait(2, 6)
    c.write("Relatório", "Constatada obra sem alvará, em fase de fundação.")
    c.write("Notificação", "Fica o proprietário notificado a paralisar a obra e regularizá-la.")
    c.wait(10, 25)
    c.note("Proprietário pediu o alvará; a obra segue parada até a licença.")
    c.wait(5, 15)
    c.conclude()


def alvara_de_funcionamento(c: Cena) -> None:
    """A shop opens: three secretarias look at the same time."""
    c.receive("Requerimento", f"{c.nome} requer alvará de funcionamento, {c.endereco}.")
    c.receive("Contrato", "Contrato social da empresa.", conferencia="Cópia Simples")
    c.wait(0, 1)
    c.send("SEFAZ")
    c.wait(1, 4)
    c.send("SESAU-VISA", keep_open=True)
    c.wait(3, 9)
    c.note("Inspeção sanitária marcada.")
    c.wait(2, 6)
    c.write("Relatório", "Estabelecimento em condições sanitárias adequadas.")
    c.sei.conclude(c.processo, "SESAU-VISA")
    c.wait(1, 5)
    c.write("Alvará", "Concede-se o alvará pelo prazo de um ano.", numero=f"{c.indice}/{c.ano}")
    c.conclude()


def troca_de_lampada(c: Cena) -> None:
    """The smallest of stories."""
    c.sei.documento(
        c.processo,
        "Formulário",
        texto=(f"Lâmpada apagada no poste em frente à {c.endereco}.",),
        sta="F",
    )
    c.send("SEOBRAS")
    c.wait(1, 5)
    c.note("Equipe de iluminação agendada para esta semana.")
    c.wait(1, 5)
    c.note("Lâmpada trocada.")
    c.conclude()


def recurso_de_multa(c: Cena) -> None:
    """Judged by the JARI, with the driver's papers restricted."""
    c.receive("Recurso", f"{c.nome} recorre da autuação por estacionamento irregular.")
    c.receive("Anexo", "CNH e documento do veículo.", nivel="1", hipotese="Informação Pessoal")
    c.wait(0, 2)
    c.send("SETRAN")
    c.wait(2, 7)
    c.write("Despacho", "Recurso tempestivo. À JARI para julgamento.")
    c.send("SETRAN-JARI")
    c.wait(10, 28)
    c.sei.minuta(c.processo, "Parecer", texto=("Minuta de voto do relator.",))
    c.wait(3, 8)
    dado = c.rng.random() < 0.5
    c.write(
        "Despacho Decisório",
        "A Junta, por unanimidade, "
        + ("dá provimento ao recurso e cancela a multa." if dado else "nega provimento."),
        signers=3,
    )
    c.sei.automatico(c.processo, texto=("Comunicamos o resultado do julgamento do recurso.",))
    c.wait(2, 6)
    c.conclude()


def vaga_de_idoso(c: Cena) -> None:
    """A parking card, restricted for its papers alone."""
    c.receive("Requerimento", f"{c.nome} requer a credencial de estacionamento.")
    c.receive("RG", "Documento de identidade.", nivel="1", hipotese="Informação Pessoal")
    c.wait(0, 2)
    c.send("SETRAN")
    c.wait(1, 6)
    c.write("Licença", "Credencial emitida, válida por cinco anos.")
    c.conclude()
