"""The Carta de Serviços of a tenant: what may be asked for, by whom, and how SEI takes it."""
