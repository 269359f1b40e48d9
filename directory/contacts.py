"""Whom a visitor may see as somebody to ask. The rule stands here alone; templates show what they are given.

An organisation's own e-mail address and telephone are public. A person's are not where anybody under
18 may take part: there, only verified school staff and advisers see them, and everybody else reads
"ask your school". Somebody who works alone is a person, whatever the form calls the address.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Min, OuterRef, Prefetch

from accounts.models import User
from accounts.rules import is_adviser
from opportunities.kinds import APPLIED_FOR
from opportunities.models import Opportunity, OpportunityAudience
from opportunities.selectors import ADULT, is_for_under_18, of_partners
from partners.models import Contact, Partner
from schools.rules import is_verified_school_staff

#: What decides, beside audiences: two opportunities that are equal in all of it are one to the rule.
READ_BY_THE_RULE = ("kind", "year_from", "year_to", "age_from", "eligible_age_from", "under_16")


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom this visitor may ask at a partner: the organisation's own address and telephone, and people.

    `ask_your_school`: somebody under 18 may take part, and this visitor is not one who asks for them.
    `withheld`: school staff and advisers would see more.
    """

    partner: Partner
    email: str = ""
    telephone: str = ""
    people: tuple[Contact, ...] = ()
    ask_your_school: bool = False
    withheld: bool = False

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.email or self.telephone or self.people)


def visible_contacts(user: User | AnonymousUser, subject: Opportunity | Partner) -> Contacts:
    """Whom this user may ask about an opportunity, or about a partner as a whole.

    For a partner the strictest of its public opportunities counts; without any it is as for under-18s.
    """
    if isinstance(subject, Opportunity):
        partner, offers = subject.offered_by, [subject]
    else:
        partner, offers = subject, _one_of_each(subject)
    trusted = is_verified_school_staff(user) or is_adviser(user)
    for_adults = bool(offers) and all(_says_adults_only(offer) for offer in offers)
    applied_for = bool(offers) and all(offer.kind in APPLIED_FOR for offer in offers)
    alone = partner.kind == Partner.Kind.SELF_EMPLOYED
    # Whoever applies writes to the organisation, so its people are not shown even to adults.
    people = trusted or (for_adults and not any(offer.kind in APPLIED_FOR for offer in offers))
    organisation = trusted or for_adults or applied_for or not alone
    public_people = tuple(person for person in partner.contacts.all() if person.is_public)
    return Contacts(
        partner,
        email=partner.email if organisation else "",
        telephone=partner.telephone if organisation else "",
        people=public_people if people else (),
        withheld=(bool(public_people) and not people)
        or (bool(partner.email or partner.telephone) and not organisation),
        ask_your_school=not trusted and (not offers or any(is_for_under_18(offer) for offer in offers)),
    )


def contacts_on_paper(subject: Opportunity | Partner) -> Contacts:
    """Whom a paper may name. It is handed on, so it names whom anybody may see, whoever prints it."""
    return visible_contacts(AnonymousUser(), subject)


def _one_of_each(partner: Partner) -> list[Opportunity]:
    """One of its public opportunities of each sort that the rule tells apart: they say what all of them would.

    Three queries and as many rows as there are sorts, however many opportunities there are.
    """
    audiences = OpportunityAudience.objects.filter(content_object=OuterRef("pk"))
    sorts = (
        of_partners([partner.pk])
        .annotate(for_young=Exists(audiences.filter(tag__under_18=True)), for_somebody=Exists(audiences))
        .order_by()
        .values(*READ_BY_THE_RULE, "for_young", "for_somebody")
        .annotate(one=Min("pk"))
    )
    found = Opportunity.objects.filter(pk__in=[row["one"] for row in sorts]).defer("description")
    return list(found.prefetch_related(Prefetch("audience_items", OpportunityAudience.objects.select_related("tag"))))


def _says_adults_only(opportunity: Opportunity) -> bool:
    """Whether it says that all who take part are 18 or older; one that says nothing might be for anybody."""
    if is_for_under_18(opportunity):
        return False
    ages = (opportunity.age_from, opportunity.eligible_age_from)
    return any(age is not None and age >= ADULT for age in ages) or bool(opportunity.audience_items.all())
