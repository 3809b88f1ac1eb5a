"""What an operator runs first: is this SEI one that the portal can read, and read well?

Nothing is written, and nothing of a person is read: counts, codes, names of órgãos and modules.
"""

from portal.sei.checkup.findings import Finding, Level
from portal.sei.checkup.grants import list_grants
from portal.sei.checkup.steps import check

__all__ = ["Finding", "Level", "check", "list_grants"]
