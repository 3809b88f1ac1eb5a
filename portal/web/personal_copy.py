"""The copy of their data that a person takes with them (LGPD, artigo 18), for a program to read."""

from datetime import datetime, tzinfo
from typing import Any

import msgspec

from portal.accounts.values import PersonalData
from portal.cpf import mask_cpf
from portal.protocolo.values import SubmissionView
from portal.tenancy import Tenant
from portal.web.happenings import tell


def encode_copy(data: PersonalData, tenant: Tenant, now: datetime) -> bytes:
    """Indented JSON. The CPF has its middle only: whoever reads it knows the rest, and the
    computer may be of many."""
    zone = tenant.fuso
    document: dict[str, Any] = {
        "portal": {"nome": tenant.nome, "endereco": tenant.endereco},
        "copia_feita_em": _instant(now, zone),
        "pessoa": {
            "nome": data.nome,
            "cpf": mask_cpf(data.cpf),
            "identificada_por": data.issuer,
            "primeira_entrada": _instant(data.created, zone),
            "ultima_entrada": _instant(data.seen, zone),
        },
        "contato": None,
        "sessoes": [
            {
                "navegador": s.device,
                "aberta_em": _instant(s.since, zone),
                "usada_em": _instant(s.seen, zone),
                "entrada_anterior": s.previous and _instant(s.previous, zone),
                "esta": s.current,
                "nivel": s.nivel.word,
                "modo_de_entrada": s.amr,
                "queria_ver": s.volta,
            }
            for s in data.sessions
        ],
        "ha_mais_sessoes": data.more_sessions,
        "empresas": [
            {"documento": r.shown, "nome": r.nome, "papel": r.papel.value} for r in data.empresas
        ],
        "pedidos_nao_enviados": [
            {
                "servico": kept.servico,
                "alterado_em": _instant(kept.draft.changed, zone),
                "apagado_em": _instant(kept.draft.expires, zone),
                "respostas": kept.draft.fields,
                "arquivos": [f.label for f in kept.draft.files],
            }
            for kept in data.drafts
        ],
        "pedidos_enviados": [_submission(sent, zone) for sent in data.submissions],
        "registro_de_acesso": [
            {
                "quando": _instant(h.at, zone),
                "o_que": tell(h),
                "endereco_de_internet": h.address or None,
            }
            for h in data.happenings
        ],
        "ha_mais_registros": data.more_happenings,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2)


def _submission(sent: SubmissionView, zone: tzinfo) -> dict[str, Any]:
    content, evidence = sent.content, sent.content.evidence
    return {
        "numero": sent.numero,
        "servico": content.servico,
        "recebido_em": _instant(sent.received_at, zone),
        "processo": sent.processo,
        "autuado_em": sent.autuado_at and _instant(sent.autuado_at, zone),
        "em_nome_de": content.represented and content.represented.nome,
        "respostas": {answer.rotulo: answer.valor for answer in content.answers},
        "arquivos": [{"nome": f.label, "sha256": f.sha256} for f in sent.files],
        "assinatura": {
            "tipo": evidence.kind,
            "declaracao": evidence.declaration,
            "em": _instant(evidence.at, zone),
            "endereco_de_internet": evidence.ip,
        },
    }


def _instant(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")
