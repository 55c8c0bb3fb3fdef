"""The consultation draft of 2008, told by where it differs from the final edition of 2009."""

from __future__ import annotations

from pathlib import Path

FINAL = Path(__file__).parent / "local-priorities-final-2009.html"

DIFFERENCES = (
    (
        "<h1>Local people, local priorities: statutory guidance</h1>",
        "<h1>Local people, local priorities: draft statutory guidance for consultation</h1>",
    ),
    (
        "<p>It tells principal authorities",
        "<p>This is a draft. Comments on any paragraph are welcome until noon on 8 December 2008,"
        " and three questions stand where they arise. It tells principal authorities",
    ),
    ("Paragraphs 4.3 to 4.14, 5.1", "Paragraphs 4.3 to 4.13, 5.1"),
    ("the paragraph tells which.", "the paragraph says which one."),
    ("The duty applies from 1 April 2009.", "The duty is expected to apply from 1 April 2009."),
    (
        "and it must consider all three before it settles on one.",
        "and it should consider all three before it settles on one.",
    ),
    (
        "<p>2.9 Twelve weeks is a sensible length for most written consultations. A shorter one"
        " needs a reason, which should be published with it.</p>",
        "<p>2.9 Eight weeks is a sensible length for most written consultations.</p>"
        "<p><strong>Consultation question 1:</strong> Is eight weeks long enough for most written"
        " consultations?</p>",
    ),
    (
        " would serve local people better, and it should not set conditions that only a large body"
        ' could meet.<sup id="fnref:3"><a href="#fn:3" rel="footnote">3</a></sup></p>',
        ' would serve local people better.<sup id="fnref:3"><a href="#fn:3" rel="footnote">3</a>'
        "</sup></p>",
    ),
    (
        "For instance, a turnover of several million pounds, or insurance out of proportion to the"
        " risk.",
        "The authors know of halls, pools, libraries and parks that are run in this way.",
    ),
    (
        "the upper-tier authority must consult each of them.",
        "the upper-tier authority should consult each of them.",
    ),
    (
        "<p>3.10 The assessment should be brought up to date every year and prepared afresh at least"
        " every three.</p>",
        "<p>3.10 The assessment should be brought up to date every two years and prepared afresh at"
        " least every five.</p><p><strong>Consultation question 2:</strong> How often does an"
        " assessment need to be prepared afresh to be of use?</p>",
    ),
    (
        "An agreement should hold no more than 35 local improvement targets that are tied to"
        " national indicators.</p>",
        "An agreement should hold no more than 50 local improvement targets that are tied to"
        " national indicators.</p><p><strong>Consultation question 3:</strong> Is fifty the right"
        " ceiling, or would fewer targets be kept better?</p>",
    ),
    (
        "<p>4.14 A change should be published within one month, with the reason for it.</p>\n",
        "",
    ),
    (
        "does more for trust than any campaign.</p>",
        "does more for trust then any campaign.</p>",
    ),
    (
        "<p>5.10 Overview and scrutiny committees should be given the account in draft, with time"
        " to question it.</p>",
        "<p>5.10 Overview and scrutiny committees should be given the account.</p>\n"
        "<p>5.11 The responsible authority should hold a public meeting on the account each"
        " spring.</p>",
    ),
)
"""Words of the final edition, and what the draft had in their place."""


def draft_html() -> str:
    """The draft as a file. ValueError where the final edition no longer has what it differs from."""
    html = FINAL.read_text(encoding="utf-8")
    for final, draft in DIFFERENCES:
        if html.count(final) != 1:
            raise ValueError(f"The final edition has {html.count(final)} times: {final[:60]}")
        html = html.replace(final, draft)
    return html
