"""What each kind of opportunity is asked, step by step: nothing that it must say is left out, nothing is asked twice."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.kinds import ASKED_SAFEGUARDING, Kind
from opportunities.models import Opportunity
from opportunities.requirements import ALWAYS_REQUIRED, QUESTIONS, REQUIRED
from opportunities.steps import NOT_ASKED, SETS, STEPS, Standing, find_step, standing, step_of
from tests.numbers import examples

# Fields of the model that somebody writes, and the sets of its revision.
OWN = {field.name for field in Opportunity._meta.get_fields() if field.model is Opportunity and not field.auto_created}
KEPT_BY_WAGTAIL = {
    "live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision", "latest_revision",
    "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by", "workflow_states", "_workflow_states", "_revisions",
    "tagged_items", "skills",
}  # fmt: skip


@pytest.mark.parametrize("kind", Kind.values)
def test_what_a_kind_must_say_is_asked(kind: str) -> None:
    needed = {*ALWAYS_REQUIRED, *REQUIRED.get(kind, ()), *(QUESTIONS if kind in ASKED_SAFEGUARDING else ())}
    assert {name for name in needed if step_of(kind, name) is None} == set()


@pytest.mark.parametrize("kind", Kind.values)
def test_nothing_is_asked_twice_and_no_two_steps_share_an_address(kind: str) -> None:
    names = Counter(name for step in STEPS[kind] for name in step.names)
    assert [name for name, times in names.items() if times > 1] == []
    slugs = [step.slug for step in STEPS[kind]]
    assert len(set(slugs)) == len(slugs)
    assert all(find_step(kind, step.slug) is step for step in STEPS[kind])


@pytest.mark.parametrize("kind", sorted(set(Kind.values) - ASKED_SAFEGUARDING))
def test_who_works_beside_nobody_is_not_asked_the_three_questions(kind: str) -> None:
    assert all(step_of(kind, question) is None for question in QUESTIONS)


def test_every_field_is_asked_of_some_kind_or_kept_by_somebody_else() -> None:
    asked = {name for steps in STEPS.values() for step in steps for name in step.names} - set(SETS)
    assert asked | NOT_ASKED >= OWN - KEPT_BY_WAGTAIL
    assert not asked & (NOT_ASKED | KEPT_BY_WAGTAIL)


STEP = STEPS[Kind.PLACEMENT][3]
names = st.sets(st.sampled_from([*STEP.names, "title", "access"]))


@examples(100, 2000)
@given(filled=names, problems=names)
def test_a_step_is_done_only_if_it_is_begun_and_nothing_is_wrong(filled: set[str], problems: set[str]) -> None:
    how, wrong = standing(STEP, filled, problems)
    begun, lacking = filled & set(STEP.names), problems & set(STEP.names)
    assert wrong == len(lacking)
    assert (how is Standing.DONE) == (bool(begun) and not lacking)
    assert (how is Standing.TO_MEND) == (bool(begun) and bool(lacking))
    assert (how is Standing.TO_DO) == (not begun)
