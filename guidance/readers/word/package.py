"""A Word file as a package: its parts parsed safely, and the relations between them.

Nothing is fetched, no entity is expanded, and a file that is not a readable Word document is
refused with one sentence.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from functools import cached_property
from typing import TypeAlias
from urllib.parse import unquote

from lxml import etree

from guidance.outline.source import UnreadableFile, name_in_words
from guidance.readers.word.names import DUBLIN_CORE, PACKAGE, STRICT

Element: TypeAlias = etree._Element

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
ENTITY_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
NO_TITLE = re.compile(r"^(Microsoft Word\b.*|Document ?\d*|untitled.*)$|\.(docx?|dotx?|rtf)$", re.I)


class Package:
    """The zip file of a Word document. `name` is the file's name, for messages only.

    Raises UnreadableFile when the bytes are not a whole Word document.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name = name_in_words(name)
        if data[:8] == OLE_SIGNATURE:
            raise UnreadableFile(_old_or_locked(data, name))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableFile(
                f"{name} is not a whole Word document: save it again as .docx and send it anew."
            ) from error
        self._names = {n.lstrip("/"): n for n in self._zip.namelist()}
        self._relations: dict[str, dict[str, tuple[str, str, bool]]] = {}

    def bytes_of(self, part: str) -> bytes | None:
        """The bytes of a part, or None when the package has no such part."""
        stored = self._names.get(part)
        if stored is None:
            return None
        try:
            return self._zip.read(stored)
        except RuntimeError as error:
            raise UnreadableFile(
                f"{self.name} is protected by a password: remove the password and send it again."
            ) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise UnreadableFile(
                f"{self.name} is damaged: open it in Word, save it again and send the new file."
            ) from error

    def xml(self, part: str) -> Element | None:
        """The root of an XML part, or None when there is none."""
        data = self.bytes_of(part)
        return None if data is None else self._parse(data)

    def _parse(self, data: bytes) -> Element:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            data = re.sub(r"^<\?xml.*?\?>", "", data.decode("utf-16", "replace")).encode()
        if ENTITY_DECLARATION.search(data[:4096]):
            raise UnreadableFile(
                f"{self.name} declares XML entities, which a Word document never does: "
                "save it again from Word and send the new file."
            )
        if b"http://purl.oclc.org/ooxml/" in data[:8192]:
            for strict, usual in STRICT.items():
                data = data.replace(strict, usual)
        try:
            return etree.fromstring(data, _parser())
        except etree.XMLSyntaxError as error:
            raise UnreadableFile(
                f"{self.name} holds broken XML: open it in Word, save it again and send that."
            ) from error

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """By relation id: (the last word of its type, the target, whether the target is outside).

        A target inside the package is given as a part's name.
        """
        if part not in self._relations:
            self._relations[part] = dict(self._read_relations(part))
        return self._relations[part]

    def _read_relations(self, part: str) -> list[tuple[str, tuple[str, str, bool]]]:
        folder, leaf = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{leaf}.rels"))
        found: list[tuple[str, tuple[str, str, bool]]] = []
        for relation in root.iter(f"{{{PACKAGE}}}Relationship") if root is not None else ():
            target = relation.get("Target", "")
            outside = relation.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip(
                    "/"
                )
            kind = relation.get("Type", "").rpartition("/")[2]
            found.append((relation.get("Id", ""), (kind, target, outside)))
        return found

    def related(self, part: str, kind: str) -> str | None:
        """The part that `part` names as its `kind` (styles, numbering, footnotes, …)."""
        for relation_kind, target, outside in self.relations(part).values():
            if relation_kind == kind and not outside:
                return target
        return None

    @cached_property
    def document_part(self) -> str:
        """The main document's part."""
        part = self.related("", "officeDocument") or "word/document.xml"
        if part not in self._names:
            raise UnreadableFile(
                f"{self.name} is not a Word document: send a .docx file saved by a word processor."
            )
        return part

    @cached_property
    def document(self) -> Element:
        """The root of the main document."""
        return self._parse(self.bytes_of(self.document_part) or b"")

    @cached_property
    def title(self) -> str:
        """The title in the file's properties, unless a program put the file's name there."""
        part = self.related("", "core-properties")
        root = self.xml(part) if part else None
        found = root.find(f"{{{DUBLIN_CORE}}}title") if root is not None else None
        title = " ".join((found.text or "").split()) if found is not None else ""
        return "" if NO_TITLE.search(title) else title


def _old_or_locked(data: bytes, name: str) -> str:
    if ENCRYPTED_STREAM in data:
        return f"{name} is protected by a password: remove the password and send it again."
    return f"{name} is in the old .doc format: save it as .docx and send it again."


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
