"""What the rest of the site may follow: that what readers are shown has changed."""

from django.dispatch import Signal

ledger_changed = Signal()
"""Sent inside the transaction that changes what is issued of a document, so that whoever follows can
write down in the same transaction that it has to. `document` is the document's slug, "" for what
belongs to no document. A receiver that raises undoes the change."""

looked_for_due = Signal()
"""Sent each time the site has looked for editions that are due (`manage.py publish_due_editions`),
outside any transaction: the moment for what has to be caught up with from time to time."""
