"""The drawings, charts and choices that templates ask for."""

import json
import re
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from directory import charts
from directory.addresses import address_of_only, address_with, address_with_added, address_without
from directory.drawings import drawings, picture_of
from directory.markup import card_skills, choice_rows, chosen_skills, marked
from directory.templatetags.look import folded, page_numbers, structured_data
from opportunities.kinds import Kind
from search.results import CardSkill, Choice, Segment

ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]


def render(text: str, **context: object) -> str:
    return Template("{% load look say %}" + text).render(Context(context))


class TestSprite:
    def test_it_holds_each_drawing_that_is_used_once_and_no_other(self) -> None:
        page = render('{% sprite %}{% icon "pin" %}{% icon "pin" %}{% glyph "creativity" %}{% endsprite %}')
        assert re.findall(r'<symbol id="([^"]+)"', page) == ["i-pin", "s-creativity"]
        assert page.count('<use href="#i-pin"/>') == 2
        assert page.index("ff-sprite") < page.index("<use")

    def test_it_sees_what_included_templates_and_blocks_use(self) -> None:
        page = render(
            '{% sprite %}{% block inner %}{% include "components/checked.html" only %}{% endblock %}{% endsprite %}'
        )
        assert '<symbol id="i-hallmark"' in page

    def test_two_pages_do_not_share_it(self) -> None:
        render('{% sprite %}{% icon "pin" %}{% endsprite %}')
        assert "i-pin" not in render('{% sprite %}{% icon "tick" %}{% endsprite %}')

    def test_outside_a_page_a_drawing_is_written_out(self) -> None:
        drawn = render('{% icon "pin" %}')
        assert "<use" not in drawn
        assert "<circle" in drawn

    def test_a_skill_that_nobody_has_drawn_yet_has_a_mark(self) -> None:
        assert "s-other" in render('{% sprite %}{% glyph "juggling" %}{% endsprite %}')

    def test_a_wrong_icon_is_an_error(self) -> None:
        with pytest.raises(KeyError, match="no-such"):
            render('{% icon "no-such" %}')

    @pytest.mark.parametrize("kind", Kind.values)
    def test_every_kind_has_an_icon_and_a_picture(self, kind: str) -> None:
        assert ("kind", kind) in drawings()
        assert ("cover", kind) in drawings()

    def test_drawings_take_their_colours_from_the_page(self) -> None:
        for each in drawings().values():
            if "ff-hallmark" not in each.shapes and not each.id.endswith("london-boroughs"):
                assert "fill=" not in each.shapes, each.id
                assert "style=" not in each.shapes, each.id

    def test_a_visit_takes_its_picture_from_its_title(self) -> None:
        assert picture_of("visit", "Puppets in a suitcase") == "stage"
        assert picture_of("visit", "Set, ink, pull") == "print"
        assert picture_of("visit", "Roman bones") == "visit"
        assert picture_of("placement", "Five days at a theatre") == "placement"


class TestErrorPages:
    @pytest.mark.parametrize("name", ERROR_PAGES)
    def test_they_need_no_request_and_no_database(self, name: str) -> None:
        """The test may not touch the database; the page has a title, one heading and ways on."""
        page = render_to_string(name)
        assert page.count("<h1>") == 1
        assert "– Find Fusion</title>" in page
        assert 'href="/search/"' in page

    def test_too_many_tries_say_when_to_come_again_and_lead_on(self) -> None:
        page = render_to_string("429.html")
        assert "Wait ten minutes, then try again. If this page comes back, try again tomorrow" in page
        assert "Or start again from here" in page

    def test_pages_hold_no_script_or_style_of_their_own(self) -> None:
        page = render_to_string("404.html", request=RequestFactory().get("/x"))
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert "<style" not in page
        assert "style=" not in page


PARAMETERS = st.dictionaries(
    st.sampled_from(["q", "skill", "kind", "page"]), st.lists(st.text(max_size=5), min_size=1, max_size=3), max_size=4
)


def params_of(values: dict[str, list[str]]) -> QueryDict:
    params = QueryDict(mutable=True)
    for name, each in values.items():
        params.setlist(name, each)
    return params


