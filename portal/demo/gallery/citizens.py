"""What SEI has of the invented people whom gov.br's simulator knows too."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from portal.demo import citizens
from portal.demo.andamentos import A_LITTLE_LATER
from portal.demo.builder import SeiBuilder
from portal.demo.calendar import morning, workday_before
from portal.demo.citizens import Citizen
from portal.demo.protocolos import Documento, Processo

Numbered = Callable[[str, date], str]
"""The next number of a unit's órgão on a day."""
IN_TIME = timedelta(days=45)


class Register:
    """Their contatos, and their processos as they are opened."""

    def __init__(self, sei: SeiBuilder, rng: Random, numbered: Numbered) -> None:
        self.sei = sei
        self.rng = rng
        self.numbered = numbered
        self.made = 0
        self.contatos: dict[str, int] = {}
        sei.step = lambda: A_LITTLE_LATER

    def contato(self, citizen: Citizen) -> int:
        """The citizen's, always the same one."""
        if citizen.cpf not in self.contatos:
            self.contatos[citizen.cpf] = self.sei.contato(citizen.nome, cpf=int(citizen.cpf))
        return self.contatos[citizen.cpf]

    def open(
        self, tipo: str, days: int, *who: int, unidade: str = "PROTOCOLO", nivel: str = "0"
    ) -> Processo:
        """A processo, autuado so many days ago."""
        day = workday_before(self.sei.now.date() - timedelta(days=days))
        self.made += 1
        return self.sei.processo(
            self.numbered(unidade, day),
            tipo=tipo,
            unidade=unidade,
            nivel=nivel,
            autuacao=self._start(day),
            interessados=who,
        )

    def let_in(self, citizen: Citizen, tipo: str = "3") -> tuple[int, int]:
        """Give the citizen an account in SEI: the `id_contato` and the `id_usuario`."""
        contato = self.contato(citizen)
        return contato, self.sei.usuario_externo(contato, tipo=tipo, nome=citizen.nome)

    def _start(self, day: date) -> datetime:
        return min(morning(self.rng, day), self.sei.now - timedelta(minutes=25))


def settle(register: Register) -> None:
    """Everybody's processos."""
    register.sei.prazo_tacito(10)
    _settle_maria(register)
    _settle_jose(register)
    _settle_others(register)
    _settle_companies(register)


def _settle_maria(r: Register) -> None:
    sei, maria, account = r.sei, *r.let_in(citizens.MARIA)
    review = r.open("IPTU: Revisão de Lançamento", 20, maria)
    sei.externo(review, "Requerimento", text=("Requer a revisão da área construída.",))
    sei.forward(review, "SEFAZ-TRIB")
    tree = r.open("Meio Ambiente: Autorização para Poda ou Corte de Árvore", 70, maria)
    sei.forward(tree, "SEMMA-ARB")
    sei.documento(tree, "Licença", text=("Autoriza a poda de uma sibipiruna.",))
    sei.conclude(tree)
    lamp = r.open("Iluminação Pública: Troca de Lâmpada", 8, maria)
    sei.suspend(lamp, "Aguarda a chegada do material.")
    before = sei.contato(citizens.MARIA.nome.upper(), cpf=int(citizens.MARIA.cpf), active=False)
    debt = r.open("Dívida Ativa: Parcelamento", 800, before, unidade="SEFAZ-DAT")
    sei.conclude(debt)
    leave = r.open("Pessoal: Licença para Tratamento da Própria Saúde", 15, maria, nivel="1")
    _restrito(sei, leave)
    sei.acesso_externo(leave, maria, until=_later(sei), nome=citizens.MARIA.nome)
    today = sei.now.date()
    works = r.open("Obras: Alvará de Construção", 35, maria)
    sei.recibo(works, account, "N")
    first = sei.documento(works, "Notificação", text=("Apresente a planta corrigida.",))
    due = today + timedelta(days=6)
    sei.intimacao([first], [maria], fulfilled=1, tipo="Cumprimento de Exigência", due=due)
    second = sei.documento(works, "Ofício", text=("Comunica a data da vistoria.",))
    tacit = today + timedelta(days=8)
    sei.intimacao([second], [maria], tipo="Ciência", resposta="S", tacit=tacit)
    third = sei.documento(works, "Ofício", text=("Pede a matrícula do imóvel.",))
    sei.intimacao([third], [maria], tipo="Cumprimento de Exigência", tacit=tacit, prazo=(15, "U"))
    sei.recibo(works, account, "R")


