"""Whatever stands in an address, the answer is a page or a clear refusal, never a fault of ours."""

from collections.abc import Callable, Iterator
from urllib.parse import quote_from_bytes, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import given
from hypothesis import strategies as st

from search.criteria import FACET_NAMES
from tests.factories import OpportunityFactory, PartnerFactory, SessionFactory
from tests.numbers import examples

#: Half of the ten thousand on each database.
ON_EACH_DATABASE = 5_000
pytestmark = pytest.mark.django_db

NO_KEY = "00000000-0000-4000-8000-000000000000"

# What anybody may ask for without signing in: route -> an address to try. `{pk}` is a public opportunity.
UPLOAD = "portal/<int:partner_pk>/upload/"
DATES = "portal/<int:partner_pk>/opportunities/<int:opportunity_pk>/dates/"
PUBLIC = {
    "search/": "/search/",
    "search/results.xlsx": "/search/results.xlsx",
    "search/suggestions/": "/search/suggestions/",
    "partners/": "/partners/",
    "partners/<int:pk>/": "/partners/{partner}/",
    "partners/<int:pk>-<name:slug>/": "/partners/{partner}-{partner_slug}/",
    "opportunities/": "/opportunities/",
    "opportunities/<int:pk>/": "/opportunities/{pk}/",
    "opportunities/<int:pk>-<name:slug>/": "/opportunities/{pk}-{slug}/",
    "opportunities/<int:pk>-<name:slug>/contact/": "/opportunities/{pk}-{slug}/contact/",
    "opportunities/<int:pk>-<name:slug>/website/": "/opportunities/{pk}-{slug}/website/",
    "partners/<int:pk>-<name:slug>/contact/": "/partners/{partner}-{partner_slug}/contact/",
    "partners/<int:pk>-<name:slug>/website/": "/partners/{partner}-{partner_slug}/website/",
    "opportunities/<int:pk>-<name:slug>/print/": "/opportunities/{pk}-{slug}/print/",
    "opportunities/<int:pk>-<name:slug>/desk-sheet/": "/opportunities/{pk}-{slug}/desk-sheet/",
    "opportunities/<int:pk>/shared/": "/opportunities/{pk}/shared/",
    "partners/<int:pk>/shared/": "/partners/{partner}/shared/",
    "o/<int:pk>/": "/o/{pk}/",
    "search/calendar.ics": "/search/calendar.ics",
    "sessions/<int:pk>/calendar.ics": "/sessions/{session}/calendar.ics",
    "opportunities/<int:pk>/calendar.ics": "/opportunities/{pk}/calendar.ics",
    "partners/<int:pk>/calendar.ics": "/partners/{partner}/calendar.ics",
    "shortlist/": "/shortlist/",
    "shortlist/saved.json": "/shortlist/saved.json",
    "shortlist/change/": "/shortlist/change/",
    "shortlist/share/": "/shortlist/share/",
    "lists/": "/lists/",
    "lists/<name:signed>/": "/lists/7K2M4Q-guessed/",
    "lists/<name:signed>/take/": "/lists/7K2M4Q-guessed/take/",
    "wanted/": "/wanted/",
    "wanted/thanks/": "/wanted/thanks/",
    "report/thanks/": "/report/thanks/",
    "opportunities/<int:pk>-<name:slug>/report/": "/opportunities/{pk}-{slug}/report/",
    "partners/<int:pk>-<name:slug>/report/": "/partners/{partner}-{partner_slug}/report/",
    "robots.txt": "/robots.txt",
    "sitemap.xml": "/sitemap.xml",
    "sitemap-<slug:section>.xml": "/sitemap-opportunities.xml",
    "health/": "/health/",
    "privacy/": "/privacy/",
    "privacy/young-people/": "/privacy/young-people/",
    "accessibility/": "/accessibility/",
    "media/images/<str:name>": "/media/images/none.jpg",
    "sign-in/": "/sign-in/",
    "sign-in/code/": "/sign-in/code/",
    "sign-in/second-step/": "/sign-in/second-step/",
    "sign-in/passkey/": "/sign-in/passkey/",
    "sign-out/": "/sign-out/",
    "account/": "/account/",
    "account/app/": "/account/app/",
    "account/app/remove/": "/account/app/remove/",
    "account/passkeys/add/": "/account/passkeys/add/",
    "account/passkeys/<int:pk>/name/": "/account/passkeys/1/name/",
    "account/passkeys/<int:pk>/remove/": "/account/passkeys/1/remove/",
    "account/recovery-codes/": "/account/recovery-codes/",
    "account/recovery-codes/new/": "/account/recovery-codes/new/",
    "account/confirm/": "/account/confirm/",
    "account/confirm/passkey/": "/account/confirm/passkey/",
    "account/devices/": "/account/devices/",
    "account/messages/": "/account/messages/",
    "messages/switch-off/": "/messages/switch-off/",
    "portal/": "/portal/",
    "portal/<int:partner_pk>/": "/portal/{partner}/",
    "portal/<int:partner_pk>/opportunities/": "/portal/{partner}/opportunities/",
    "portal/<int:partner_pk>/opportunities/new/": "/portal/{partner}/opportunities/new/",
    "portal/<int:partner_pk>/opportunities/<int:opportunity_pk>/step/<slug:step>/": (
        "/portal/{partner}/opportunities/{pk}/step/what/"
    ),
    **{
        f"portal/<int:partner_pk>/opportunities/<int:opportunity_pk>/{page}": f"/portal/{{partner}}/opportunities/{{pk}}/{page}"
        for page in ("", "preview/", "submit/", "withdraw/", "copy/", "end/", "discard/")
    },
    **{
        f"portal/<int:partner_pk>/page/{page}": f"/portal/{{partner}}/page/{page}"
        for page in ("", "edit/", "preview/", "send/", "take-back/", "sites/add/", "contacts/add/")
    },
    **{f"portal/<int:partner_pk>/use/{page}": f"/portal/{{partner}}/use/{page}" for page in ("", "use.csv")},
    "portal/<int:partner_pk>/use/<int:opportunity_pk>/": "/portal/{partner}/use/{pk}/",
    **{
        f"portal/<int:partner_pk>/page/{things}/<int:{thing}_pk>/{page}": f"/portal/{{partner}}/page/{things}/1/{page}"
        for things, thing in (("sites", "site"), ("contacts", "contact"))
        for page in ("", "remove/")
    },
    "portal/<int:partner_pk>/page/returned/": "/portal/{partner}/page/returned/",
    "portal/<int:partner_pk>/opportunities/<int:opportunity_pk>/returned/": "/portal/{partner}/opportunities/{pk}/returned/",
    "portal/<int:partner_pk>/opportunities/<int:opportunity_pk>/price/": "/portal/{partner}/opportunities/{pk}/price/",
    "review/": "/review/",
    "review/changes/": "/review/changes/",
    "review/<int:pk>/": "/review/{pk}/",
    "portal/<int:partner_pk>/confirm/": "/portal/{partner}/confirm/",
    "still-right/<str:signed>/": "/still-right/{partner}.never:guessed/",
    "still-right/thanks/": "/still-right/thanks/",
    "portal/<int:partner_pk>/people/": "/portal/{partner}/people/",
    "portal/<int:partner_pk>/people/invite/": "/portal/{partner}/people/invite/",
    "portal/<int:partner_pk>/people/leave/": "/portal/{partner}/people/leave/",
    "portal/<int:partner_pk>/people/<int:pk>/role/": "/portal/{partner}/people/1/role/",
    "portal/<int:partner_pk>/people/<int:pk>/remove/": "/portal/{partner}/people/1/remove/",
    "portal/<int:partner_pk>/people/invitations/<int:pk>/revoke/": "/portal/{partner}/people/invitations/1/revoke/",
    "school/<int:school_pk>/people/": "/school/1/people/",
    "school/<int:school_pk>/people/invite/": "/school/1/people/invite/",
    "school/<int:school_pk>/people/leave/": "/school/1/people/leave/",
    "school/<int:school_pk>/people/<int:pk>/remove/": "/school/1/people/1/remove/",
    "school/<int:school_pk>/people/invitations/<int:pk>/revoke/": "/school/1/people/invitations/1/revoke/",
    "school/<int:school_pk>/people/applications/<int:pk>/confirm/": "/school/1/people/applications/1/confirm/",
    "school/<int:school_pk>/people/applications/<int:pk>/decline/": "/school/1/people/applications/1/decline/",
    "join/": "/join/",
    "join/thanks/": "/join/thanks/",
    "join/school/": "/join/school/",
    "join/school/thanks/": "/join/school/thanks/",
    "join/school/<int:pk>/": "/join/school/1/",
    "join/office/": "/join/office/",
    "join/office/thanks/": "/join/office/thanks/",
    "invitation/": "/invitation/",
    "invitation/accepted/": "/invitation/accepted/",
    "portal/<int:partner_pk>/documents/": "/portal/{partner}/documents/",
    "portal/<int:partner_pk>/documents/<uuid:key>/file/": "/portal/{partner}/documents/" + NO_KEY + "/file/",
    "portal/<int:partner_pk>/documents/<uuid:key>/take-back/": "/portal/{partner}/documents/" + NO_KEY + "/take-back/",
    DATES: "/portal/{partner}/opportunities/{pk}/dates/",
    f"{DATES}<int:session_pk>/": "/portal/{partner}/opportunities/{pk}/dates/{session}/",
    f"{DATES}<int:session_pk>/cancel/": "/portal/{partner}/opportunities/{pk}/dates/{session}/cancel/",
    f"{DATES}<int:session_pk>/remove/": "/portal/{partner}/opportunities/{pk}/dates/{session}/remove/",
    UPLOAD: "/portal/{partner}/upload/",
    f"{UPLOAD}template.<slug:kind>": "/portal/{partner}/upload/template.csv",
    f"{UPLOAD}<int:run_pk>/": "/portal/{partner}/upload/1/",
    f"{UPLOAD}<int:run_pk>/confirm/": "/portal/{partner}/upload/1/confirm/",
    f"{UPLOAD}<int:run_pk>/discard/": "/portal/{partner}/upload/1/discard/",
    r"^((?:[\w\-]+/)*)$": "/",
}
# These read what stands in their address; the others hardly do.
LISTS = ("search/", "search/results.xlsx", "search/suggestions/", "search/calendar.ics", "partners/")
# Mounted whole from elsewhere: the CMS, documents and the demonstration's own page.
OTHERS = ("admin/", "documents/", "_util/", "demo/")

