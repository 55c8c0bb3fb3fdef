"""The plan of an import and its corrections."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.actions.import_plan import NEW, CorrectionError, ImportPlan, Match, OldParagraph

OLD = [OldParagraph(f"old-{n}", f"1.{n}", "words") for n in range(4)]


def match(number: int, old: str | None = None) -> Match:
    change = "unchanged" if old else "inserted"
    return Match(f"new-{number}", "paragraph", f"1.{number}", 0, "words", old, change, 0.9)


def plan(*olds: str | None) -> ImportPlan:
    return ImportPlan(
        title="Rivers",
        sections=[],
        matches=[match(n, old) for n, old in enumerate(olds)],
        previous="First edition",
        old=OLD,
    )


def test_a_plan_comes_back_from_json_as_it_was():
    before = plan("old-0", None).corrected({"new-1": "old-2"})
    assert ImportPlan.from_json(json.loads(json.dumps(before.to_json()))) == before


def test_a_paragraph_that_was_matched_can_be_called_new():
    after = plan("old-0").corrected({"new-0": NEW})
    assert after.identities() == {"new-0": "new-0"}
    assert after.matches[0].change == "inserted"
    assert "old-0" in after.removed


def test_a_new_paragraph_can_be_said_to_continue_an_old_one():
    after = plan(None).corrected({"new-0": "old-3"})
    assert after.identities() == {"new-0": "old-3"}
    assert "old-3" not in after.removed
    assert after.matches[0].corrected


def test_two_paragraphs_can_change_places():
    after = plan("old-0", "old-1").corrected({"new-0": "old-1", "new-1": "old-0"})
    assert after.identities() == {"new-0": "old-1", "new-1": "old-0"}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"new-1": "old-0"}, "cannot both continue 1.0"),
        ({"new-1": "old-9"}, "no such paragraph"),
        ({"new-7": NEW}, "not part of the import"),
    ],
)
def test_a_correction_that_contradicts_is_refused_and_says_why(answers, words):
    with pytest.raises(CorrectionError, match=words) as refused:
        plan("old-0", None).corrected(answers)
    assert refused.value.paragraph in answers


choices = st.sampled_from([NEW, *(old.id for old in OLD)])


@given(st.dictionaries(st.sampled_from(["new-0", "new-1", "new-2"]), choices))
def test_whatever_is_answered_an_identity_is_used_once(answers):
    try:
        after = plan("old-0", "old-1", None).corrected(answers)
    except CorrectionError:
        return
    identities = list(after.identities().values())
    assert len(set(identities)) == len(identities)
    assert {*identities, *after.removed} >= {old.id for old in OLD}
