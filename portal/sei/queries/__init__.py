"""Every question the portal asks of SEI, one SELECT each, the same on every engine.

A `select_…` builds the statement, once per installation and set of rules; the `list_…` beside it
runs it and makes values. Zone-less instants of SEI are the órgão's wall clock, hence the `zone`.
"""
