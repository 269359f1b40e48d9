"""Reading partners: which the public sees, and what needs an officer's attention."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from accounts.models import ADMINISTRATORS, OFFICERS, User

from .aspects import Aspect, differs
from .assurances import DUE_WITHIN_DAYS
from .freshness import CONFIRM_WITHIN_DAYS
from .likeness import Known
from .models import Assurance, AssuranceKind, FieldComment, Partner, PartnerApplication, PartnerMembership, Publishable
from .states import PublishingState, judge_state


def served_by(user: User) -> QuerySet[Partner]:
    """The partners for which somebody acts. None while suspended: an officer has ended what its people may do."""
    return Partner.objects.filter(memberships__user=user, suspended_at__isnull=True).order_by("name", "pk")


def public() -> QuerySet[Partner]:
    """The partners that the public sees now."""
    return Partner.objects.filter(Partner.shown())


def unconfirmed(today: date | None = None) -> QuerySet[Partner]:
    """Public partners that have not said for 180 days that all is still right."""
    oldest = (today or timezone.localdate()) - timedelta(days=CONFIRM_WITHIN_DAYS)
    return public().filter(Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=oldest)).order_by("confirmed_on", "name")


def expiring_assurances(today: date | None = None) -> QuerySet[Assurance]:
    """The document that lasts longest of each kind and public partner, if it lapses within 60 days or has; soonest first.

    Without those that a partner is exempt from.
    """
    last_day = (today or timezone.localdate()) + timedelta(days=DUE_WITHIN_DAYS)
    same = Assurance.objects.filter(partner=OuterRef("partner"), kind=OuterRef("kind"))
    lasting = same.filter(
        Q(expires__isnull=True)
        | Q(expires__gt=OuterRef("expires"))
        | Q(expires=OuterRef("expires"), pk__gt=OuterRef("pk"))
    )
    return (
        Assurance.objects.filter(partner__in=public(), expires__lte=last_day)
        .exclude(Exists(lasting))
        .exclude(kind=AssuranceKind.EMPLOYERS_LIABILITY, partner__has_employees=False)
        .select_related("partner")
        .order_by("expires", "partner__name", "pk")
    )


def hidden_by_silence() -> QuerySet[Partner]:
    """Partners that left the public pages since nobody had confirmed them; those who have confirmed since come first.

    Those came back so late that an officer has to look before the public sees them again.
    """
    hidden = Partner.objects.filter(Partner.unexpired(), hidden_on__isnull=False, suspended_at__isnull=True)
    came_back = Case(When(confirmed_on__gte=F("hidden_on"), then=0), default=1)
    return hidden.order_by(came_back, "hidden_on", "name")


def addresses_of(partner: Partner) -> list[str]:
    """Where a partner is written to: its people who can sign in, or else the organisation's own address; perhaps none."""
    people = partner.memberships.filter(user__is_active=True).order_by("pk").values_list("user__email", flat=True)
    return list(dict.fromkeys(address.lower() for address in people)) or ([partner.email] if partner.email else [])


def serves_a_partner(user: User) -> bool:
    """Whether somebody acts for any partner, suspended or not."""
    return user.partner_memberships.exists()


def owns_a_partner(user: User) -> bool:
    """Whether somebody is an owner of any."""
    return user.partner_memberships.filter(role=PartnerMembership.Role.OWNER).exists()


def is_written_to_for_a_partner(user: User) -> bool:
    """Whether any is written to at this person's address (`addresses_of`)."""
    if serves_a_partner(user):
        return True
    people = PartnerMembership.objects.filter(partner=OuterRef("pk"), user__is_active=True)
    return Partner.objects.filter(~Exists(people), email__iexact=user.email).exists()


def has_applied(user: User) -> bool:
    """Whether somebody applied to become a partner with this address, as long as it is kept."""
    return PartnerApplication.objects.filter(email__iexact=user.email).exists()


def moderation_of(model: type[Publishable], keys: Iterable[int]) -> Mapping[int, WorkflowState]:
    """The moderation under way, or that asked for changes, of those of these partners or opportunities that have one.

    One query, with the officer's answer to each (`current_task_state`).
    """
    found = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(model, for_concrete_model=False),
        object_id__in=[str(key) for key in keys],
        status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
    ).select_related("current_task_state")
    return {int(state.object_id): state for state in found}