PARAMETERS = (
    *FACET_NAMES, "q", "near", "within", "from", "to", "open", "sort", "page", "as_typed", "p",
    "what", "number", "s", "next", "preview", "day", "year", "m",
    "what", "number", "s", "next", "preview", "day", "year", "secret",
)  # fmt: skip
NASTY = (
    "", " ", "0", "-1", "1e309", "NaN", "inf", "null", "None", "[]", "{}", "9" * 25, "9" * 5000, "²", "١٢", "0x10",
    "\x00", "a\x00b", "\ufffe", "\u202e", "\u200b", "\x1b[31m", "\r\nSet-Cookie: a=b", "🐝" * 50, "é", "ﬁ", "İ",
    "' OR 1=1 --", "'; DROP TABLE partners_partner; --", '" OR ""="', "%", "%%", "_", "\\", "\\'", "$$", "1; SELECT pg_sleep(1)",
    '"><script>alert(1)</script>', "{{ 7|add:7 }}", "{% debug %}", "${jndi:ldap://x}", "../../etc/passwd", "javascript:alert(1)",
    "title:clay", "+clay -ink", "(", ")", "((clay OR", "clay AND", "NOT", '"', "clay~2", "cl*y", "*", "?", "[a TO z]", "/a+/",
    "clay^9", "&&", "||", "!",
    "year", "year 99", "Y-1", "KS9", "near", "within 3 miles of", "EC2Y 8DS", "ec2y8ds", "ZZ99 9ZZ", "E17", "E1 6AN E1 6AN", "Walthamstow",
    "2026-02-30", "0000-00-00", "99999-01-01", "31/12/2026", "2026-12-08T10:00", "relevance", "nearest", "visit", "creativity",
    "true", "on",
    "spelling:x", "a" * 201, "clay " * 60, "x" * 900,
)  # fmt: skip

values = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=60), st.integers().map(str), st.floats().map(str), st.dates().map(str)
)
names = st.one_of(st.sampled_from(PARAMETERS), st.sampled_from(PARAMETERS), st.text(max_size=8))
spelt = st.lists(st.tuples(names, values), max_size=8).map(urlencode)
# Bytes that are no text in any encoding, and signs that stand for nothing.
raw = st.lists(st.tuples(st.sampled_from(PARAMETERS), st.binary(max_size=12)), max_size=4).map(
    lambda pairs: "&".join(f"{name}={quote_from_bytes(value)}" for name, value in pairs)
)
loose = st.text(alphabet="q=&%;#+[]0aF", max_size=30).map(lambda text: text.replace("#", ""))
queries = st.one_of(spelt, spelt, raw, loose)


@pytest.fixture
def addresses(index: Callable[[], None]) -> dict[str, str]:
    """Every public address, with something behind it."""
    opportunity = OpportunityFactory.create(
        title="Clay and ink", skills=["creativity"], audiences=["ks3"], postcode="E1 6AN", availability="dated"
    )
    session = SessionFactory.create(opportunity=opportunity)
    OpportunityFactory.create_batch(30, offered_by=PartnerFactory.create(), kind="talk", sectors=["law"])
    index()
    partner = opportunity.offered_by
    return {
        route: address.format(
            pk=opportunity.pk, slug=opportunity.slug, session=session.pk, partner=partner.pk, partner_slug=partner.slug
        )
        for route, address in PUBLIC.items()
    }


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(OTHERS):
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def test_every_public_route_is_tried() -> None:
    assert set(routes(get_resolver().url_patterns)) == set(PUBLIC)


