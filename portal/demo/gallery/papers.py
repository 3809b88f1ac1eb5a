"""Kinds of documents, and what may happen to them, each in a processo."""

from typing import Any

from portal.demo import people
from portal.demo.documentos import number_of
from portal.demo.scene import Scene


def assinaturas(s: Scene) -> None:
    """Signed by several, by certificate, by nobody that counts, and not at all."""
    s.write("Portaria", "Institui grupo de trabalho.", signers=4)
    certified = s.sei.minuta(s.processo, "Contrato")
    nome, cargo = people.signer("PGM")
    s.sei.sign(certified, nome, cargo, forma="C")
    # A certificate's signature has no andamento while it is being made.
    begun = s.sei.minuta(s.processo, "Contrato")
    s.sei.sign(begun, nome, cargo, forma="C", with_andamento=False)
    undone = s.sei.minuta(s.processo, "Parecer", text=("A assinatura foi desfeita.",))
    s.sei.sign(undone, nome, cargo, active=False)
    s.sei.andamento(s.processo, 6, DOCUMENTO=undone)
    s.sei.minuta(s.processo, "Despacho Decisório", text=("Decisão ainda não tomada.",))
    checked = s.receive("RG", "Cópia.", conferencia="Cópia Autenticada Administrativamente")
    s.sei.sign(checked, nome, cargo)
    other = s.receive("Anexo", "Comprovante.", conferencia="Cópia Autenticada por Cartório")
    s.sei.andamento(s.processo, 116, DOCUMENTO=other)
    s.sei.andamento(s.processo, 111, DOCUMENTO=other, TIPO_CONFERENCIA=(None, 4))


def cancelled(s: Scene) -> None:
    """One document was cancelled, with a reason that names somebody."""
    mistake = s.write("Despacho", "Juntado no processo errado.")
    s.write("Despacho", "À análise.")
    s.wait(0, 1)
    s.sei.cancel(mistake, f"Documento de {people.name_person(s.rng)} juntado por engano.")


def deleted(s: Scene) -> None:
    """A draft was deleted: the andamento still names it, the document is gone."""
    gone = number_of(9_000_000)
    s.sei.andamento(s.processo, 2, DOCUMENTO=(gone, 9_000_000), NIVEL_ACESSO=(None, "0"))
    s.sei.andamento(s.processo, 33, DOCUMENTO=(gone, 9_000_000))
    s.sei.andamento(s.processo, 12, DOCUMENTO=(gone, 9_000_000))


def moved(s: Scene) -> None:
    """A document came from another processo."""
    paper = s.sei.externo(s.others["principal"], "Planta", text=("Planta do lote 14.",))
    s.sei.move(paper, s.processo, "Pertence a este pedido.")


def published(s: Scene) -> None:
    """An ordinance, published in the city's diário."""
    portaria = s.write("Portaria", "Nomeia os membros do conselho.", numero=f"12/{s.year}")
    today = f"{s.processo.clock:%d/%m/%Y}"
    named: dict[str, Any] = {
        "DOCUMENTO": portaria,
        "VEICULO": "Diário Oficial do Município",
        "DATA": today,
    }
    s.sei.andamento(s.processo, 47, MOTIVO="Publicação", **named)
    s.sei.andamento(s.processo, 7, MOTIVO="Publicação", **named, TIPO="(edição extra)")


def formularios(s: Scene) -> None:
    """Forms of every kind: signed, unsigned, an e-mail, the ouvidoria's."""
    s.write("Formulário", "Ficha de inscrição no programa.", sta="F")
    s.sei.minuta(s.processo, "Formulário", text=("Ficha por preencher.",), sta="F")
    s.sei.automatico(s.processo, text=(f"Prezado {s.name}, recebemos seu pedido.",))
    s.sei.automatico(
        s.processo,
        "Formulário de Ouvidoria",
        text=(f"{s.name}, telefone 0000-1234: quero elogiar o atendimento.",),
    )
    s.sei.automatico(s.processo, "Recibo", text=("Recibo eletrônico de protocolo.",))


def intimacao_pendente(s: Scene) -> None:
    """Two documents are closed until the second of two addressees reads them."""
    s.write("Despacho", "À instrução.")
    decision = s.write("Notificação", "Apresente defesa em quinze dias.")
    anexo = s.receive("Laudo", "Laudo de vistoria.", conferencia=None)
    s.sei.intimacao([decision, anexo], [s.name, people.name_person(s.rng)], fulfilled=1)


def intimacao_cumprida(s: Scene) -> None:
    """Everybody has read it: its document opens again."""
    decision = s.write("Notificação", "Apresente defesa em quinze dias.")
    s.sei.intimacao([decision], [s.name], fulfilled=1)
    today = f"{s.processo.clock:%d/%m/%Y}"
    citizen: dict[str, Any] = {"USUARIO_EXTERNO_NOME": s.name, "DATA": today}
    s.sei.andamento(s.processo, "MD_PET_INTIMACAO_PRORROGACAO_AUTOMATICA_PRAZO_EXT", **citizen)
    recibo = s.sei.automatico(s.processo, "Recibo", text=("Recibo eletrônico de protocolo.",))
    s.sei.andamento(s.processo, "MD_PET_PETICIONAMENTO_EFETIVADO", **citizen, DOCUMENTO=recibo)


def restricted_document(s: Scene) -> None:
    """Público with a single restricted document, which is listed and does not open."""
    s.write("Despacho", "À vista do requerimento.")
    paper = s.receive("Anexo", "Atestado médico.", nivel="1", hipotese="Informação Pessoal")
    s.sei.andamento(s.processo, 110, DOCUMENTO=paper, HIPOTESE_LEGAL=(None, None))
    s.sei.andamento(s.processo, 109, DOCUMENTO=paper, GRAU_SIGILO=(None, None))
    s.write("Parecer", "Parecer favorável.")
