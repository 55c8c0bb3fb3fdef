"""Characters that Word draws from a symbol font, as the Unicode characters that they look like."""

from __future__ import annotations

BULLET = "•"

SYMBOL = dict(
    zip(
        (*range(0x41, 0x5B), *range(0x61, 0x7B)),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
) | {
    0x2D: "−", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→",
    0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: BULLET, 0xB8: "÷",
    0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√",
    0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip

WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑",
    0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: BULLET, 0xA0: "▪", 0xA7: "▪", 0xA8: "◻",
    0xB7: BULLET, 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip

PRIVATE_USE = range(0xF000, 0xF100)
"""Where Word keeps the characters of a symbol font."""


def from_font(character: str, font: str) -> str:
    """One character of `font` in Unicode; one that is not known keeps its code."""
    code = ord(character)
    place = code - 0xF000 if code in PRIVATE_USE else code
    known = font.lower()
    if known.startswith("wingdings"):
        return WINGDINGS.get(place, character)
    if known == "symbol" or code in PRIVATE_USE:
        return SYMBOL.get(place, character)
    return character


def bullet(text: str, font: str) -> str:
    """The sign of a bulleted list. Courier's `o` is a hollow bullet, not a letter."""
    if font.lower().startswith("courier") and text == "o":
        return "◦"
    shown = "".join(from_font(c, font) for c in text.strip())
    legible = shown and not any(ord(c) in PRIVATE_USE or c.isalnum() for c in shown)
    return shown if legible else BULLET
