"""References of responses: what a respondent quotes on the telephone. Pure.

Eight characters of Crockford's base 32 (no I, L, O, U), the last a check on the others, in two
groups: "4F7K-92MX". https://www.crockford.com/base32.html
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("ILOU", "110V")
_BODY = 7


def new_reference() -> str:
    """One at random: the database sees to it that no two responses have the same."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_BODY))
    return _written(body + _check(body))


def read_reference(typed: str) -> str | None:
    """A reference as it is written, from what somebody typed or said; None if it is not one."""
    letters = "".join(c for c in typed.upper() if c.isalnum()).translate(_MEANT)
    if len(letters) != _BODY + 1 or any(c not in ALPHABET for c in letters):
        return None
    return _written(letters) if _check(letters[:_BODY]) == letters[_BODY] else None


def _check(body: str) -> str:
    """Weights 1, 3, 5 … are odd, so that one wrong character is always noticed."""
    return ALPHABET[sum((2 * at + 1) * ALPHABET.index(c) for at, c in enumerate(body)) % 32]


def _written(letters: str) -> str:
    return f"{letters[:4]}-{letters[4:]}"