def _settle_jose(r: Register) -> None:
    sei, jose, _ = r.sei, *r.let_in(citizens.JOSE)
    works = r.open("Obras: Denúncia de Obra Irregular", 30, unidade="SEOBRAS-FISC")
    warning = sei.documento(works, "Notificação", text=("Apresente o alvará da obra.",))
    sei.interessado(warning, jose, "D")
    benefit = r.open("Assistência Social: Benefício Eventual", 25, jose, unidade="SEDES", nivel="1")
    _, form, report = _restrito(sei, benefit)
    sei.acesso_externo(benefit, jose, [form, report], until=_later(sei), nome=citizens.JOSE.nome)
    over = r.open("Pessoal: Sindicância", 400, unidade="CGM", nivel="1")
    _restrito(sei, over)
    ended = over.clock.date() + timedelta(days=30)
    sei.acesso_externo(over, jose, until=ended, nome=citizens.JOSE.nome)


def _settle_others(r: Register) -> None:
    sei = r.sei
    permit = r.open("Posturas: Alvará de Localização e Funcionamento", 12)
    sei.interessado(permit, r.contato(citizens.FRANCISCA))
    sei.forward(permit, "SEOBRAS-FISC")
    letter = sei.externo(r.open("Ouvidoria: Reclamação", 9), "Ofício")
    sei.interessado(letter, r.contato(citizens.PAULA), "R")
    sei.forward(r.open("Obras: Habite-se", 40, r.contato(citizens.JOAO)), "SEOBRAS-LIC")
    debora, _ = r.let_in(citizens.DEBORA, tipo="2")
    closed = r.open("Assistência Social: Benefício Eventual", 18, unidade="SEDES", nivel="1")
    _restrito(sei, closed)
    sei.acesso_externo(closed, debora, nome=citizens.DEBORA.nome)


def _settle_companies(r: Register) -> None:
    sei = r.sei
    acme, serra = (
        sei.contato(firm.nome, cnpj=int(firm.cnpj), natureza="J")
        for firm in (citizens.ACME, citizens.SERRA_AZUL)
    )
    licence = r.open("Saúde: Licença Sanitária", 28, acme)
    sei.forward(licence, "SESAU-VISA")
    tax = r.open("Dívida Ativa: Parcelamento", 90, acme, unidade="SEFAZ-DAT")
    sei.conclude(tax)
    r.open("Compras: Pregão Eletrônico", 15, serra, unidade="SEADM-COMPRAS")
    notice = sei.documento(licence, "Notificação", text=("Apresente o laudo da câmara fria.",))
    sei.intimacao(
        [notice],
        [acme],
        tipo="Cumprimento de Exigência",
        tacit=sei.now.date() + timedelta(days=4),
        prazo=(10, "D"),
        andamentos=False,
    )
    closed = r.open("Pessoal: Sindicância", 60, acme, unidade="CGM", nivel="1")
    _restrito(sei, closed)
    sei.vinculo(acme, r.let_in(citizens.ANTONIO)[0])
    camila, _ = r.let_in(citizens.CAMILA)
    sei.vinculo(acme, camila, "S", processos=[licence, closed], poderes=["Acompanhar o processo"])
    sei.vinculo(r.contato(citizens.JOAO), camila, "S", poderes=["Acompanhar o processo"])
    ended = sei.now.date() - timedelta(days=9)
    sei.vinculo(serra, camila, "E", estado="C", ended=ended)
    vicente, _ = r.let_in(citizens.VICENTE)
    sei.vinculo(acme, vicente, "E", until=_later(sei))
    sei.vinculo(serra, vicente, "E", until=ended)


def _restrito(sei: SeiBuilder, processo: Processo) -> tuple[Documento, Documento, Documento]:
    """What a restrito holds."""
    nivel = "1"
    despacho = sei.documento(processo, "Despacho", text=("À análise.",), nivel=nivel)
    form = sei.externo(processo, "Requerimento", text=("Requer o benefício.",), nivel=nivel)
    report = sei.documento(processo, "Relatório", text=("Relatório da visita.",), nivel=nivel)
    sei.minuta(processo, "Despacho Decisório", text=("Decisão em estudo.",), nivel=nivel)
    return despacho, form, report


def _later(sei: SeiBuilder) -> date:
    return (sei.now + IN_TIME).date()
