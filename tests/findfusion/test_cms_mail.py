"""The CMS sends no mail of its own: what people are told goes through `notices`."""

import pytest
from django.core.mail import EmailMessage

from findfusion.receivers import disconnect_cms_mail
from partners import services
from partners.models import Partner
from tests.cms import Desk, address_of
from tests.factories import OfficerFactory, PartnerFactory, PartnerMemberFactory


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", ["approve", "reject"])
def test_moderation_sends_none(mailoutbox: list[EmailMessage], answer: str) -> None:
    partner, officers = PartnerFactory.create(), OfficerFactory.create_batch(2)
    member = PartnerMemberFactory.create(partner=partner)
    services.save_draft(partner, member)
    services.submit(Partner.objects.get(), member)
    state = Partner.objects.get().current_workflow_task_state
    Desk(officers[0]).post(address_of(Partner, "workflow_action", partner, answer, state), comment="As it is.")
    assert Partner.objects.get().current_workflow_task_state is None or answer == "reject"
    assert not mailoutbox


@pytest.mark.engine_only
def test_a_handler_that_has_another_name_after_an_upgrade_is_noticed() -> None:
    with pytest.raises(RuntimeError, match="no mail handler"):
        disconnect_cms_mail()  # they are gone already
