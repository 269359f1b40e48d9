"""Addresses with one thing changed."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from directory.addresses import address_with, addresses_with_each

texts = st.text(max_size=6)
names = st.sampled_from(["q", "borough", "page", "kind"])


@given(pairs=st.lists(st.tuples(names, texts), max_size=6), values=st.lists(texts.filter(bool), max_size=4))
def test_many_values_at_once_lead_where_each_alone_leads(pairs: list[tuple[str, str]], values: list[str]) -> None:
    params = QueryDict(mutable=True)
    for name, value in pairs:
        params.appendlist(name, value)
    found = addresses_with_each(params, "borough", values)
    assert found == {value: address_with(params, {"borough": value}) for value in values}
