"""Which documents match a text, and in which order."""

from search.query import Area, Clause, TextQuery, YearSpan
from tests.contract.documents import opportunity
from tests.contract.engines import Harness, opportunity_key, words


def test_every_text_field_is_searched(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, "Printmaking for beginners"),
            opportunity(2, summary="A day of printmaking"),
            opportunity(3, description="You will try printmaking, among other things"),
            opportunity(4, partner="The Printmaking Trust"),
            opportunity(5, tags="Printmaking"),
            opportunity(6, "Pottery"),
        ]
    )
    assert sorted(engine.ids("printmaking")) == [1, 2, 3, 4, 5]


def test_inflected_words_match(engine: Harness) -> None:
    engine.put([opportunity(1, "Visiting archaeologists"), opportunity(2, "A museum’s workshops")])
    assert engine.ids("visit archaeologist") == [1]
    assert engine.ids("museum workshop") == [2]


def test_accents_and_capitals_do_not_matter(engine: Harness) -> None:
    engine.put([opportunity(1, "CAFÉ society")])
    assert engine.ids("cafe") == engine.ids("Café") == [1]


def test_all_words_must_match_in_whatever_field(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, "Theatre workshop"),
            opportunity(2, "Theatre", description="There is a workshop, too"),
            opportunity(3, "Theatre"),
            opportunity(4, "Workshop"),
        ]
    )
    assert sorted(engine.ids("theatre workshop")) == [1, 2]


def test_the_title_counts_more_than_the_description(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, "A day out", description="theatre"),
            opportunity(2, "theatre", description="A day out"),
            opportunity(3, "A day out", summary="theatre"),
        ]
    )
    assert engine.ids("theatre") == [2, 3, 1]


def test_words_side_by_side_are_lifted(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, "Printing for the letter press"),
            opportunity(2, "Press for a letter printing"),
            opportunity(3, "Letter for the printing press"),
        ]
    )
    assert engine.ids("letter press")[0] == 1


def test_replaced_and_deleted_documents_are_gone(engine: Harness) -> None:
    engine.put([opportunity(1, "Theatre"), opportunity(2, "Theatre")])
    engine.put([opportunity(1, "Pottery")], [opportunity_key(2)])
    assert engine.ids("theatre") == []
    assert engine.ids("pottery") == [1]
    assert engine.answer().total == 1


def test_nothing_typed_finds_everything(engine: Harness) -> None:
    engine.put([opportunity(1, "Theatre"), opportunity(2, "Pottery")])
    answer = engine.answer()
    assert (answer.total, answer.exact_total) == (2, 2)


def test_an_alternative_way_to_say_it_matches_as_a_phrase_only(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, "Help with your CV"),
            opportunity(2, "Writing a curriculum vitae"),
            opportunity(3, "The vitae of a curriculum"),
        ]
    )
    query = TextQuery((Clause(("cv",), (("curriculum", "vita"),)),), ("cv",))
    assert sorted(engine.ids(query)) == [1, 2]


def test_typed_words_of_a_longer_synonym_need_not_stand_together(engine: Harness) -> None:
    engine.put([opportunity(1, "Experience of work"), opportunity(2, "Placement"), opportunity(3, "Experience")])
    query = TextQuery((Clause(("work", "experi"), (("placement",),)),), ("work", "experi"))
    assert sorted(engine.ids(query)) == [1, 2]


def test_years_match_when_they_overlap_and_adjacent_ones_follow(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, "Theatre theatre theatre", years=(7, 8)),
            opportunity(2, "Workshop", description="theatre", years=(8, 10)),
            opportunity(3, "Theatre", years=(1, 6)),
            opportunity(4, "Theatre for Year 9"),
            opportunity(5, "Theatre", years=(10, 11)),
        ]
    )
    query = TextQuery((Clause(("theatr",)), Clause((), (("year", "9"),), YearSpan(9, 9))), ("theatr", "year", "9"))
    answer = engine.answer(query)
    found = [(match.card.id, match.adjacent_years) for match in answer.matches]
    assert {pk for pk, adjacent in found[:2] if not adjacent} == {2, 4}
    assert {pk for pk, adjacent in found[2:] if adjacent} == {1, 5}
    assert answer.total == 4


