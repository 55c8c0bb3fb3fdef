"""Judges from the words around a reference whether it is to the guidance itself. Pure."""

from __future__ import annotations

import re

_OWN_NOUN = (
    r"(?:guidance|document|code|chapter|report|plan|paper|circular|framework|publication|guide|note"
    r"|annex|appendix|section|part|edition|draft|consultation)"
)
OWN = re.compile(
    rf"\s*,?\s*(?:of|in|to)\s+(?:this|the\s+present|our)\s+(?:\w+\s+){{0,3}}?{_OWN_NOUN}\b"
    r"|\s*,?\s*(?:of|in)\s+the\s+(?:statutory\s+|draft\s+|present\s+)?(?:guidance|Guidance)\b"
    r"(?!\s+(?:on|for|to|issued|published|about|from|under|note)\b)",
    re.IGNORECASE,
)
"""What may follow a reference to say that it is to this very document."""

_ELSEWHERE = re.compile(
    r"\s*(?:\([^()]{1,12}\)\s*)*(?:,?\s*(?:of|to|in)|\s*(?:from|under|at|within))\s+"
    r"(?:the|that|its|their|his|her|those|these|each|any|an?|both|our)\b"
    r"|\s*(?:of|to|in|from)\s+[“‘\"']?[A-Z0-9]"
)
_ABOVE = re.compile(r"\s*,?\s*\(?(?:above|below|overleaf|earlier|later)\b")
_PLACE_IN_TEXT = re.compile(
    r"\s*,?\s*(?:in|to)\s+(?:the\s+(?:main|first|second|last|next|previous|body|exercise|context"
    r"|case|light|way|areas?|course|event|same|following|preparation|design|development|delivery"
    r"|local|relevant|need|needs|extent|implications|usual)|an?|any|each|their|its|which|more|full"
    r"|relation|respect|order|particular|addition|considering|determining|deciding)\b"
)
_DOCUMENT = re.compile(
    r"(?:\b(?:Paper|Statement|Circular|Code|Codes|Report|Framework|Guidance|Guide|Policy|Manual"
    r"|Convention|Acts?|Regulations|Order|Rules|Measure|Directive|Schedule|Note|Handbook|Plan"
    r"|Protocol|Charter|Memorandum|Inquiry|Review|report|paper|circular|schedule)"
    r"(?:\s+(?:on|for|of|to)\s+(?:[A-Z][\w’'-]*|and|the|of|for|in)(?:\s+(?:[A-Z][\w’'-]*|and|the|of|for|in)){0,8})?"
    r"(?:\s+\(?(?:No\.?\s*)?[\dA-Z][\d/.:-]*\)?)?[”’\"']?"
    r"|\b[A-Z]{2,6}\s?\d{1,3}|\bNPPF|\bPPG|\bPPS)"
    r"\s*(?:,|\(|:|,\s*(?:at|in|notably|especially)|\(\s*(?:at|in))?\s*$"
)
_TITLED = re.compile(
    r"\b(?:Paper|Statement|Circular|Code|Report|Framework|Manual|Convention|Handbook|Protocol)\b"
)
_LAW = re.compile(
    r"\b(?:Acts?|Regulations|Order|Rules|Measure|Directive|Convention|Schedule\s+\d|statute"
    r"|legislation|subsections?|Bill)\b"
)
_CUE = re.compile(
    r"(?:\bsee(?:\s+(?:also|further|again))?|\bin\s+line\s+with|\bcross[- ]refer\w*(?:\s+to)?"
    r"|\brefer(?:s|red|ring)?\s+(?:back\s+)?to(?:\s+in)?|\bin\s+conjunction\s+with|\bturn\s+to"
    r"|\b(?:set\s+out|explain(?:ed|s)|describe[ds]?|stated?|noted|discuss(?:ed|es)|mentioned|covered"
    r"|dealt\s+with|given|outlined|listed|found|provided|contained|detailed|addressed|summari[sz]ed"
    r"|made|reproduced|expanded|defined|identified|highlighted|illustrated|shown|advice|guidance"
    r"|details|information|more|sections?)"
    r"(?:\s+(?:above|below|further|later|earlier|fully|on\s+this|in\s+more\s+detail|again))*"
    r"\s+(?:in|at|by|under|on)|\b(?:above|below|earlier|later|further)\s+(?:in|at)"
    r"|\b(?:under|at|with|by|following|per|contained\s+in|Relevant\s+sections?\s+of\s+\w+))"
    r"\s*[(:]?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\b(?:paras?|paragraphs?|chapters?|annex(?:es)?)\.?\s[\dA-Z][\w.()]*"
    r"(?:(?:,\s?|\sand\s|\sor\s|\sto\s|[–-])[\dA-Z][\w.()]*){0,6}(?:,?\s(?:and|or)|,)\s(?:in\s|also\s)?$",
    re.IGNORECASE,
)
_SLANG = re.compile(
    r"\s+(?:agreements?|notices?|arrangements|enquir(?:y|ies)|inquir(?:y|ies)|orders?|officers?"
    r"|obligations?|assessments?|investigations?|powers?|dut(?:y|ies)|functions?|appeals?|grants?"
    r"|directions?|consents?|applications?|plans?|schemes?|funding|monies|contributions?|bod(?:y|ies)"
    r"|schools?|accommodation|support|compan(?:y|ies)|charit(?:y|ies)|determinations?|meetings?|reports?|resolutions?)\b"
)
_STATUTE_VERB = re.compile(
    r"\s+(?:requires?|provides?|places?|imposes?|amends?|inserts?|enables?|empowers?|applies|gives"
    r"|makes|came|comes|repeals?|defines|allows|permits|creates|confers|extends|prohibits|says)\b"
)
_REACH = 800
_GUIDES = re.compile(
    r"\s+\w+\s+(?:(?:some|more|further|general|detailed|an?|the)\s+)*"
    r"(?:guidance|advice|overview|information|details?|context|introduction)\b"
)
_SENTENCE = re.compile(r"[.?!][”’)]?\s+(?=[A-Z“‘(])|;\s|\n")


