"""What can be measured of the portal: printed, repeatable by `make bench`, and never a test.

The machine's own speed is in every number, so what is promised is a ratio of two things measured
in one run, in turns. A number that is missed is printed as missed; nothing fails.
"""
