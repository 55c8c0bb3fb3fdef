"""Abbreviations, synonyms and spellings find each other."""

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import stems, tokens
from search.vocabulary import Origin, Vocabulary

VOCABULARY = Vocabulary(
    [
        ("LAA", "Local Area Agreement"),
        ("LSP", "Local Strategic Partnership"),
        ("third sector", "voluntary sector", "charities"),
    ]
)


def told(*words):
    return [(c.typed, [a.stems for a in c.alternatives]) for c in VOCABULARY.concepts(words)]


def test_an_abbreviation_finds_its_long_form():
    assert told("LAA") == [("LAA", [("laa",), ("local", "area", "agreement")])]


def test_a_long_form_in_any_number_is_one_concept_and_finds_its_abbreviation():
    assert told("draft", "local", "area", "agreements", "signed") == [
        ("draft", [("draft",)]),
        ("local area agreements", [("local", "area", "agreement"), ("laa",)]),
        ("signed", [("sign",)]),
    ]


def test_part_of_a_long_form_is_only_its_words():
    assert [typed for typed, _ in told("local", "area")] == ["local", "area"]


def test_every_phrase_of_a_group_finds_every_other():
    found = told("charities")[0][1]
    assert set(found) == {stems("charities"), stems("third sector"), stems("voluntary sector")}


def test_another_spelling_is_an_alternative():
    (concept,) = VOCABULARY.concepts(["organisations"])
    assert (stems("organizations"), Origin.SPELLING) in [
        (a.stems, a.origin) for a in concept.alternatives
    ]


def test_words_of_the_question_are_idle():
    idle = {c.typed: c.idle for c in VOCABULARY.concepts(["who", "chairs", "the", "LSP"])}
    assert idle == {"who": True, "chairs": False, "the": True, "LSP": False}


def test_a_phrase_in_quotation_marks_is_taken_as_it_is():
    concept = VOCABULARY.phrase("Local Area Agreement")
    assert concept is not None
    assert [a.stems for a in concept.alternatives] == [("local", "area", "agreement")]
    assert VOCABULARY.phrase("…") is None


def test_tokens_know_where_they_stand():
    text = "The authorities’ naïve duties"
    assert [(t.stem, text[t.start : t.end]) for t in tokens(text)] == [
        ("the", "The"),
        ("author", "authorities"),
        ("naiv", "naïve"),
        ("duti", "duties"),
    ]


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_words_are_concepts_in_order(words):
    concepts = VOCABULARY.concepts(words)
    said = tuple(s for w in words for s in stems(w))
    assert tuple(s for c in concepts for s in c.stems) == said
