"""Terms by slug: vocabularies are filled by migration, so that tests look them up and make none."""

from collections.abc import Iterable

from taxonomy.models import Term


def term[T: Term](vocabulary: type[T], slug: str) -> T:
    """One term of a vocabulary, such as `term(FusionSkill, "creativity")`. Raises DoesNotExist for a wrong slug."""
    found: T = vocabulary._default_manager.get(slug=slug)
    return found


def terms[T: Term](vocabulary: type[T], slugs: Iterable[str]) -> list[T]:
    """Several terms, in the order of the slugs. Raises DoesNotExist for a wrong one."""
    return [term(vocabulary, slug) for slug in slugs]
