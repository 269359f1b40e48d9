"""What is read in a typed text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import Clause, YearSpan
from search.results import Understood
from search.understanding import understand
from search.understanding.kinds import keyed
from tests.numbers import examples
from tests.search.vocabulary import VOCABULARY


def read(text: str, *undone: str) -> Understood:
    return understand(text, VOCABULARY, undone)


def years(text: str) -> YearSpan | None:
    return next((clause.years for clause in read(text).query.clauses if clause.years), None)


def jobs(understood: Understood) -> list[tuple[str, str, str]]:
    return [(reading.job, reading.typed, reading.read_as) for reading in understood.readings]


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("year 9", 9, 9),
        ("Year9", 9, 9),
        ("Y5 theatre", 5, 5),
        ("yr 9", 9, 9),
        ("yr9", 9, 9),
        ("years 7-9", 7, 9),
        ("years 7–9", 7, 9),
        ("Years 7 to 9", 7, 9),
        ("year 9 and 10", 9, 10),
        ("years 7, 8 and 9", 7, 9),
        ("year 3 or year 4", 3, 4),
        ("y3/4", 3, 4),
        ("KS3", 7, 9),
        ("key stage 2", 3, 6),
        ("Key Stage Two", 3, 6),
        ("sixth form", 12, 13),
        ("6th formers", 12, 13),
        ("GCSE drama", 10, 11),
        ("A-levels", 12, 13),
        ("reception", 0, 0),
        ("nursery", -1, -1),
        ("EYFS", -1, 0),
        ("primary school", 0, 6),
        ("9 year olds", 4, 5),
        ("ages 14-16", 9, 12),
        ("aged 15", 10, 11),
        ("my son is 15", 10, 11),
        ("a child who is 9", 4, 5),
    ],
)
def test_years_and_stages(typed: str, low: int, high: int) -> None:
    assert years(typed) == YearSpan(low, high)


@pytest.mark.parametrize("typed", ["year 14", "year 0", "yesterday 9", "10 years of theatre", "9", "aged 40", "y"])
def test_no_years(typed: str) -> None:
    assert years(typed) is None


def test_years_are_an_alternative_to_their_words() -> None:
    clauses = read("pottery year 9").query.clauses
    assert clauses[0] == Clause(("potteri",))
    assert clauses[1].phrases == (("year", "9"),)
    assert not clauses[1].words


@pytest.mark.parametrize(
    ("typed", "boroughs", "outcodes"),
    [
        ("Hackney Museum", ("hackney",), {"E8"}),
        ("pottery in tower hamlets", ("tower-hamlets",), set()),
        ("near Walthamstow", (), {"E17"}),
        ("bethnal green pottery", (), {"E2", "E8"}),
        ("pottery ec2y", (), {"EC2Y", "EC2A", "EC1A"}),
        ("EC2Y 8DS", (), {"EC2Y", "EC2A", "EC1A"}),
        ("ec2y8ds pottery", (), {"EC2Y", "EC2A", "EC1A"}),
        ("EC2", (), {"EC2Y", "EC2A"}),
        ("within 3 miles of Walthamstow", (), {"E17"}),
        ("within 5 miles of Walthamstow", (), {"E17", "E8", "E2"}),
    ],
)
def test_places(typed: str, boroughs: tuple[str, ...], outcodes: set[str]) -> None:
    areas = [clause.area for clause in read(typed).query.clauses if clause.area]
    assert len(areas) == 1
    assert areas[0].boroughs == boroughs
    assert outcodes <= set(areas[0].outcodes)
    assert "L3" not in areas[0].outcodes


def test_a_level_is_no_place() -> None:
    assert not any(clause.area for clause in read("level L3").query.clauses)


def test_a_full_postcode_is_reduced_at_once() -> None:
    understood = read("pottery EC2Y 8DS")
    assert understood.typed == understood.text == "pottery EC2Y"
    assert "8ds" not in repr(understood).lower()


def test_a_misspelt_word_is_corrected_and_said() -> None:
    understood = read("printmakign")
    assert understood.text == "printmaking"
    assert understood.corrected
    assert jobs(understood) == [("spelling", "printmakign", "printmaking")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recieve", "receive"),
        ("sicence", "science"),
        ("museam", "museum"),
        ("apprentiships", "apprenticeships"),
        ("walthamstwo", "walthamstow"),
        ("screenprinting", "screen printing"),
        ("catring", "catering"),
    ],
)
def test_corrections(typed: str, meant: str) -> None:
    assert read(typed).text == meant


@pytest.mark.parametrize(
    "typed",
    [
        "falconry",
        "felting",
        "gilding",
        "origami",
        "mine",
        "ec2y",
        "9",
        "qzx",
        "chess",
        "hairdressing",
        "filmmaking",
        "mulch",
        "tuba",
    ],
)
def test_real_words_and_short_ones_are_left_alone(typed: str) -> None:
    assert not read(typed).corrected


def test_synonyms_both_ways_and_one_way() -> None:
    assert read("CV").query.clauses[0].phrases == (("curriculum", "vita"), ("resum",))
    assert ("cv",) in read("curriculum vitae").query.clauses[0].phrases
    assert read("curriculum vitae").query.clauses[0].words == ("curriculum", "vita")
    assert read("barrister").query.clauses[0].phrases == (("law",),)
    assert read("law").query.clauses[0].phrases == ()


def test_one_and_many_have_the_same_synonyms() -> None:
    for typed in ("barrister", "barristers", "Barristers"):
        assert read(typed).query.clauses[0].phrases == (("law",),)
    assert read("drama clubs").query.clauses == read("drama club").query.clauses
    assert not read("dramas").query.clauses[0].phrases


def test_a_word_is_no_synonym_of_its_own_plural() -> None:
    assert jobs(read("maths"))[0] == ("synonym", "maths", "mathematics")
    assert jobs(read("math"))[0] == ("synonym", "math", "mathematics")


def test_stop_words_do_not_turn_an_equivalent_round() -> None:
    assert read("novice").query.clauses[0].phrases == (("newcom",),)


def test_a_level_is_not_any_level() -> None:
    (clause,) = read("A level").query.clauses
    assert clause.years == YearSpan(12, 13)
    assert ("level",) not in clause.phrases


@pytest.mark.parametrize("typed", ["T level", "T-Levels", "t level placement"])
def test_a_t_level_is_a_course_and_no_stage(typed: str) -> None:
    query = read(typed).query
    assert not any(clause.years for clause in query.clauses)
    assert [clause.words for clause in query.clauses][:2] == [("t",), ("level",)]


def test_a_stage_is_told_once() -> None:
    understood = read("KS3")
    assert jobs(understood) == [("years", "KS3", "Years 7 to 9")]
    assert ("third", "stage") in understood.query.clauses[0].phrases


def test_d_and_t_is_one_thing() -> None:
    (clause,) = read("D&T").query.clauses
    assert clause.phrases == (("design", "technolog"),)


def test_kinds_and_skills_only_lift() -> None:
    query = read("teamwork museum visits").query
    assert query.kinds == ("visit",)
    assert query.skills == ("collaboration",)
    assert [clause.words for clause in query.clauses] == [("teamwork",), ("museum",), ("visit",)]


def test_a_word_may_stand_for_several_kinds() -> None:
    understood = read("pottery trips")
    assert understood.query.kinds == ("visit", "outdoor")
    assert jobs(understood) == [("kind", "trips", "Cultural visit or workshop and Outdoor and environmental learning")]
    assert read("pottery trips", "kind:trips").query.kinds == ()


def test_choices_of_other_facets_lift_too() -> None:
    understood = read("free STEM museum")
    assert understood.query.others == (("cost", "free"), ("subject", "science"), ("subject", "mathematics"))
    assert jobs(understood) == [("kind", "free", "Free"), ("kind", "STEM", "Science and Mathematics")]
    assert read("free STEM museum", "kind:free").query.others == understood.query.others[1:]


def test_what_names_a_kind_names_no_other_choice() -> None:
    query = read("free work experience in science").query
    assert (query.kinds, query.others) == (("placement",), (("cost", "free"), ("subject", "science")))


def test_words_between_readings_still_carry_no_weight() -> None:
    # "I want to learn" would reach into what has a synonym.
    query = read("I want to learn CV, learning about film").query
    assert [clause.words for clause in query.clauses] == [("cv",), ("film",)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("pottery workshops", [("potteri",)]),
        ("pottery evening classes", [("potteri",), ("evening",)]),
        ("training course in pottery", [("potteri",)]),
        ("workshops", [("workshop",)]),
        ("a training course", [("train",), ("cours",)]),
        ("pottery work experience", [("potteri",), ("work",), ("experi",)]),
    ],
)
def test_a_form_that_people_name_loosely_need_not_be_there(typed: str, words: list[tuple[str, ...]]) -> None:
    query = read(typed).query
    assert [clause.words for clause in query.clauses] == words
    assert query.kinds
    assert set(query.run) >= {stem for clause in words for stem in clause}


def test_stop_words_do_not_turn_a_choice_round() -> None:
    assert not keyed({"your_school": ("in school",)}, {"your_school": "At your school"}).keys() & {("school",)}


def test_the_longest_kind_wins() -> None:
    assert read("work experience placements").query.kinds == ("placement",)


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("things to do in hackney", {"hackney"}),
        ("I want to work with animals", {"anim"}),
        ("looking for pottery", {"potteri"}),
        ("how can I get into film", {"film"}),
        ("is there anything on about film for schools", {"film"}),
        ("somewhere to take my class, learning about pottery", {"potteri"}),
        ("activities", set()),
    ],
)
def test_words_of_the_genre_carry_no_weight(typed: str, tokens: set[str]) -> None:
    assert read(typed).query.tokens() == tokens


@pytest.mark.parametrize(
    "typed", ["printmakign", "year 9", "Hackney Museum", "CV", "workshops", "teamwork", "EC2Y 8DS", "KS3"]
)
def test_every_reading_can_be_taken_back(typed: str) -> None:
    taken_back: set[str] = set()
    understood = read(typed)
    assert understood.readings
    while understood.readings:
        # A reading that is taken back may uncover another: KS3 is a stage, and has a synonym.
        assert not taken_back & {reading.key for reading in understood.readings}
        taken_back |= {reading.key for reading in understood.readings}
        understood = read(typed, *taken_back)
    assert understood.query.clauses
    assert not any(clause.years or clause.area or clause.phrases for clause in understood.query.clauses)


def test_taking_back_a_correction_searches_what_was_typed() -> None:
    understood = read("printmakign", "spelling:printmakign")
    assert understood.text == "printmakign"
    assert not understood.query.empty


def test_the_acceptance_query() -> None:
    query = read("theater workshops year 9").query
    assert [clause.words for clause in query.clauses] == [("theater",), ()]
    assert query.clauses[0].phrases == (("theatr",),)
    assert query.clauses[1].years == YearSpan(9, 9)
    assert query.kinds == ("visit",)


TEXTS = st.one_of(
    st.text(max_size=250),
    st.lists(
        st.sampled_from(
            ["year", "9", "years", "7-9", "KS3", "EC2Y", "8DS", "hackney", "near", "within", "3", "miles", "of", "CV", "d&t",
             "printmakign", "sicence", "theater", "things to do", "I want", "'", "\x00", "🎭", ",", "sixth form", "aged", "the"]
        ),
        max_size=14,
    ).map(" ".join),
)  # fmt: skip


@examples(200, 5000)
@given(TEXTS)
def test_any_text_is_read_and_reading_again_changes_nothing(text: str) -> None:
    once = read(text)
    twice = read(once.text)
    assert twice.text == once.text
    assert twice.query == once.query
    assert not twice.corrected


@examples(100, 2000)
@given(TEXTS, st.sets(st.text(max_size=20), max_size=5))
def test_anything_may_be_taken_back(text: str, undone: set[str]) -> None:
    understood = understand(text, VOCABULARY, undone | {reading.key for reading in read(text).readings})
    assert len(understood.typed) <= 200
