"""Searches as fingers, pastes and telephones type them, beside what a sensible person expects of each."""

from dataclasses import replace

import pytest

from search.query import TextQuery
from search.results import Understood
from search.understanding import Lexicon, NamedPlace, understand
from tests.search.vocabulary import VOCABULARY

HELD = (
    "photography archaeology wharf warm orion museums brandreth calloway obi ropewrights carers centre school schools home "
    "workplace visit visits bookbinding bind book work shop experience maths stage lighting children stories printing rivers "
    "garden design press conversation volunteer animals law firm café email ceramics the and with which marlwick read "
    "learn travel band kettle plug about because their"
)
PLACES: dict[tuple[str, ...], NamedPlace] = {
    ("st", "pauls"): NamedPlace("St Pauls", outcode="EC1A"),
    ("kings", "cross"): NamedPlace("Kings Cross", outcode="E2"),
}
VOCABULARY_HERE = replace(
    VOCABULARY,
    lexicon=Lexicon({**VOCABULARY.lexicon.counts, **dict.fromkeys(HELD.replace("é", "e").split(), 7)}),
    places={**VOCABULARY.places, **PLACES},
    synonyms={**VOCABULARY.synonyms, ("t", "level"): ("industry placement",), ("work", "experience"): ("wex",)},
)


def read(text: str, *undone: str) -> Understood:
    return understand(text, VOCABULARY_HERE, undone)


def asked(text: str) -> TextQuery:
    """What a text asks for, whatever the order of its words."""
    return replace(read(text).query, run=())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        # Apostrophes, of all kinds and of none.
        ("children’s stories", "children's stories"),
        ("children`s stories", "children's stories"),
        ("childrens stories", "children's stories"),
        ("childrens' stories", "children's stories"),
        ("carer's centre", "carers centre"),
        ("Carers’ Centre", "carers centre"),
        ("ropewright's", "ropewrights"),
        ("O’Brien", "o'brien"),
        ("obrien", "O'Brien"),
        ("St Paul's", "st pauls"),
        ("st. paul’s", "st pauls"),
        ("king's cross", "Kings Cross"),
        # Hyphens, slashes and other marks.
        ("stage-lighting", "stage lighting"),
        ('"stage lighting"', "stage lighting"),
        ("theatre/pottery", "theatre, pottery"),
        ("museum,printing", "museum printing"),
        ("pottery!!!", "pottery"),
        ("work-experience", "work experience"),
        # Initials.
        ("V & A", "V&A"),
        ("v and a", "V&A"),
        ("d and t", "D&T"),
        ("D & T", "D&T"),
        ("d&t", "D&T"),
        ("I.T.", "IT"),
        ("N. Brandreth", "brandreth"),
        # Telephone numbers, addresses, and how many come.
        ("museum 020 7946 0112", "museum"),
        ("museum +44 20 7946 0112", "museum"),
        ("02079460112 museum", "museum"),
        ("museum info@example.org", "museum"),
        ("museum https://www.example.org/visits?a=1", "museum"),
        ("museum for 30 pupils", "museum"),
        ("museum for a class of 30", "museum"),
        # Glued to a word.
        ("potteryE8", "pottery E8"),
        ("potteryE8 4PH", "pottery E8"),
        ("potterye84ph", "pottery E8"),
        ("museumEC2Y8DS", "museum EC2Y"),
        ("year9science", "year9 science"),
        ("ks3pottery", "KS3 pottery"),
        ("potteryy9", "pottery y9"),
        # Hashtags, capitals, pictures, accents.
        ("#museums", "museums"),
        ("#WorkExperience", "work experience"),
        ("MUSEUM WORKSHOP", "museum workshop"),
        ("YEAR 9 SCIENCE", "year 9 science"),
        ("🎭 theatre", "theatre"),
        ("théâtre", "theatre"),
        ("cafe", "café"),
        # One and many.
        ("museum visit", "museums visits"),
        # Letters doubled, swapped, left out, mistaken, at the start too.
        ("musseum", "museum"),
        ("museumm", "museum"),
        ("museam", "museum"),
        ("sceince", "science"),
        ("wrok experience", "work experience"),
        ("useum", "museum"),
        ("hotography", "photography"),
        ("rchaeology", "archaeology"),
        ("umseum", "museum"),
        ("nuseum", "museum"),
        ("marlwick warf", "marlwick wharf"),
        ("kettel", "kettle"),
        # Small words, misspelt or many: they never make a search find nothing.
        ("teh museum", "museum"),
        ("hte museum", "museum"),
        ("museum adn pottery", "museum pottery"),
        ("museum wiht pottery", "museum pottery"),
        ("museum becuase of pottery", "museum pottery"),
        ("the of and museum", "museum"),
        # Words run together, and one in two.
        ("workexperience", "work experience"),
        ("tlevel", "t level"),
        ("T-levels", "t level"),
        ("towerhamlets pottery", "tower hamlets pottery"),
        ("callowayobi", "calloway obi"),
        ("gardendesign", "garden design"),
        # Whole sentences.
        ("we are looking for something for our year 9 class about science", "year 9 science"),
        ("year 9 pupils science", "year 9 science"),
        ("Hi, I'm a teacher and I would like to bring 30 pupils to a museum to learn about printing", "museum printing"),
        ("can anyone recommend a pottery workshop suitable for a mixed ability group of year 8 students please", "pottery workshop year 8"),
        ("Does anybody know of a museum about rivers? Many thanks in advance", "museum rivers"),
    ],
)  # fmt: skip
def test_what_is_typed_asks_for_what_is_meant(typed: str, expected: str) -> None:
    assert asked(expected).clauses
    assert asked(typed) == asked(expected)


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien",
        "obrien",
        "Brandreth",
        "Calloway",
        "Obi",
        "ropewrights",
        "St Pauls",
        "Tower Hamlets",
        "Łódź",
        "u3a",
        "musée",
    ],
)
def test_a_name_is_never_corrected(name: str) -> None:
    assert not read(name).corrected


