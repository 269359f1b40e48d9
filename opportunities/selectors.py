"""Reading opportunities: which the public sees, and how one stands."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from partners.assurances import Standing, standings
from partners.models import Assurance, AssuranceKind, Partner, Site

from .models import (
    AssuranceRequirement,
    CoOffer,
    OfficerApproval,
    Opportunity,
    OpportunityAudience,
    OpportunitySkill,
    SafeguardingDecision,
    Session,
)
from .quality import Criterion, placement_quality
from .requirements import QUESTIONS
from .visibility import Hidden, Visibility, decision_holds, judge

ADULT = 18


def at_site(site: Site) -> list[Opportunity]:
    """The opportunities that happen at a site, as they are public or in their latest draft, by title."""
    drafted = Q(has_unpublished_changes=True, latest_revision__content__site=site.pk)
    return list(Opportunity.objects.filter(Q(site=site) | drafted).order_by("title", "pk"))


def requirements_by_kind() -> dict[str, frozenset[str]]:
    """Opportunity kind -> the kinds of assurance that its host needs."""
    found: dict[str, set[str]] = {}
    for opportunity_kind, assurance_kind in AssuranceRequirement.objects.values_list(
        "opportunity_kind", "assurance_kind"
    ):
        found.setdefault(opportunity_kind, set()).add(assurance_kind)
    return {kind: frozenset(kinds) for kind, kinds in found.items()}


def _with_lapsed_document() -> Exists:
    """The host has seen documents of a kind that is needed, and none of them is in date."""
    today = timezone.localdate()
    seen = Assurance.objects.filter(partner=OuterRef(OuterRef("host_pk")), kind=OuterRef("assurance_kind"))
    in_date = seen.filter(Q(expires__isnull=True) | Q(expires__gte=today))
    exempt = Partner.objects.filter(pk=OuterRef(OuterRef("host_pk")), has_employees=False)
    return Exists(
        AssuranceRequirement.objects.filter(opportunity_kind=OuterRef("kind"))
        .filter(Exists(seen), ~Exists(in_date))
        .exclude(Exists(exempt), assurance_kind=AssuranceKind.EMPLOYERS_LIABILITY)
    )


def _any_yes() -> Q:
    """A safeguarding question is answered with yes."""
    answered = Q()
    for question in QUESTIONS:
        answered |= Q(**{question: True})
    return answered


def _decisions_as_answered() -> QuerySet[SafeguardingDecision]:
    """The decisions on exactly the answers that stand."""
    same = {question: Coalesce(OuterRef(question), False) for question in QUESTIONS}
    return SafeguardingDecision.objects.filter(opportunity=OuterRef("pk"), **same)


def _accepted_as_answered() -> Exists:
    """The latest decision on exactly the answers that stand accepts them."""
    later = SafeguardingDecision.objects.filter(
        Q(decided_at__gt=OuterRef("decided_at")) | Q(decided_at=OuterRef("decided_at"), pk__gt=OuterRef("pk")),
        opportunity=OuterRef("opportunity"),
        **{question: OuterRef(question) for question in QUESTIONS},
    )
    return Exists(_decisions_as_answered().filter(accepted=True).exclude(Exists(later)))


def public(*, called_off: bool = False) -> QuerySet[Opportunity]:
    """The opportunities that the public sees now: the same rule as `visibility.judge`, by the database.

    With `called_off` also those whose dates to come are all cancelled: no search finds them, and who looks one up
    reads why.
    """
    now, today = timezone.now(), timezone.localdate()
    sessions = Session.objects.filter(opportunity=OuterRef("pk"))
    coming = sessions.filter(ends__gt=now) if called_off else sessions.filter(ends__gt=now, cancelled_at=None)
    over = ~Exists(coming) & Exists(sessions)
    return (
        Opportunity.objects.alias(host_pk=Coalesce("hosted_by_id", "offered_by_id"))
        .filter(Opportunity.unexpired(), Partner.shown("offered_by__"))
        .filter(Q(hosted_by=None) | Partner.shown("hosted_by__"))
        .filter(Q(deadline=None) | Q(deadline__gte=today))
        .exclude(Q(availability=Opportunity.Availability.DATED) & over)
        .exclude(_any_yes() & ~_accepted_as_answered())
        .exclude(_with_lapsed_document())
    )


def of_partners(partners: Iterable[int], *, called_off: bool = False) -> QuerySet[Opportunity]:
    """The public opportunities that any of these partners (by key) offers, offers together with others, or hosts."""
    keys = list(partners)
    together = CoOffer.objects.filter(opportunity=OuterRef("pk"), partner__in=keys)
    return public(called_off=called_off).filter(Q(offered_by__in=keys) | Q(hosted_by__in=keys) | Exists(together))


def live_of(partner: Partner) -> QuerySet[Opportunity]:
    """What a partner offers and has published, whether or not something hides it today."""
    return Opportunity.objects.filter(Opportunity.unexpired(), offered_by=partner).order_by("title", "pk")


def coming_sessions_of(partner: Partner) -> QuerySet[Session]:
    """The sessions to come of what a partner offers, hosts or offers with others, with places taken or waited for; soonest first."""
    together = CoOffer.objects.filter(opportunity=OuterRef("opportunity"), partner=partner)
    return (
        Session.objects.filter(
            Q(opportunity__offered_by=partner) | Q(opportunity__hosted_by=partner) | Exists(together),
            Q(taken__gt=0) | Q(waiting__gt=0),
            ends__gt=timezone.now(),
            cancelled_at=None,
        )
        .select_related("opportunity__offered_by", "opportunity__hosted_by")
        .order_by("starts", "pk")
    )


def partners_hosted_by(partner: Partner) -> QuerySet[Partner]:
    """The other partners whose live offers a partner hosts, and which are hidden with it."""
    hosted = Opportunity.objects.filter(Opportunity.unexpired(), offered_by=OuterRef("pk"), hosted_by=partner)
    return Partner.objects.filter(Exists(hosted)).exclude(pk=partner.pk).order_by("name", "pk")


def resting_on(document: Assurance) -> QuerySet[Opportunity]:
    """The live opportunities that cannot be public without this document of their host."""
    kinds = AssuranceRequirement.objects.filter(assurance_kind=document.kind).values("opportunity_kind")
    hosted = Q(hosted_by=document.partner_id) | Q(hosted_by=None, offered_by=document.partner_id)
    return Opportunity.objects.filter(Opportunity.unexpired(), hosted, kind__in=kinds).order_by("title", "pk")


def hidden_by_documents() -> QuerySet[Opportunity]:
    """Live opportunities of public partners that the public does not see, since a document of the host has lapsed."""
    return (
        Opportunity.objects.alias(host_pk=Coalesce("hosted_by_id", "offered_by_id"))
        .filter(Opportunity.unexpired(), Partner.shown("offered_by__"), _with_lapsed_document())
        .filter(Q(hosted_by=None) | Partner.shown("hosted_by__"))
        .order_by("offered_by__name", "title", "pk")
    )


def with_parts(queryset: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """Loads everything that a page or a search document shows, in a fixed number of queries."""
    return queryset.select_related(
        "offered_by", "hosted_by", "site__outward_code__borough", "outward_code__borough", "campaign", "image"
    ).prefetch_related(
        Prefetch("skill_items", OpportunitySkill.objects.select_related("tag__family")),
        Prefetch("audience_items", OpportunityAudience.objects.select_related("tag")),
        "sector_items__tag",
        "theme_items__tag",
        "subject_items__tag",
        "co_offers__partner",
        "access__feature",
        "timetable",
        "sessions",
        "safeguarding_decisions",
        Prefetch("offered_by__assurances"),
        Prefetch("hosted_by__assurances"),
        "offered_by__sites__outward_code__borough",
        "hosted_by__sites__outward_code__borough",
    )


def host_standings(opportunity: Opportunity, needed: frozenset[str] | None = None) -> list[Standing]:
    """How the host's documents stand today, for the kinds that this kind of opportunity needs."""
    kinds = requirements_by_kind().get(opportunity.kind, frozenset()) if needed is None else needed
    return standings(opportunity.host, kinds, opportunity.host.assurances.all(), timezone.localdate())