class TestAddresses:
    def test_taking_a_choice_away_leaves_the_others_and_goes_to_page_one(self) -> None:
        params = QueryDict("q=ink&skill=creativity&skill=analysis&page=3")
        assert address_without(params, "skill", "creativity") == "?q=ink&skill=analysis"
        assert address_without(params, "skill") == "?q=ink"

    def test_another_page_keeps_everything(self) -> None:
        assert address_with(QueryDict("q=ink&kind=visit&page=3"), {"page": "4"}) == "?q=ink&kind=visit&page=4"

    def test_a_value_can_be_added_or_replaced(self) -> None:
        params = QueryDict("as_typed=a&borough=hackney")
        assert address_with_added(params, "as_typed", "b") == "?borough=hackney&as_typed=a&as_typed=b"
        assert address_with(params, {"borough": "camden"}) == "?as_typed=a&borough=camden"
        assert address_of_only(params, ["borough"]) == "?borough=hackney"

    @given(PARAMETERS)
    def test_what_stays_is_what_was_there(self, values: dict[str, list[str]]) -> None:
        address = address_without(params_of(values), "kind")
        kept = QueryDict(address.removeprefix("?"))
        assert "kind" not in kept
        assert "page" not in kept
        assert kept.getlist("skill") == [each for each in values.get("skill", []) if each]


class TestCharts:
    @given(most=st.integers(0, 200_000), count=st.integers(0, 200_000))
    def test_each_count_has_one_shade(self, most: int, count: int) -> None:
        if count <= most:
            holding = [
                step for step in charts.shades(most) if step.low <= count and (step.high is None or count <= step.high)
            ]
            assert len(holding) == 1

    def test_few_results_have_the_shades_of_the_look(self) -> None:
        assert [step.words for step in charts.shades(7)] == ["None", "1", "2", "3", "4 or 5", "6 or more"]

    def test_the_map_links_only_what_has_results(self) -> None:
        drawn = charts.count_map({"hackney": 6, "camden": 0}, {"hackney": "?borough=hackney"})
        assert drawn.count("<a ") == 1
        assert drawn.count("<path class=") == 33
        assert 'aria-hidden="true"' in drawn

    @given(value=st.integers(-5, 500), most=st.integers(-5, 500))
    def test_a_meter_never_leaves_its_track(self, value: int, most: int) -> None:
        width = re.findall(r'ff-meter__value" width="([\d.]+)"', charts.meter(value, most))
        assert 0 <= float(width[0]) <= charts.METER_WIDTH

    @given(value=st.integers(0, 500), most=st.integers(0, 500))
    def test_a_vault_stands_inside_its_picture(self, value: int, most: int) -> None:
        if value <= most:
            for spring, arch in re.findall(r"112V([\d.]+)a\d+ ([\d.]+)", charts.vaults(value, value, most, 0)):
                assert float(spring) - float(arch) >= 1.9


class TestChoices:
    @given(page=st.integers(1, 50), pages=st.integers(1, 50))
    def test_pages_are_offered_in_order_with_honest_gaps(self, page: int, pages: int) -> None:
        if page > pages:
            return
        numbers = page_numbers(page, pages)
        known = [number for number in numbers if number is not None]
        assert known == sorted(set(known))
        assert {1, page, pages} <= set(known)
        for before, gap, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
            if gap is None:
                assert before is not None
                assert after is not None
                assert after - before > 2

    def test_a_card_shows_the_skills_asked_for(self) -> None:
        skills = [
            CardSkill(slug, slug.title(), "thinking") for slug in ("initiative", "resilience", "analysis", "creativity")
        ]
        assert [skill.slug for skill in chosen_skills(skills, ("creativity",))] == ["initiative", "creativity"]
        assert "and 2 more" in card_skills(skills, ("creativity",))
        assert len(chosen_skills(skills[:3], ())) == 3
        assert card_skills([], ()) == ""

    def test_what_others_wrote_is_escaped(self) -> None:
        nasty = '"><script>alert(1)</script>'
        for html in (
            choice_rows("kind", [Choice(nasty, nasty, 1)], nasty),
            card_skills([CardSkill("x", nasty, nasty)], ()),
            marked((Segment(nasty, marked=True), Segment(nasty)), ""),
            marked((), nasty),
        ):
            assert "<script" not in html
            assert '"">' not in html

    def test_a_long_facet_folds_and_opens_for_a_choice_inside(self) -> None:
        choices = [SimpleNamespace(selected=n == 9) for n in range(12)]
        split = folded(choices)
        assert (len(split.first), len(split.rest), split.open) == (6, 6, True)
        assert folded(choices[:8]).rest == ()


def test_structured_data_cannot_end_its_block() -> None:
    block = structured_data({"name": "</script><script>alert(1)</script> & more"})
    assert block.count("</script>") == 1
    inner = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', block)
    assert inner is not None
    assert json.loads(inner[1]) == {"name": "</script><script>alert(1)</script> & more"}
