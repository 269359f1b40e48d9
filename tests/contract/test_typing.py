"""What an engine makes of anything that somebody types, and what it tells of its index."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.criteria import SearchCriteria
from search.document import DocumentType
from search.understanding import Lexicon, Vocabulary, understand
from tests.contract.documents import opportunity, partner
from tests.contract.engines import NOW, Harness, opportunity_key
from tests.numbers import examples

FRAGMENTS = st.sampled_from(
    ["\x00", "AND", "OR", "NOT", "title:", "*", "?", "~2", "^9", "(", ")", '"', "[1 TO 2]", "{", "}", "\\", "/", "🎭", "ﬁ",
     "İ", "'; DROP TABLE search_synonym; --", "${jndi}", "<script>", "year 9", "KS3", "EC2Y 8DS", "theatre", "%00", "\ud800",
     "a" * 300, "٣", "½", "e\u0301", "\u200b", "y-1", "-theatre", "+theatre", "theatre*", "_id", "\n"]
)  # fmt: skip
TYPED = st.one_of(st.text(max_size=80), st.lists(FRAGMENTS, max_size=8).map(" ".join))


@pytest.fixture
def stocked(engine: Harness) -> Harness:
    """An engine that holds two documents."""
    engine.put([opportunity(1, "Theatre workshop", description="for Year 9"), opportunity(2, "Pottery")])
    return engine


@examples(50, 2000)
@given(typed=TYPED, page=st.integers(-5, 99))
@example(typed="\ud800 theatre", page=1)
def test_whatever_is_typed_is_answered(stocked: Harness, typed: str, page: int) -> None:
    query = understand(typed, Vocabulary(Lexicon(stocked.engine.words()))).query
    answer = stocked.answer(query, SearchCriteria(text=typed, page=page))
    assert 0 <= answer.exact_total <= answer.total <= 2
    stocked.engine.suggest(typed, NOW)


def test_operators_are_words_or_nothing(engine: Harness) -> None:
    engine.put([opportunity(1, "Theatre"), opportunity(2, "Pottery")])
    vocabulary = Vocabulary(Lexicon(engine.engine.words()))
    for typed in ("theatre -pottery", "theatre OR pottery", "title:theatre pottery", "+theatre +pottery"):
        assert engine.ids(understand(typed, vocabulary).query) == []
    assert engine.ids(understand('"theatre"', vocabulary).query) == [1]


def test_a_misspelt_word_finds_what_was_meant(engine: Harness) -> None:
    engine.put([opportunity(1, "Printmaking"), opportunity(2, "Pottery")])
    read = understand("printmakign", Vocabulary(Lexicon(engine.engine.words())))
    assert read.text == "printmaking"
    assert engine.ids(read.query) == [1]


def test_the_words_of_the_index_are_counted_by_document(engine: Harness) -> None:
    engine.put([opportunity(1, "Theatre workshops", summary="Theatre"), opportunity(2, "Workshops")])
    assert engine.engine.words() == {"theatre": 1, "workshops": 2}


def test_suggestions_complete_words_of_titles_and_partners(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, "Theatre of marionettes", partner="Candlewharf"),
            opportunity(2, "Printing"),
            partner(1, "Theatre Royal"),
        ]
    )
    found = engine.engine.suggest("thea", NOW)
    assert [(each.type, each.title) for each in found] == [
        (DocumentType.PARTNER, "Theatre Royal"),
        (DocumentType.OPPORTUNITY, "Theatre of marionettes"),
    ]
    assert [each.title for each in engine.engine.suggest("marionettes thea", NOW)] == ["Theatre of marionettes"]
    assert [each.title for each in engine.engine.suggest("candle", NOW)] == ["Theatre of marionettes"]
    assert engine.engine.suggest("", NOW) == engine.engine.suggest("!?", NOW) == ()
    assert len(engine.engine.suggest("p", NOW, limit=1)) == 1


def test_partners_are_suggested_and_never_found(engine: Harness) -> None:
    engine.put([partner(1, "Theatre Royal"), opportunity(1, "Pottery")])
    assert engine.ids("theatre") == []
    assert engine.ids() == [1]
    assert engine.answer().total == 1


def test_signatures_tell_what_the_index_holds(engine: Harness) -> None:
    first, second, third = opportunity(1, "Theatre"), opportunity(2, "Pottery"), partner(1, "Theatre Royal")
    engine.put([first, second, third])
    changed = opportunity(1, "Theatre!")
    assert changed.signature != first.signature
    engine.put([changed], [opportunity_key(2)])
    assert engine.engine.signatures() == {changed.key: changed.signature, third.key: third.signature}


def test_health_says_how_many(engine: Harness) -> None:
    engine.put([opportunity(1, "Theatre")])
    health = engine.engine.health()
    assert (health.ok, health.documents) == (True, 1)
