"""Sample documents written for the tests: each form of numbering with what stands in its way.

Every sample is a text (as the text reader takes it) and the numbers that a careful reader finds.
"""

from __future__ import annotations

from dataclasses import dataclass

SENTENCES = (
    "The authority should keep a register of every decision taken under this part of the code.",
    "Where a request is refused the reasons must be given in writing within ten working days.",
    "Partners are expected to agree the measures together, and to publish them each year.",
    "Nothing in this document affects any other duty of the authority or of its partners.",
    "A person who is affected by a decision may ask for it to be reviewed by another officer.",
)


def prose(number: int, sentences: int = 2) -> str:
    """Some sentences, different from one number to the next."""
    return " ".join(SENTENCES[(number + i) % len(SENTENCES)] for i in range(sentences))


@dataclass(frozen=True)
class Sample:
    name: str
    text: str
    numbers: list[str]


def _lines(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


def circular() -> Sample:
    """12. with lists 1. 2. under paragraphs, dates, a money line and a table of years."""
    lines = ["Circular 02/2011", "Licensing of street markets", "Introduction"]
    for n in range(1, 41):
        lines.append(f"{n}. {prose(n)}")
        if n == 7:
            lines.append("The application must contain:")
            lines.extend(f"{i}. {w}" for i, w in enumerate(("a plan;", "a fee;", "a map."), 1))
        if n == 12:
            lines.append("2013 No. 12 applies to markets that were open before that year.")
        if n == 20:
            lines += ["Fees", "£25.00 for each stall and £1.50 for each table."]
        if n == 29:
            lines.append("12 December 2011 is the last day for comments.")
            lines.append("2011\tDraft\tMarch\n2012\tFinal\tApril\n2013\tReview\tMay")
    return Sample("circular", _lines(*lines), [str(n) for n in range(1, 41)])


def code_of_practice() -> Sample:
    """1.1 under numbered chapters, with a contents list, amounts and references at line starts."""
    chapters = ("Purpose", "Who is bound", "Records", "Review and appeal")
    lines = ["Code of practice on local registers", "Contents"]
    lines += [f"{c} {title}\t{3 * c}" for c, title in enumerate(chapters, 1)]
    numbers = []
    for c, title in enumerate(chapters, 1):
        lines.append(f"{c} {title}")
        for p in range(1, 13):
            numbers.append(f"{c}.{p}")
            lines.append(f"{c}.{p} {prose(c + p)}")
        lines.append(f"{c}.5 million pounds were spent in the first year of the scheme.")
        lines.append("(a) the first condition is met; and")
        lines.append("(b) the second condition is met.")
    return Sample("code of practice", _lines(*lines), numbers)


def inserted_numbers() -> Sample:
    """2.13A between 2.13 and 2.14, and a gap that the source has."""
    wanted = [f"2.{n}" for n in range(1, 14)] + ["2.13A", "2.13B", "2.14", "2.15", "2.18", "2.19"]
    lines = ["2", "Inserted paragraphs", *(f"{n} {prose(i)}" for i, n in enumerate(wanted))]
    return Sample("inserted numbers", _lines(*lines), wanted)


def lettered() -> Sample:
    """A1 to A9 and B1 to B6, with a road and a paper size at the starts of lines."""
    wanted = [f"A{n}" for n in range(1, 10)] + [f"B{n}" for n in range(1, 7)]
    lines = ["Part A", "Standards"]
    for i, number in enumerate(wanted):
        if number == "B1":
            lines += [
                "Part B",
                "Measures",
                "A4 paper should be used for every return that is sent.",
            ]
        lines.append(f"{number} {prose(i)}")
        if number == "A5":
            lines.append("M25 traffic is outside the scope of this standard and of its measures.")
    return Sample("lettered", _lines(*lines), wanted)


def three_levels() -> Sample:
    """1.1 as headings and 1.1.1 as paragraphs."""
    lines, wanted = ["Framework for regional boards"], []
    for c in range(1, 4):
        lines.append(f"{c}. Part of the framework {c}")
        for s in range(1, 4):
            lines.append(f"{c}.{s} Subject number {s}")
            for p in range(1, 5):
                wanted.append(f"{c}.{s}.{p}")
                lines.append(f"{c}.{s}.{p} {prose(c + s + p)}")
    return Sample("three levels", _lines(*lines), wanted)


def run_together() -> Sample:
    """4.7 inside the paragraph of 4.6, and a reference to 4.9 that is no number."""
    lines = ["4", "Run together"]
    for n in range(1, 13):
        if n == 7:
            continue
        text = prose(n)
        if n == 6:
            text += f" 4.7 {prose(7)}"
        if n == 8:
            text += " See also 4.9 and 4.10 on this matter."
        lines.append(f"4.{n} {text}")
    return Sample("run together", _lines(*lines), [f"4.{n}" for n in range(1, 13)])


def annexes() -> Sample:
    """1 to 30, and an annex that begins again at 1."""
    lines = ["Report on the review", "Background"]
    lines += [f"{n}. {prose(n)}" for n in range(1, 31)]
    lines += ["Annex A: Method", *(f"{n}. {prose(n + 2)}" for n in range(1, 9))]
    wanted = [str(n) for n in range(1, 31)] + [str(n) for n in range(1, 9)]
    return Sample("annexes", _lines(*lines), wanted)


def inspector() -> Sample:
    """Plain numbers, then conditions and a list of documents that are lists."""
    lines = ["Report to the Secretary of State", "Preliminary matters"]
    lines += [f"{n}. {prose(n, 3)}" for n in range(1, 51)]
    lines += ["Documents handed in at the inquiry"]
    lines += [f"{n}. Plan of the site, sheet {n}" for n in range(1, 13)]
    return Sample("inspector", _lines(*lines), [str(n) for n in range(1, 51)])


def lists_only() -> Sample:
    """A report without numbered paragraphs whose lists begin at 1."""
    lines = ["A prospectus", "What we ask of members"]
    for part in range(6):
        lines += [prose(part, 4), "We ask three things:"]
        lines += [f"{i}. {w}" for i, w in enumerate(("to take part,", "to report,", "to pay."), 1)]
        lines.append(prose(part + 1, 4))
    return Sample("lists only", _lines(*lines), [])


def restarting_parts() -> Sample:
    """Four parts that each begin again at 1."""
    lines, wanted = ["Guide to the inspection of schemes"], []
    for part in range(1, 5):
        lines.append(f"Part {part}: Subject of part {part}")
        for n in range(1, 9 + part):
            lines.append(f"{n}. {prose(n + part)}")
            wanted.append(str(n))
    return Sample("restarting parts", _lines(*lines), wanted)


def repeated_and_missing() -> Sample:
    """A number printed twice and one left out."""
    wanted = ["3.1", "3.2", "3.3", "3.3", "3.4", "3.6", "3.7", "3.8"]
    lines = ["3", "Slips of the printer", *(f"{n} {prose(i)}" for i, n in enumerate(wanted))]
    return Sample("repeated and missing", _lines(*lines), wanted)


def wrapped() -> Sample:
    """Lines broken at a width, with a number at the start of a line inside a sentence."""
    lines = ["1", "Wrapped lines", ""]
    for n in range(1, 13):
        lines += [
            f"1.{n} The authority should keep a register of decisions, as explained in paragraph",
            "1.4 above, and should publish it. In the year of the first report there were",
            "12. That number has since grown to a good many more in every part of the area.",
            "",
        ]
    return Sample("wrapped", "\n".join(lines), [f"1.{n}" for n in range(1, 13)])


SAMPLES = [
    make()
    for make in (
        circular,
        code_of_practice,
        inserted_numbers,
        lettered,
        three_levels,
        run_together,
        annexes,
        inspector,
        lists_only,
        restarting_parts,
        repeated_and_missing,
        wrapped,
    )
]
