"""The names of the guidance that a statement of status replaces."""

from __future__ import annotations

import re

_CIRCULARS = re.compile(
    r"(?P<body>(?:(?:[A-Z][\w&’']*|of|the|for|and)\s+)*?)(?P<word>[Cc]irculars?)\s+"
    r"(?:(?:[Nn]umbers?|[Nn]os?)\.?\s*)?(?P<list>\d{1,3}/\d{2,4}"
    r"(?:(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s*&\s*)(?:[Cc]ircular\s+)?\d{1,3}/\d{2,4})*)"
)
_QUOTED = re.compile(
    r"(?<![\w])[‘“\"'](?P<name>[A-Z0-9].*?)[’”\"'](?!\w)"
    r"(?:,?\s*\(?(?P<source>[A-Z][A-Za-z& ]*,?\s+(?:19|20)\d\d|(?:19|20)\d\d)\)?)?"
)
_BEFORE_NAME = re.compile(
    r"^\s*(?:that|those|all|any|the|existing|previous(?:ly)?|earlier|current|former|original"
    r"|non-?statutory|statutory|guidance|issued|published|contained|set\s+out|given|in|by|and"
    r"|ie|i\.e\.|namely|entitled|called|,|:)(?:\s+|$)",
    re.IGNORECASE,
)


def replaced_guidance(words: str) -> list[str]:
    """The guidance named in what follows "replace": circulars one by one and quoted names, else
    the words themselves without their article."""
    names: list[str] = []
    for circulars in _CIRCULARS.finditer(words):
        body = re.sub(r"^(?:(?:the|of|in|and|for)\b\s*)+", "", circulars["body"].strip())
        numbers = re.findall(r"\d{1,3}/\d{2,4}", circulars["list"])
        names += [f"{body} Circular {number}".strip() for number in numbers]
    for quoted in _QUOTED.finditer(words):
        source = re.sub(r"(?<=[A-Za-z]),?\s+(?=\d{4})", ", ", quoted["source"] or "")
        names.append(f"{quoted['name']} ({source})" if source else quoted["name"])
    return names or list(filter(None, [_bare(words)]))


def _bare(words: str) -> str:
    """What is replaced as the sentence says it, without the article."""
    rest = words.strip(" .,:")
    short = rest
    while opening := _BEFORE_NAME.match(short):
        short = short[opening.end() :]
    named = short[:1].isupper() or short[:1].isdigit()
    return (short if named else re.sub(r"^the\s+", "", rest)).strip(" .,")
