"""Kinds of documents, and what may happen to them, each in a processo."""

from typing import Any

from portal.demo import pessoas
from portal.demo.cena import Cena
from portal.demo.documentos import number_of


def assinaturas(c: Cena) -> None:
    """Signed by several, by certificate, by nobody that counts, and not at all."""
    c.write("Portaria", "Institui grupo de trabalho.", signers=4)
    certificado = c.sei.minuta(c.processo, "Contrato")
    nome, cargo = pessoas.signer("PGM")
    c.sei.sign(certificado, nome, cargo, forma="C", com_andamento=False)
    desfeita = c.sei.minuta(c.processo, "Parecer", texto=("A assinatura foi desfeita.",))
    c.sei.sign(desfeita, nome, cargo, ativa=False)
    c.sei.andamento(c.processo, 6, DOCUMENTO=desfeita)
    c.sei.minuta(c.processo, "Despacho Decisório", texto=("Decisão ainda não tomada.",))
    conferido = c.receive("RG", "Cópia.", conferencia="Cópia Autenticada Administrativamente")
    c.sei.sign(conferido, nome, cargo)
    outro = c.receive("Anexo", "Comprovante.", conferencia="Cópia Autenticada por Cartório")
    c.sei.andamento(c.processo, 116, DOCUMENTO=outro)
    c.sei.andamento(c.processo, 111, DOCUMENTO=outro, TIPO_CONFERENCIA=(None, 4))


def cancelado(c: Cena) -> None:
    """One document was cancelled, with a reason that names somebody."""
    engano = c.write("Despacho", "Juntado no processo errado.")
    c.write("Despacho", "À análise.")
    c.wait(0, 1)
    c.sei.cancel(engano, f"Documento de {pessoas.name_person(c.rng)} juntado por engano.")


def excluido(c: Cena) -> None:
    """A draft was deleted: the andamento still names it, the document is gone."""
    gone = number_of(9_000_000)
    c.sei.andamento(c.processo, 2, DOCUMENTO=(gone, 9_000_000), NIVEL_ACESSO=(None, "0"))
    c.sei.andamento(c.processo, 33, DOCUMENTO=(gone, 9_000_000))
    c.sei.andamento(c.processo, 12, DOCUMENTO=(gone, 9_000_000))


def movido(c: Cena) -> None:
    """A document came from another processo."""
    papel = c.sei.externo(c.outros["principal"], "Planta", texto=("Planta do lote 14.",))
    c.sei.move(papel, c.processo, "Pertence a este pedido.")


def publicado(c: Cena) -> None:
    """An ordinance, published in the city's diário."""
    portaria = c.write("Portaria", "Nomeia os membros do conselho.", numero=f"12/{c.ano}")
    data = f"{c.processo.relogio:%d/%m/%Y}"
    named: dict[str, Any] = {
        "DOCUMENTO": portaria,
        "VEICULO": "Diário Oficial do Município",
        "DATA": data,
    }
    c.sei.andamento(c.processo, 47, MOTIVO="Publicação", **named)
    c.sei.andamento(c.processo, 7, MOTIVO="Publicação", **named, TIPO="(edição extra)")


def formularios(c: Cena) -> None:
    """Forms of every kind: signed, unsigned, an e-mail, the ouvidoria's."""
    c.write("Formulário", "Ficha de inscrição no programa.", sta="F")
    c.sei.minuta(c.processo, "Formulário", texto=("Ficha por preencher.",), sta="F")
    c.sei.automatico(c.processo, texto=(f"Prezado {c.nome}, recebemos seu pedido.",))
    c.sei.automatico(
        c.processo,
        "Formulário de Ouvidoria",
        texto=(f"{c.nome}, telefone 0000-1234: quero elogiar o atendimento.",),
    )
    c.sei.automatico(c.processo, "Recibo", texto=("Recibo eletrônico de protocolo.",))


def intimacao_pendente(c: Cena) -> None:
    """Two documents are closed until the second of two addressees reads them."""
    c.write("Despacho", "À instrução.")
    decisao = c.write("Notificação", "Apresente defesa em quinze dias.")
    anexo = c.receive("Laudo", "Laudo de vistoria.", conferencia=None)
    c.sei.intimacao([decisao, anexo], [c.nome, pessoas.name_person(c.rng)], cumpridas=1)


def intimacao_cumprida(c: Cena) -> None:
    """Everybody has read it: its document opens again."""
    decisao = c.write("Notificação", "Apresente defesa em quinze dias.")
    c.sei.intimacao([decisao], [c.nome], cumpridas=1)
    data = f"{c.processo.relogio:%d/%m/%Y}"
    citizen: dict[str, Any] = {"USUARIO_EXTERNO_NOME": c.nome, "DATA": data}
    c.sei.andamento(c.processo, "MD_PET_INTIMACAO_PRORROGACAO_AUTOMATICA_PRAZO_EXT", **citizen)
    recibo = c.sei.automatico(c.processo, "Recibo", texto=("Recibo eletrônico de protocolo.",))
    c.sei.andamento(c.processo, "MD_PET_PETICIONAMENTO_EFETIVADO", **citizen, DOCUMENTO=recibo)


def documento_restrito_na_arvore(c: Cena) -> None:
    """Público with a single restricted document, which is listed and does not open."""
    c.write("Despacho", "À vista do requerimento.")
    papel = c.receive("Anexo", "Atestado médico.", nivel="1", hipotese="Informação Pessoal")
    c.sei.andamento(c.processo, 110, DOCUMENTO=papel, HIPOTESE_LEGAL=(None, None))
    c.sei.andamento(c.processo, 109, DOCUMENTO=papel, GRAU_SIGILO=(None, None))
    c.write("Parecer", "Parecer favorável.")
