"""Partners and what is kept about them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from partners.models import (
    Assurance,
    AssuranceDocument,
    AssuranceKind,
    Contact,
    Partner,
    PartnerApplication,
    PartnerMembership,
    PartnerRecognition,
    PartnerSector,
    Relationship,
    Site,
)
from taxonomy.models import AccessFeature, Recognition, Sector

from .accounts import DepartmentFactory, UserFactory
from .taxonomy import term, terms


class PartnerFactory(DjangoModelFactory[Partner]):
    """A live cultural organisation; `sectors` are slugs; `live=False` makes a draft."""

    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"Partner {n}")
    kind = Partner.Kind.CULTURAL
    summary = "A museum of everyday things."
    live = True
    has_unpublished_changes = factory.LazyAttribute(lambda o: not o.live)
    sectors: Iterable[str] = ()

    @classmethod
    def _create(cls, model_class: type[Partner], *args: Any, **kwargs: Any) -> Partner:
        sectors = kwargs.pop("sectors")
        partner = model_class(**kwargs)
        partner.sector_items.set([PartnerSector(tag=tag) for tag in terms(Sector, sectors)])
        partner.save()
        return partner


class SiteFactory(DjangoModelFactory[Site]):
    """A site in the Barbican; `access` are slugs of access features."""

    class Meta:
        model = Site
        skip_postgeneration_save = True

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda n: f"Site {n}")
    postcode = "EC2Y 8DS"

    @factory.post_generation
    def access(obj: Site, create: bool, extracted: Iterable[str] | None, **_: Any) -> None:  # noqa: N805  the new site
        if extracted:
            obj.access_features.set(terms(AccessFeature, extracted))


class ContactFactory(DjangoModelFactory[Contact]):
    """A person at a partner, not public."""

    class Meta:
        model = Contact

    partner = factory.SubFactory(PartnerFactory)
    name = "Robin Hale"
    role = "Bookings"
    email = factory.Sequence(lambda n: f"bookings{n}@example.org")


class AssuranceFactory(DjangoModelFactory[Assurance]):
    """Public liability insurance, seen today and good for a year; `in_days` moves its last day."""

    class Meta:
        model = Assurance

    class Params:
        in_days = 365

    partner = factory.SubFactory(PartnerFactory)
    kind = AssuranceKind.PUBLIC_LIABILITY
    expires = factory.LazyAttribute(lambda o: timezone.localdate() + timedelta(days=o.in_days))
    seen_on = factory.LazyAttribute(
        lambda o: min(timezone.localdate(), o.expires) if o.expires else timezone.localdate()
    )


class AssuranceDocumentFactory(DjangoModelFactory[AssuranceDocument]):
    """A photograph of a certificate that waits for an officer, sent by one of the partner's people."""

    class Meta:
        model = AssuranceDocument

    partner = factory.SubFactory(PartnerFactory)
    kind = AssuranceKind.PUBLIC_LIABILITY
    media_type = AssuranceDocument.MediaType.JPEG
    size = 4
    file = factory.LazyFunction(lambda: ContentFile(b"\xff\xd8\xff\xd9", name="photograph"))
    expires = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=365))
    sent_at = factory.LazyFunction(timezone.now)
    sent_by = factory.LazyAttribute(lambda o: PartnerMemberFactory.create(partner=o.partner))


def assure(
    partner: Partner, *, in_days: int = 365, kinds: Iterable[AssuranceKind] = tuple(AssuranceKind)
) -> list[Assurance]:
    """Every kind of document, or these, good for so many days (negative: lapsed)."""
    return [AssuranceFactory.create(partner=partner, kind=kind, in_days=in_days) for kind in kinds]


class PartnerRecognitionFactory(DjangoModelFactory[PartnerRecognition]):
    """An award; `slug` names it."""

    class Meta:
        model = PartnerRecognition

    class Params:
        slug = "artsmark"

    partner = factory.SubFactory(PartnerFactory)
    recognition = factory.LazyAttribute(lambda o: term(Recognition, o.slug))


class RelationshipFactory(DjangoModelFactory[Relationship]):
    """A department looks after a partner."""

    class Meta:
        model = Relationship

    partner = factory.SubFactory(PartnerFactory)
    department = factory.SubFactory(DepartmentFactory)


class PartnerMemberFactory(UserFactory):
    """A user who acts for a partner: `PartnerMemberFactory(partner=…, partner__role="owner")`."""

    @factory.post_generation
    def partner(obj: User, create: bool, extracted: Partner | None, role: str = "member", **_: Any) -> None:  # noqa: N805
        PartnerMembership.objects.create(user=obj, partner=extracted or PartnerFactory.create(), role=role)


class PartnerApplicationFactory(DjangoModelFactory[PartnerApplication]):
    """A printer wants to become a partner; nobody has decided yet."""

    class Meta:
        model = PartnerApplication

    kind = Partner.Kind.BUSINESS
    name = "Tallow Gate Printing"
    website = "https://tallowgate.example/"
    postcode = "E1 1AA"
    person_name = "Ines Falk"
    email = factory.Sequence(lambda n: f"ines{n}@tallowgate.example")
    telephone = "020 7946 0112"
    offers = factory.LazyFunction(lambda: ["visit", "placement"])
    idea = "Set and print their own poster on a hand press."
    made_at = factory.LazyFunction(timezone.now)