def test_a_place_is_an_alternative_to_its_words(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, "Museum late", borough="hackney"),
            opportunity(2, "Hackney Museum", borough="islington"),
            opportunity(3, "Museum", outcode="E8"),
            opportunity(4, "Museum", borough="islington", outcode="N1"),
        ]
    )
    place = Clause((), (("hackney",),), area=Area(("hackney",), ("E8",)))
    assert sorted(engine.ids(TextQuery((place, Clause(("museum",))), ("hackney", "museum")))) == [1, 2, 3]


def test_kinds_skills_and_other_choices_lift_and_filter_nothing(engine: Harness) -> None:
    engine.put(
        [
            opportunity(1, "Law", kind="talk", skill="creativity", cost="paid"),
            opportunity(2, "Law", kind="placement", skill="creativity", cost="paid"),
            opportunity(3, "Law", kind="talk", skill="analysis", cost="paid"),
            opportunity(4, "Law", kind="talk", skill="creativity", cost="free"),
        ]
    )
    query = TextQuery((Clause(("law",)),), ("law",), ("placement",), ("analysis",), (("cost", "free"),))
    assert engine.ids(query) == [2, 4, 3, 1]


def _enough_to_read(engine: Harness) -> None:
    filler = [opportunity(pk, f"Filler {pk}", description="day school people") for pk in range(100, 140)]
    engine.put(
        [
            opportunity(1, "Letterpress printing in Shoreditch"),
            opportunity(2, "Letterpress printing"),
            opportunity(3, "Letterpress"),
            opportunity(4, "Shoreditch people day"),
            *filler,
        ]
    )


def test_enough_of_the_words_follow_where_few_match_all(engine: Harness) -> None:
    _enough_to_read(engine)
    answer = engine.answer("letterpress printing shoreditch")
    found = [(match.card.id, match.enough_only) for match in answer.matches]
    assert found[:2] == [(1, False), (2, True)]
    assert answer.exact_total == 1
    assert answer.total == len(found)


def test_two_words_must_both_match(engine: Harness) -> None:
    _enough_to_read(engine)
    assert engine.ids("letterpress shoreditch") == [1]


def test_something_absent_finds_nothing(engine: Harness) -> None:
    _enough_to_read(engine)
    assert engine.ids("falconry day school") == []


def test_enough_is_decided_by_the_text_before_selections(engine: Harness) -> None:
    both = [opportunity(pk, "Letterpress printing Shoreditch", kind="visit") for pk in range(1, 11)]
    filler = [opportunity(pk, f"Filler {pk}") for pk in range(100, 140)]
    engine.put([*both, opportunity(50, "Letterpress printing", kind="course"), *filler])
    answer = engine.answer("letterpress printing shoreditch")
    assert (answer.total, answer.exact_total) == (10, 10)
    engine.put([], [opportunity_key(1)])
    answer = engine.answer("letterpress printing shoreditch")
    assert (answer.total, answer.exact_total) == (10, 9)
    assert answer.counts["kind"] == {"visit": 9, "course": 1}


def test_a_very_long_text_is_answered(engine: Harness) -> None:
    _enough_to_read(engine)
    text = (
        "letterpress printing shoreditch day school people something else entirely other things beside them all again"
    )
    assert engine.answer(words(text)).total >= 0


def test_what_is_only_wished_lifts_and_need_not_be_there(engine: Harness) -> None:
    engine.put(
        [opportunity(1, "Pottery"), opportunity(2, "Pottery", description="on Tuesday"), opportunity(3, "On Tuesday")]
    )
    query = TextQuery((Clause(("potteri",)),), ("potteri", "tuesday"), wished=("tuesday",))
    assert engine.ids(query) == [2, 1]


def test_initials_are_no_letters(engine: Harness) -> None:
    engine.put([opportunity(1, "A day with the V & A"), opportunity(2, "Level V"), opportunity(3, "IT support")])
    for typed in ("V&A", "v and a", "V & A"):
        assert engine.ids(typed) == [1]
    assert engine.ids("I.T.") == engine.ids("IT") == [3]
