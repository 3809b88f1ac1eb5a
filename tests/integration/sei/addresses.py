"""Every address of the portal, by whether it asks SEI.

A new address fails `test_every_address_is_known` until somebody has decided.
"""

ASKS_SEI = {
    # And "/processos?tipo=…", by whatever else is known of one.
    "processos.busca": "/processos?numero={chave}",
    "processos.processo": "/processos/{chave}",
    "processos.documento": "/processos/{chave}/documentos/{numero}",
    "processos.texto": "/processos/{chave}/documentos/{numero}/texto",
    "processos.arquivo": "/processos/{chave}/documentos/{numero}/arquivo",
    "processos.pacote": "/processos/{chave}/documentos.zip",
    "autenticidade.autenticidade": "/autenticidade?codigo={numero}&crc=0123ABCD",
    "autenticidade.dados": "/autenticidade.json?codigo={numero}&crc=0123ABCD",
    "dados.pesquisa": "/processos.json?ate=2199-12-31",
    "dados.processo": "/processos/{chave}.json",
    "dados.documento": "/processos/{chave}/documentos/{numero}.json",
    "dados.historico": "/processos/{chave}/historico.atom",
    "dados.calendario": "/processos/{chave}/historico.ics",
}
ASKS_NOTHING = {
    "acesso.comecar": "/entrar",
    "acesso.entrar": "/entrar",
    "acesso.retorno": "/entrar/retorno",
    "acesso.sair": "/sair",
    "acesso.saiu": "/saiu",
    "conta.conta": "/minha-conta",
    "conta.encerrar": "/minha-conta/sessoes/encerrar",
    "conta.encerrar_outras": "/minha-conta/sessoes/encerrar-outras",
    "conta.nivel": "/minha-conta/nivel",
    "contraste.contraste": "/contraste",
    "dados.openapi": "/openapi.json",
    "identidade.brasao": "/brasao-0a",
    "identidade.favicon": "/favicon.ico",
    "identidade.robots": "/robots.txt",
    "identidade.tema": "/tema-0a.css",
    "inicio.inicio": "/",
    "institucional.acessibilidade": "/acessibilidade",
    "institucional.dados_abertos": "/dados-abertos",
    "institucional.entenda": "/entenda",
    "institucional.mapa": "/mapa",
    "institucional.privacidade": "/privacidade",
    "meus_dados.confirmar": "/meus-dados/excluir",
    "meus_dados.copia": "/meus-dados/copia",
    "meus_dados.excluir": "/meus-dados/excluir",
    "meus_dados.meus_dados": "/meus-dados",
    "operacao.saude": "/saude",
    "representacao.comecar": "/representacao/comecar",
    "representacao.representacao": "/representacao",
    "representacao.sair": "/representacao/sair",
    "processos.other_spelling": "/processos/{chave}-",
    "processos.qr": "/processos/{chave}/qr.svg",
}
