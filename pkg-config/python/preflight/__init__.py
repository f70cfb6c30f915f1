"""买前检查: decides before a payment whether a purchase of e会计 software will work, and after it whether and how it
can be refunded.

>>> import preflight
>>> engine = preflight.Engine()
>>> engine.check("purchase", {"product": "voucher_pack", "need": {"ledger": "A"}, "selected": {"ledger": "B"}})["verdict"]
'block'
"""

from ._native import VERSION as __version__
from ._native import Auditor, Engine
from .errors import FactsError

__all__ = ["Auditor", "Engine", "FactsError", "__version__"]
