"""A SeiWS in front of the demo's SEI, for the demonstration and for tests. Loopback only.

It speaks as PHP's SOAP server does, Latin-1 damage included, refuses in SEI's own words, writes
into the SEI database through the demo's builder, and fails on demand. What it does is what the
manuals of SEI's web services and their users' reports say; nobody has compared it with a real SEI.
"""
