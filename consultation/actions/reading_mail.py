"""Reads an e-mail: who sent it, when it came, its words, its files, and whether a person wrote it.

Nothing here trusts what is read: broken headers and character sets give what can be read of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from consultation.actions.taking_in import Came
from consultation.mail_text import decoded, plain, text_of_html, unflowed

MOST_PARTS = 300
"""Parts of one message that are looked at; what is beyond is in the original alone."""
DEEPEST = 12

_FORWARDED = re.compile(r"^\s*(?:fwd?|wg|tr)\s*:", re.IGNORECASE)
_AWAY = re.compile(
    r"^\s*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|"
    r"undeliver(?:able|ed)|delivery status notification|mail delivery (?:failed|subsystem)|"
    r"returned mail|read:|not read:|recall:)",
    re.IGNORECASE,
)
_ROBOTS = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply-bounce)@", re.IGNORECASE)


@dataclass
class Mail:
    """A message. `received_at` is when a server of ours says that it came, where one does;
    `written_by` is who wrote what it passes on, as far as that says; `automatic` says, in a
    sentence, why no person wrote it, and is "" where one did."""

    message_id: str
    subject: str = ""
    name: str = ""
    address: str = ""
    to: tuple[str, ...] = ()
    sent_at: datetime | None = None
    received_at: datetime | None = None
    text: str = ""
    forwarded: bool = False
    written_by: tuple[str, str] = ("", "")
    files: list[Came] = field(default_factory=list)
    automatic: str = ""


def read_mail(data: bytes) -> Mail:
    """The message in these bytes; whatever they are, there is one."""
    return _read(BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data), data, 0)


def _read(message: Message, data: bytes, depth: int) -> Mail:
    given = " ".join(_header(message, "message-id").split())[:255]
    name, address = _person(_header(message, "from"))
    subject = _header(message, "subject")
    mail = Mail(
        message_id=given or f"sha256:{sha256(data).hexdigest()}",
        subject=subject,
        name=name,
        address=address,
        to=tuple(_addresses(message)),
        sent_at=_instant(_header(message, "date")),
        received_at=_instant(_header(message, "received").rpartition(";")[2]),
        forwarded=_FORWARDED.match(subject) is not None,
        automatic=_automatic(message, address, subject),
    )
    words: list[str] = []
    _collect(message, mail, words, depth, [MOST_PARTS])
    mail.text = "\n".join(text if text.endswith("\n") else f"{text}\n" for text in words)
    if mail.forwarded and not mail.written_by[1]:
        mail.written_by = _quoted_writer(mail.text)
    return mail


def _collect(part: Message, mail: Mail, words: list[str], depth: int, left: list[int]) -> None:
    """Words and files of a part, in order; of several versions of one text the best."""
    left[0] -= 1
    if left[0] < 0 or depth > DEEPEST:
        return
    kind = part.get_content_type()
    if kind == "message/rfc822":
        _pass_on(part, mail, words, depth)
    elif kind == "multipart/alternative":
        _collect(_best(part), mail, words, depth + 1, left)
    elif part.is_multipart():
        for inner in _parts(part):
            _collect(inner, mail, words, depth + 1, left)
    elif kind in ("text/plain", "text/html") and not _is_file(part):
        words.append(_words(part))
    elif not _is_decoration(part):
        mail.files.append(Came(_name(part), _bytes(part)))


def _pass_on(part: Message, mail: Mail, words: list[str], depth: int) -> None:
    """A message in a message: what it says is what was written to us."""
    for inner in _parts(part):
        read = _read(inner, b"", depth + 1)
        sent = read.sent_at.isoformat(sep=" ", timespec="minutes") if read.sent_at else ""
        head = ("---------- Forwarded message ---------", f"From: {read.name} <{read.address}>",
                f"Date: {sent}", f"Subject: {read.subject}")  # fmt: skip
        words.append("\n" + "\n".join(head) + "\n\n" + read.text)
        mail.files += read.files
        mail.forwarded = True
        mail.written_by = read.written_by if read.written_by[1] else (read.name, read.address)


def _best(part: Message) -> Message:
    """The plain text where it says something, or else the page."""
    versions = _parts(part)
    for version in versions:
        if version.get_content_type() == "text/plain" and _words(version).strip():
            return version
    return versions[-1] if versions else part


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if part.is_multipart() else []


def _words(part: Message) -> str:
    text = decoded(_bytes(part), str(part.get_content_charset() or ""))
    if part.get_content_type() == "text/html":
        return text_of_html(text)
    if str(part.get_param("format") or "").lower() == "flowed":
        return unflowed(text, delete_space=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def _bytes(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_given_name(part))


def _is_decoration(part: Message) -> bool:
    """A picture that the page of the e-mail shows, such as a logo under a signature."""
    shown = part.get_content_disposition() != "attachment" and bool(_header(part, "content-id"))
    return shown and part.get_content_maintype() == "image"


def _name(part: Message) -> str:
    return _given_name(part) or f"file.{part.get_content_subtype()[:10]}"


def _given_name(part: Message) -> str:
    try:
        return plain(part.get_filename() or "")[:200]
    except (MessageError, ValueError, LookupError, TypeError):
        return ""


def _header(message: Message, name: str) -> str:
    """The first header of this name, as text; "" where it cannot be read. The parser raises a number
    of things on headers that were made to break it."""
    try:
        return plain(str(message.get(name) or ""))
    except Exception:
        found = [value for key, value in message.raw_items() if key.lower() == name]
        return plain(str(found[0])) if found else ""


def _addresses(message: Message) -> Iterator[str]:
    for name in ("to", "cc", "delivered-to", "x-original-to"):
        for _, address in getaddresses([_header(message, name)]):
            if address:
                yield address.lower()


def _person(header: str) -> tuple[str, str]:
    """Name and address; an address that is none is left out."""
    name, address = next(iter(getaddresses([header])), ("", ""))
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    return " ".join(name.split())[:200], address[:254]


def _quoted_writer(text: str) -> tuple[str, str]:
    """Whoever the head of a mail in the text says it is from."""
    found = re.search(r"^[\s>*]*From:\**[ \t]*(.{1,300})$", text, re.MULTILINE | re.IGNORECASE)
    return _person(re.sub(r"\[mailto:([^\]]*)\]", r"<\1>", found.group(1))) if found else ("", "")


def _instant(written: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(written.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _automatic(message: Message, address: str, subject: str) -> str:
    """Why no person wrote it (RFC 3834, RFC 3464, and what mail programs do instead), or ""."""
    said = _header(message, "auto-submitted").strip().lower()
    if message.get_content_type() == "multipart/report" or _ROBOTS.match(address):
        return "It is a notice about an e-mail that was not delivered or was read."
    if _header(message, "return-path").strip() == "<>" and (said or _AWAY.match(subject)):
        return "It is a notice that a mail server sent."
    answers = _header(message, "precedence").lower() == "auto_reply"
    answers = answers or any(_header(message, name) for name in ("x-autoreply", "x-autorespond"))
    if (said and not said.startswith("no")) or answers or _AWAY.match(subject):
        return "It is an automatic reply."
    return ""
