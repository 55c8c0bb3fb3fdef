"""The ledger as a whole: proved, rebuilt from the published pages, and rendered again."""

from guidance.actions.ledger_rebuilding import LedgerDiffers, Rebuilt, rebuild_ledger
from guidance.actions.ledger_rendering import Rendered, render_ledger
from guidance.actions.ledger_verifying import Difference, verify_ledger

__all__ = [
    "Difference",
    "LedgerDiffers",
    "Rebuilt",
    "Rendered",
    "rebuild_ledger",
    "render_ledger",
    "verify_ledger",
]