def state_of(thing: Publishable) -> PublishingState:
    """How far this is on its way to the public. One query, and those of its sessions."""
    moderation = moderation_of(type(thing), [thing.pk]).get(thing.pk)
    return judge_state(
        thing,
        moderation.status if moderation else None,
        timezone.now(),
        suspended=thing.is_suspended,
        over=thing.is_over,
        hidden=thing.is_hidden,
    )


def _task_states(thing: Publishable) -> QuerySet[TaskState]:
    return TaskState.objects.filter(
        workflow_state__base_content_type=ContentType.objects.get_for_model(type(thing), for_concrete_model=False),
        workflow_state__object_id=str(thing.pk),
    ).select_related("revision__user", "workflow_state__requested_by", "finished_by")


def under_review(thing: Publishable) -> TaskState | None:
    """What of this is before the officers now: the revision, since when, who asked."""
    return (
        _task_states(thing)
        .filter(status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)
        .first()
    )


def returned(thing: Publishable) -> TaskState | None:
    """The officers' last word, if they asked for changes and wait for them."""
    return (
        _task_states(thing)
        .filter(status=TaskState.STATUS_REJECTED, workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES)
        .order_by("-finished_at", "-pk")
        .first()
    )


def still_says(draft: Publishable, seen: int | None, aspects: Iterable[Aspect]) -> bool:
    """Whether a draft says in these aspects what somebody had before them: what the revision `seen` says.

    None is that there was no revision; of a number that is none of its revisions nothing is known.
    """
    if seen == draft.latest_revision_id:
        return True
    revision = draft.revisions.filter(pk=seen).first() if seen is not None else None
    if revision is None:
        return False
    shown: Publishable = revision.as_object()
    return not any(differs(shown, draft, aspect) for aspect in aspects)


def open_comments(thing: Publishable) -> QuerySet[FieldComment]:
    """What officers asked to be changed, by aspect, and is not settled; the first first."""
    return FieldComment.objects.filter(
        settled_at=None, decision__in=_task_states(thing).order_by().values("pk")
    ).select_related("decision__revision")


def people_to_tell(partner: Partner, *users: User | None, owners: bool = False) -> list[User]:
    """Those of these users, and of the owners if asked, who act for the partner today or work for the City; once each."""
    keys = {user.pk for user in users if user is not None}
    serving = Q(partner_memberships__partner=partner)
    wanted = Q(pk__in=keys) & (serving | Q(groups__name__in=(OFFICERS, ADMINISTRATORS)))
    if owners:
        wanted |= serving & Q(partner_memberships__role=PartnerMembership.Role.OWNER)
    return list(User.objects.filter(wanted, is_active=True).distinct().order_by("pk"))


def comments_before(state: TaskState) -> QuerySet[FieldComment]:
    """What was asked for by aspect if the officers' last answer before this was sent was to ask; settled since or not."""
    answers = _task_states(state.workflow_state.content_object).filter(
        status__in=(TaskState.STATUS_REJECTED, TaskState.STATUS_APPROVED), pk__lt=state.pk
    )
    last = answers.order_by("-pk").first()
    if last is None or last.status != TaskState.STATUS_REJECTED:
        return FieldComment.objects.none()
    return FieldComment.objects.filter(decision=last)


def known_partners(partners: QuerySet[Partner]) -> list[Known]:
    """What is compared with an application: names, websites and the postcodes of sites, in two queries."""
    rows = partners.prefetch_related("sites").only("name", "website")
    return [Known(row.pk, row.name, row.website, tuple(site.postcode for site in row.sites.all())) for row in rows]


def candidate_partners(keys: Iterable[int]) -> dict[int, Partner]:
    """Public partners by key, with their sites and boroughs: to be asked "is this you already?"."""
    found = public().filter(pk__in=list(keys)).prefetch_related("sites__outward_code__borough")
    return {partner.pk: partner for partner in found}
