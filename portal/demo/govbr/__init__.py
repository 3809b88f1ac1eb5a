"""A gov.br of people who do not exist, for the demonstration and for tests. Loopback only.

It behaves as the Login Único's public manuals and its integrators' reports say, also where that is
odd, and fails on demand.
"""
