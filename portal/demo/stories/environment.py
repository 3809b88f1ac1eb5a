"""Stories of Meio Ambiente, Saúde and Assistência."""

from portal.demo.png import draw_tree
from portal.demo.scene import Scene


def tree_pruning(s: Scene) -> None:
    """A branch over the roof."""
    s.receive("Requerimento", f"{s.name} pede a poda de uma sibipiruna na {s.address}.")
    s.receive("Anexo", file_name="foto da árvore.png", content=draw_tree(), conferencia=None)
    s.wait(0, 2)
    s.send("SEMMA-ARB")
    s.wait(3, 12)
    s.note("Visita técnica feita. A árvore está sadia; será feita poda de condução.")
    s.write(
        "Laudo",
        f"Vistoriado um exemplar de sibipiruna na calçada da {s.address}.",
        "A árvore está sadia, sem sinais de cupim ou de podridão no colo. Os galhos do lado leste "
        "avançam sobre o telhado vizinho e tocam o ramal de energia.",
        "Não há motivo para o corte. Indica-se a poda de condução, até 25% da copa.",
        table=(("Espécie", "Altura", "DAP"), ("Sibipiruna", "9 m", "38 cm")),
    )
    s.wait(1, 4)
    s.write(
        "Licença",
        "Autoriza-se a poda de condução, a ser feita pela equipe do município, nestas condições:",
        items=(
            "não retirar mais de 25% da copa;",
            "verificar antes a presença de ninhos;",
            "recolher os galhos no mesmo dia.",
        ),
    )
    s.send("SEOBRAS")
    s.wait(8, 30)
    s.note("Poda executada e galhos recolhidos.")
    s.conclude()


def environmental_licence(s: Scene) -> None:
    """A car wash asks for its licence, and waits for a study."""
    s.receive("Requerimento", f"{s.name} requer licença ambiental simplificada.")
    s.receive("Projeto", "Projeto da caixa separadora de água e óleo.", conferencia=None)
    s.wait(1, 3)
    s.send("SEMMA")
    s.wait(6, 15)
    s.write("Notificação", "Apresente a outorga de uso da água.")
    s.sei.suspend(s.processo, "Aguardando a outorga de uso da água pelo empreendedor.")
    s.wait(20, 45)
    s.sei.resume(s.processo)
    s.receive("Certidão", "Certidão de uso insignificante de água.")
    s.wait(5, 12)
    s.write(
        "Parecer",
        "O projeto da caixa separadora atende à norma. Parecer favorável, com condicionantes:",
        items=(
            "monitorar o efluente a cada semestre e juntar o laudo a este processo;",
            "dar destino licenciado à borra oleosa;",
            "manter desimpedido o acesso à caixa separadora.",
        ),
    )
    s.wait(2, 5)
    s.write("Licença", "Concede-se a licença por quatro anos.", numero=f"{s.cadastre}/{s.year}")
    s.conclude()


def sanitary_licence(s: Scene) -> None:
    """Inspection, a fault, a second inspection."""
    s.receive("Requerimento", f"{s.name} requer licença sanitária, {s.address}.")
    s.wait(0, 2)
    s.send("SESAU-VISA")
    s.wait(4, 12)
    s.write(
        "Relatório",
        f"Primeira inspeção sanitária no estabelecimento de {s.name}.",
        "Condições gerais boas. Falta pia exclusiva para a higienização das mãos.",
    )
    s.note("Nova inspeção em até 15 dias, depois do ajuste da pia.")
    s.wait(8, 15)
    s.write("Relatório", "Segunda inspeção: pendência resolvida.", signers=2)
    s.wait(1, 3)
    s.write("Licença", "Concede-se a licença sanitária por um ano.")
    s.conclude()


def family_aid(s: Scene) -> None:
    """Help for a family: restrito from the first day."""
    s.sei.documento(s.processo, "Formulário", text=("Acolhida social.",), sta="F", nivel="1")
    s.send("SEDES")
    s.wait(1, 4)
    s.write("Relatório", "Visita domiciliar realizada.", nivel="1")
    s.wait(1, 3)
    s.write("Despacho Decisório", "Concede-se o benefício.")
    s.conclude()
