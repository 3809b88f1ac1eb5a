"""What documents hold: a page made in SEI, a file from its repository, a package of both.

Nothing here decides who may see it, nor knows of SQL or of Flask.
"""
