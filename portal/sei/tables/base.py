"""What the definitions share: the catalogue they are in, and how a column is marked.

`info["since"]` marks what is not in every supported version (3.1 to 5.0); `installation.py` asks
the database itself which of those it has. `info["module"]` marks the tables that only an installed
SEI module creates.
"""

from sqlalchemy import MetaData, Text

metadata = MetaData()

# SEI demands a value in these, so the demo writes them; the portal does not read them.
WRITTEN = {"written": "by the demo"}
SINCE_40 = {"since": "4.0"}
SINCE_41 = {"since": "4.1"}

# MySQL's TEXT ends at 64 kB; SEI declares `longtext`, which MySQL makes of a TEXT that must hold so
# much. Its own type would bring all of its dialects to who has no MySQL.
LongText = Text().with_variant(Text(2**32 - 1), "mysql", "mariadb")