def sentence_before(text: str, start: int) -> str:
    """What stands before `start` in its sentence, as far back as matters."""
    begins = first = max(0, start - _REACH)
    for end in _SENTENCE.finditer(text, first, start):
        begins = end.end()
    return text[begins:start]


def elsewhere(text: str, start: int, end: int) -> bool:
    """Whether a reference is to a place in something else: "paragraph 5 of Schedule 2"."""
    if OWN.match(text, end):
        return False
    here = _ABOVE.match(text, end) or _PLACE_IN_TEXT.match(text, end)
    if not here and _ELSEWHERE.match(text, end):
        return True
    return bool(_DOCUMENT.search(text, max(0, start - 120), start))


def own_annex(text: str, start: int, end: int) -> bool:
    """Whether a bare "Annex B" is one of the guidance, and not of a document that its sentence
    names before it."""
    if OWN.match(text, end):
        return True
    if elsewhere(text, start, end):
        return False
    before = sentence_before(text, start)
    return bool(_CUE.search(before)) or not (_LAW.search(before) or _TITLED.search(before))


def own_section(text: str, start: int, end: int, *, large: bool) -> bool:
    """Whether a bare "section 3" is one of the guidance. `large` says that its number is one that
    guidance hardly has ("section 106"): only words that say so make it the guidance's own then."""
    if OWN.match(text, end) or _ABOVE.match(text, end):
        return True
    if large or _SLANG.match(text, end) or elsewhere(text, start, end):
        return False
    before = sentence_before(text, start)
    if _LISTED.search(before[-80:]):
        return True
    if _LAW.search(before):
        return False
    if _CUE.search(before):
        return True
    if _STATUTE_VERB.match(text, end) and not _GUIDES.match(text, end):
        return text[start:].lower().startswith("chapter")
    return not _LAW.search(text, max(0, start - _REACH), start)
