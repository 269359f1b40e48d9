"""Who the tests of checking are about: an officer, and what a partner sends."""

import pytest
from django.test import Client

from accounts.models import User
from opportunities.models import Opportunity
from partners.models import Partner
from tests.factories import (
    OfficerFactory,
    OpportunityFactory,
    PartnerMemberFactory,
)
from tests.people import sign_in


@pytest.fixture
def officer(client: Client) -> User:
    """An officer, who is signed in."""
    return sign_in(client, OfficerFactory.create(first_name="Ada", last_name="Officer"))


@pytest.fixture
def member() -> User:
    """Somebody who sends things for a partner."""
    return PartnerMemberFactory.create(first_name="Ines", last_name="Falk")


@pytest.fixture
def partner(member: User) -> Partner:
    """For whom they do."""
    return member.partner_memberships.get().partner


@pytest.fixture
def live(partner: Partner) -> Opportunity:
    """An opportunity of the partner that is public."""
    return OpportunityFactory.create(
        title="Set, ink, pull", offered_by=partner, summary="Pull a print to keep.", group_min=10, group_max=24
    )
