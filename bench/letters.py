"""Letters to respondents: how many a sender sends in a second, and what the copy as PDF costs.

Receipts, each with its copy drawn anew, against confirmations of a withdrawal, which have none; of
responses with ten answers of some eighty words. The letters go to memory, so the figures are of our
own work and of the database, not of a mail server.
"""

from __future__ import annotations

import json
from dataclasses import astuple
from statistics import quantiles
from time import perf_counter, process_time

from bench.apart import measured_apart
from bench.report import Row

LETTERS, QUESTIONS = 300, 10
WORDS = "We think that those who use a park should be asked before anything is changed in it. " * 5


def run() -> list[Row]:
    """The figures, from a process that has its own database."""
    return measured_apart("letters")


def measure() -> list[Row]:
    """All figures, in this process, in a database that is migrated and empty."""
    from django.core import mail

    from consultation.actions.letters import owe, send_due
    from consultation.actions.receipts import receipt_pdf
    from consultation.models import Letter, LetterKind
    from tests.consultation import samples

    page = samples.consultation()
    asked = {samples.question(page): WORDS for _ in range(QUESTIONS)}
    sent = [samples.submitted(page, asked) for _ in range(20)]
    Letter.objects.all().delete()
    mail.outbox = []
    rates: dict[str, float] = {}
    for kind in (LetterKind.WITHDRAWN, LetterKind.RECEIPT):
        for n in range(LETTERS):
            owe(sent[n % len(sent)], kind)
        begun = process_time()
        assert send_due() == LETTERS
        rates[kind] = LETTERS / (process_time() - begun)
    drawn = []
    for response in sent * 5:
        begun = perf_counter()
        receipt_pdf(response)
        drawn.append((perf_counter() - begun) * 1000)
    return [
        Row("letters without a copy, one sender", rates[LetterKind.WITHDRAWN], "a second"),
        Row(
            "receipts with their copy, one sender; against letters without one",
            rates[LetterKind.RECEIPT],
            "a second",
            rates[LetterKind.WITHDRAWN] / rates[LetterKind.RECEIPT],
            "30 a second or more",
        ),
        Row("the copy of a response with 10 answers, p95", quantiles(drawn, n=20)[-1], "ms"),
    ]


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps([astuple(row) for row in measure()]))
