"""A small world for the front door: kinds of authority, duties, and guidance that explains them."""

from __future__ import annotations

import json
from datetime import date

from guidance.actions.obligation_proposals import proposals
from guidance.actions.obligations import Decision, decide_obligations
from guidance.actions.publishing import publish_edition
from guidance.models import AuthorityType, Duty, Edition, GuidancePage
from tests import factories

TODAY = date(2010, 6, 15)
SENTENCES = {
    "1.1": "Nothing is asked here.",
    "2.1": "Each best value authority must ask the people it serves.",
    "2.2": "A county council should keep a register.",
    "2.3": "Somebody must write it down.",
    "3.1": "A county council may charge for copies.",
}
BOUND = {
    "2.1": (("best value authorities",), ("police authorities",)),
    "2.2": (("county councils",), ()),
    "2.3": ((), ()),
    "3.1": (("county councils",), ()),
}


def register() -> dict[str, AuthorityType]:
    """Best value authorities, which include county councils and police authorities; and trusts."""
    names = ("best value authorities", "county councils", "police authorities", "the Rivers Trust")
    kinds = {
        name: AuthorityType.objects.get_or_create(
            name=name, defaults={"slug": name.replace(" ", "-").lower()}
        )[0]
        for name in names
    }
    kinds["best value authorities"].includes.add(
        kinds["county councils"], kinds["police authorities"]
    )
    return kinds


def duty(title: str, commences: str, binds: list[AuthorityType], excepts=(), words="") -> Duty:
    made = Duty.objects.create(title=title, commences=commences, binds_words=words)
    made.binds.set(binds)
    made.excepts.set(excepts)
    return made


def edition(
    document: GuidancePage, duties: list[tuple[Duty, str]], *, slug: str = "final", **fields
) -> Edition:
    """Issued, with its duties explained where the second of each pair says, and its demands
    confirmed."""
    blocks = {n: factories.paragraph(n, f"<p>{words}</p>") for n, words in SENTENCES.items()}
    sections = [
        factories.section(
            f"Part {n}", [b for number, b in blocks.items() if number[0] == n], number=n, slug=f"part-{n}"
        )
        for n in "123"
    ]  # fmt: skip
    rows = [factories.block("duty", duty=d.pk, explained_in=where) for d, where in duties]
    page = factories.draft(
        document, sections, slug=slug, title=f"Edition {slug}", duties=json.dumps(rows),
        statements=[factories.statement("2.1 to 2.3")], **fields,
    )  # fmt: skip
    user = factories.user()
    decide_obligations(
        user=user,
        page=page,
        decisions=[
            Decision(p.paragraph, p.digest, True, p.strength, *BOUND[p.number])
            for p in proposals(page).proposals
            if p.number in BOUND
        ],
    )
    return publish_edition(user=user, page=page)


def world(documents: int = 1) -> None:
    """Documents "rivers-0" and on, in force since 1 July 2008, that explain two duties each."""
    kinds = register()
    involve = duty(
        "Duty to involve", "1 April 2009", [kinds["best value authorities"]],
        [kinds["police authorities"]], "All best value authorities except police authorities",
    )  # fmt: skip
    plan = duty("Duty to plan", "Early 2011", [kinds["county councils"]])
    for n in range(documents):
        document = factories.document(
            f"rivers-{n}", f"Clean rivers {n}", summary="Keep them clean."
        )
        edition(document, [(involve, "2.1 to 2.2"), (plan, "throughout")])
