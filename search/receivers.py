"""Deletes and set changes that leave nothing behind to tell whose they were: their owner is recorded as changed."""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from changes.services import record
from opportunities.models import Campaign, Opportunity, SafeguardingDecision, Session
from partners.models import Assurance, Partner, Site
from search.models import Synonym
from search.vocabulary import forget_vocabulary

#: What is deleted, the name of its owner's field, and the owner.
OWNERS: tuple[tuple[type[models.Model], str, type[models.Model]], ...] = (
    (Session, "opportunity_id", Opportunity),
    (SafeguardingDecision, "opportunity_id", Opportunity),
    (Assurance, "partner_id", Partner),
    (Site, "partner_id", Partner),
)


def record_owner(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    """Records that the owner of a deleted object changed."""
    for model, owner_field, owner in OWNERS:
        if sender is model:
            with transaction.atomic():
                record(owner, [getattr(instance, owner_field)])


def record_campaign(instance: Campaign, **_: Any) -> None:
    """Before a campaign goes: its opportunities lose it without being saved."""
    _record_opportunities(Opportunity.objects.filter(campaign=instance))


def record_co_offered(instance: Partner, **_: Any) -> None:
    """Before a partner goes: what it offers together with others loses it without being saved."""
    _record_opportunities(Opportunity.objects.filter(co_offers__partner=instance))


def record_site(instance: Site, action: str, *, reverse: bool, pk_set: set[int] | None, **_: Any) -> None:
    """After a site's access features changed."""
    if action in {"post_add", "post_remove", "post_clear"}:
        with transaction.atomic():
            record(Site, (pk_set or ()) if reverse else [instance.pk])


def forget_synonyms(**_: Any) -> None:
    """After an editor changed a synonym: this process reads them again at once, others within half a minute."""
    forget_vocabulary()


def _record_opportunities(found: models.QuerySet[Opportunity]) -> None:
    with transaction.atomic():
        record(Opportunity, list(found.values_list("pk", flat=True)))


def connect() -> None:
    """Listens to the models named above."""
    for model, _, _ in OWNERS:
        post_delete.connect(record_owner, sender=model, dispatch_uid=f"search.owner.{model._meta.label_lower}")
    pre_delete.connect(record_campaign, sender=Campaign, dispatch_uid="search.campaign")
    pre_delete.connect(record_co_offered, sender=Partner, dispatch_uid="search.co_offered")
    m2m_changed.connect(record_site, sender=Site.access_features.through, dispatch_uid="search.site_access")
    post_save.connect(forget_synonyms, sender=Synonym, dispatch_uid="search.synonym_saved")
    post_delete.connect(forget_synonyms, sender=Synonym, dispatch_uid="search.synonym_deleted")