def assert_answers(client: Client, address: str, query: str) -> None:
    """Asks, follows where a postcode was cut short, and holds the answer to what may come."""
    response = client.get(address, QUERY_STRING=query)
    if response.status_code in (301, 302):
        target = urlsplit(response["Location"])
        assert not target.netloc
        if response.status_code == 301:
            return  # to its proper address, as always
        # The short address on a paper alone leads to another page; a few ask who it is.
        assert target.path in (address, "/sign-in/") or address.startswith("/o/")
        response = client.get(target.path, QUERY_STRING=target.query)
    assert response.status_code == 200 or 400 <= response.status_code < 500, (
        f"{response.status_code} for {address}?{query}"
    )
    if "html" in response.get("Content-Type", "html"):
        assert b"<script>alert" not in response.content
    else:
        # A calendar is text, and no browser may take it for anything else.
        assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("route", PUBLIC)
def test_no_nasty_value_of_any_parameter_breaks_a_page(client: Client, addresses: dict[str, str], route: str) -> None:
    for n, value in enumerate(NASTY):
        if route in LISTS:
            assert_answers(client, addresses[route], urlencode([(PARAMETERS[n % len(PARAMETERS)], value)]))
        if route in LISTS or n % 8 == 0:
            assert_answers(client, addresses[route], urlencode([(name, value[:100]) for name in PARAMETERS]))


@examples(200, ON_EACH_DATABASE)
@given(query=queries, route=st.one_of(st.sampled_from(LISTS), st.sampled_from(sorted(PUBLIC))))
def test_no_query_breaks_a_page(client: Client, addresses: dict[str, str], query: str, route: str) -> None:
    assert_answers(client, addresses[route], query)
