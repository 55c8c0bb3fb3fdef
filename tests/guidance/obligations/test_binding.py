"""Names of the register in what a sentence says, and classes that include other kinds."""

from __future__ import annotations

import pytest

from guidance.actions.registers import CLASSES
from guidance.obligations import Classes, Names, is_general

REGISTER = sorted({*CLASSES, *(name for members in CLASSES.values() for name in members)})

NAMED = {
    "The responsible authority": (["responsible local authorities"], []),
    "each responsible local authority in its area": (["responsible local authorities"], []),
    "all best value authorities except police authorities": (
        ["best value authorities"],
        ["police authorities"],
    ),
    "Fire and rescue authorities": (["fire and rescue authorities"], []),
    "Responsible local authorities and partner authorities": (
        ["responsible local authorities", "partner authorities"],
        [],
    ),
    "PCTs within its boundary": (["primary care trusts"], []),
    "Local authorities": ([], []),
    "The plan": ([], []),
    "": ([], []),
}


@pytest.mark.parametrize("subject", NAMED)
def test_names_are_found_in_a_subject(subject):
    found = Names(REGISTER, {"PCT": "Primary Care Trust"}).bound(subject)
    assert (list(found.binds), list(found.excepts)) == NAMED[subject]


def test_a_subject_that_names_somebody_else_is_not_general():
    assert is_general("Authorities")
    assert is_general("They")
    assert is_general("The plan")
    assert not is_general("The Secretary of State")
    assert not is_general("Partners")


def test_a_kind_is_bound_where_its_class_is_unless_it_is_excepted():
    classes = Classes(
        {"counties": ["councils"], "councils": ["everybody"], "police": ["everybody"]}
    )
    assert classes.binds("counties", ["everybody"])
    assert classes.binds("counties", ["everybody"], ["police"])
    assert not classes.binds("police", ["everybody"], ["police"])
    assert not classes.binds("counties", ["everybody"], ["councils"])
    assert not classes.binds("everybody", ["counties"])
    assert not classes.binds("counties", [])


def test_classes_that_include_each_other_are_no_endless_loop():
    classes = Classes({"a": ["b"], "b": ["a"]})
    assert classes.above("a") == {"a", "b"}
