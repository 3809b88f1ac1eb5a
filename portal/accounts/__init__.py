"""Accounts: people whom gov.br has identified, and the browsers in which they are signed in."""