@pytest.mark.parametrize("typed", ["teh museum", "tlevel", "potteryE8", "useum", "warf", "workexperience"])
def test_a_correction_is_said_and_can_be_taken_back(typed: str) -> None:
    understood = read(typed)
    corrections = [reading for reading in understood.readings if reading.job == "spelling"]
    assert len(corrections) == 1
    assert corrections[0].typed in typed
    as_typed = read(typed, corrections[0].key)
    assert as_typed.text == typed
    assert not as_typed.corrected


def test_two_words_that_are_one_are_either() -> None:
    understood = read("pottery work shop")
    assert understood.text == "pottery work shop"
    assert [clause.words for clause in understood.query.clauses] == [("potteri",), ("work", "shop")]
    assert understood.query.clauses[1].phrases == (("workshop",),)
    assert understood.query.kinds == ("visit",)
    assert ("joined", "work shop", "workshop") in [(each.job, each.typed, each.read_as) for each in understood.readings]
    taken_back = read("pottery work shop", "joined:work shop").query
    assert [clause.words for clause in taken_back.clauses] == [("potteri",), ("work",), ("shop",)]


def test_a_day_or_month_in_a_sentence_lifts_and_need_not_be_there() -> None:
    query = read("something for our year 9 class about science on a tuesday in march").query
    assert [clause.words for clause in query.clauses] == [(), ("scienc",)]
    assert query.wished == ("tuesday", "march")
    assert [clause.words for clause in read("saturday pottery").query.clauses] == [("saturday",), ("potteri",)]


@pytest.mark.parametrize("typed", ["the", "teh", "adn", "🎨", "020 7946 0112", "info@example.org"])
def test_what_holds_nothing_to_look_for_asks_for_nothing(typed: str) -> None:
    assert read(typed).query.empty


@pytest.mark.parametrize("typed", ["museumEC2Y8DS", "museumec2y 8ds", "potteryE8 4PH", "POTTERYE8 4PH"])
def test_a_postcode_glued_to_a_word_is_reduced(typed: str) -> None:
    assert not any(inward in repr(read(typed)).lower() for inward in ("8ds", "4ph"))


def test_it_is_a_subject_and_a_small_word() -> None:
    assert read("IT").query.clauses[0].words == ("ict",)
    assert read("what is it").query.empty
    assert read("WHAT IS IT").query.empty


def test_who_asks_points_to_nothing() -> None:
    assert read("as a visitor, pottery").query.clauses
    assert not read("I am a student, pottery").query.others
