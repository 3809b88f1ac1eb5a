"""Stories of Obras, Posturas, Iluminação and Trânsito."""

from portal.demo.scene import Scene


def building_permit(s: Scene) -> None:
    """A house to be built: project, requirements, licence."""
    s.receive("Requerimento", f"{s.name} requer alvará para construir na {s.address}.")
    s.receive("Projeto", "Projeto arquitetônico: planta baixa, cortes e fachada.", conferencia=None)
    s.receive("Declaração", "Anotação de responsabilidade técnica do autor do projeto.")
    s.wait(0, 2)
    s.send("SEOBRAS-LIC")
    s.wait(5, 14)
    s.write(
        "Notificação",
        f"Senhor(a) {s.name},",
        "A análise do projeto encontrou as pendências abaixo. Apresente as correções em 30 dias.",
        table=(
            ("Exigência", "Norma"),
            ("Afastamento lateral mínimo de 1,50 m", "Código de Obras, art. 41"),
            ("Indicar a taxa de permeabilidade", "Plano Diretor, art. 87"),
            ("Cotar a rampa de acesso de veículos", "Código de Obras, art. 52, § 2º"),
        ),
    )
    s.note("Projeto devolvido ao autor para correção. Prazo de 30 dias.")
    s.wait(8, 22)
    s.receive("Projeto", "Projeto arquitetônico corrigido, segunda versão.", conferencia=None)
    s.wait(4, 10)
    s.send("SEMMA", keep_open=True)
    s.wait(3, 9)
    s.write("Parecer", "Não há árvores protegidas no terreno; nada a opor.")
    s.sei.conclude(s.processo, "SEMMA")
    s.wait(2, 5)
    s.write(
        "Parecer",
        "As pendências foram sanadas na segunda versão do projeto.",
        "O projeto está em conformidade com o Código de Obras e com o Plano Diretor.",
        signers=2,
    )
    s.wait(1, 3)
    s.write(
        "Alvará",
        f"Fica licenciada a construção na {s.address}, requerida por {s.name}.",
        "Este alvará vale por dois anos. A via impressa deve ficar na obra, à vista da "
        "fiscalização.",
        numero=f"{s.rng.randint(1, 500)}/{s.year}",
    )
    s.note("Alvará emitido. Pode ser retirado no Protocolo ou impresso pela internet.")
    s.wait(3, 8)
    s.conclude()


def occupancy(s: Scene) -> None:
    """The house is built: somebody must look at it."""
    s.receive("Requerimento", f"{s.name} requer a certidão de habite-se, {s.address}.")
    s.wait(0, 2)
    s.send("SEOBRAS-FISC")
    s.wait(6, 18)
    s.write("Relatório", "Obra concluída conforme o projeto aprovado; calçada regular.")
    s.send("SEOBRAS-LIC")
    s.wait(2, 6)
    s.write("Certidão", "Certifica-se que o imóvel está em condições de ser habitado.", signers=2)
    s.wait(1, 2)
    s.conclude()


def irregular_work(s: Scene) -> None:
    """A neighbour complains; who complained stays restricted."""
    s.receive(
        "Requerimento",
        f"Obra sem placa e sem tapume na {s.address}.",
        nivel="1",
        hipotese="Informação Pessoal",
    )
    s.wait(0, 1)
    s.send("SEOBRAS-FISC")
    s.wait(2, 6)
    s.write("Relatório", "Constatada obra sem alvará, em fase de fundação.")
    s.write("Notificação", "Fica o proprietário notificado a paralisar a obra e regularizá-la.")
    s.wait(10, 25)
    s.note("Proprietário pediu o alvará; a obra segue parada até a licença.")
    s.wait(5, 15)
    s.conclude()


def business_permit(s: Scene) -> None:
    """A shop opens: three secretarias look at the same time."""
    s.receive("Requerimento", f"{s.name} requer alvará de funcionamento, {s.address}.")
    s.receive("Contrato", "Contrato social da empresa.", conferencia="Cópia Simples")
    s.wait(0, 1)
    s.send("SEFAZ")
    s.wait(1, 4)
    s.send("SESAU-VISA", keep_open=True)
    s.wait(3, 9)
    s.note("Inspeção sanitária marcada.")
    s.wait(2, 6)
    s.write("Relatório", "Estabelecimento em condições sanitárias adequadas.")
    s.sei.conclude(s.processo, "SESAU-VISA")
    s.wait(1, 5)
    s.write("Alvará", "Concede-se o alvará pelo prazo de um ano.", numero=f"{s.cadastre}/{s.year}")
    s.conclude()


def dead_lamp(s: Scene) -> None:
    """The smallest of stories."""
    s.sei.documento(
        s.processo,
        "Formulário",
        text=(f"Lâmpada apagada no poste em frente à {s.address}.",),
        sta="F",
    )
    s.send("SEOBRAS")
    s.wait(1, 5)
    s.note("Equipe de iluminação agendada para esta semana.")
    s.wait(1, 5)
    s.note("Lâmpada trocada.")
    s.conclude()


def fine_appeal(s: Scene) -> None:
    """Judged by the JARI, with the driver's papers restricted."""
    s.receive("Recurso", f"{s.name} recorre da autuação por estacionamento irregular.")
    s.receive("Anexo", "CNH e documento do veículo.", nivel="1", hipotese="Informação Pessoal")
    s.wait(0, 2)
    s.send("SETRAN")
    s.wait(2, 7)
    s.write("Despacho", "Recurso tempestivo. À JARI para julgamento.")
    s.send("SETRAN-JARI")
    s.wait(10, 28)
    s.sei.minuta(s.processo, "Parecer", text=("Minuta de voto do relator.",))
    s.wait(3, 8)
    granted = s.rng.random() < 0.5
    s.write(
        "Despacho Decisório",
        "A Junta, por unanimidade, "
        + ("dá provimento ao recurso e cancela a multa." if granted else "nega provimento."),
        signers=3,
    )
    s.sei.automatico(s.processo, text=("Comunicamos o resultado do julgamento do recurso.",))
    s.wait(2, 6)
    s.conclude()


def parking_card(s: Scene) -> None:
    """A parking card, restricted for its papers alone."""
    s.receive("Requerimento", f"{s.name} requer a credencial de estacionamento.")
    s.receive("RG", "Documento de identidade.", nivel="1", hipotese="Informação Pessoal")
    s.wait(0, 2)
    s.send("SETRAN")
    s.wait(1, 6)
    s.write("Licença", "Credencial emitida, válida por cinco anos.")
    s.conclude()
