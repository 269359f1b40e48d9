"""What the other files of this folder left behind. Run by `test_golden_database.py` only, after them."""

from pytest_django import DjangoDbBlocker

from partners.models import Partner


def test_nothing_is_left(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        assert list(Partner.objects.values_list("name", flat=True)) == []
