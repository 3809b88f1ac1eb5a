"""gov.br: who is signed in, by the Login Único (OpenID Connect)."""