def visibility(opportunity: Opportunity, needed: frozenset[str] | None = None) -> Visibility:
    """Whether the public sees it now, why not, and until when. `needed` spares a query where many are judged."""
    return judge(
        opportunity,
        sessions=list(opportunity.sessions.all()),
        standings=host_standings(opportunity, needed),
        decisions=list(opportunity.safeguarding_decisions.all()),
        now=timezone.now(),
    )


def has_page(opportunity: Opportunity) -> bool:
    """Whether its page shows: to the public it does, or it is over only because its dates to come are cancelled.

    `public(called_off=True)` says the same in SQL.
    """
    reasons = visibility(opportunity).reasons
    now = timezone.now()
    return not reasons or (reasons == (Hidden.OVER,) and any(each.ends > now for each in opportunity.sessions.all()))


def is_held(opportunity: Opportunity) -> bool:
    """Whether publication waits for an officer's safeguarding decision."""
    return decision_holds(opportunity, opportunity.safeguarding_decisions.all())


def quality(opportunity: Opportunity) -> list[Criterion]:
    """How a placement stands against the quality standard."""
    kinds = {AssuranceKind.EMPLOYERS_LIABILITY, AssuranceKind.PUBLIC_LIABILITY, AssuranceKind.RISK_ASSESSMENT}
    held = standings(opportunity.host, kinds, opportunity.host.assurances.all(), timezone.localdate())
    return placement_quality(
        opportunity, held, skill_count=opportunity.skill_items.count(), access_count=opportunity.access.count()
    )


def is_for_under_18(opportunity: Opportunity) -> bool:
    """Whether any audience, age or year of it lies under 18: personal contacts are then never public."""
    if any(item.tag.under_18 for item in opportunity.audience_items.all()):
        return True
    if opportunity.year_from is not None or opportunity.year_to is not None:
        return True
    if opportunity.under_16:
        return True
    ages = (opportunity.age_from, opportunity.eligible_age_from)
    return any(age is not None and age < ADULT for age in ages)


def undecided() -> QuerySet[Opportunity]:
    """Opportunities with a yes to a safeguarding question and no decision on these answers yet, oldest first."""
    waiting = Opportunity.objects.filter(_any_yes()).exclude(Exists(_decisions_as_answered()))
    return waiting.select_related("offered_by").order_by("pk")


def waiting_for_moderation() -> QuerySet[TaskState]:
    """What officers have been asked to accept, the longest wait first. Pages are for others."""
    return (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            task__in=OfficerApproval.objects.values("pk"),
        )
        .select_related("revision", "workflow_state__requested_by")
        .prefetch_related("workflow_state__content_object")
        .order_by("started_at")
    )
