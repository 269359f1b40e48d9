"""What each group of the CMS may do: the least that its work needs. Applied after every migration."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from accounts.models import ADMINISTRATORS, EDITORS, OFFICERS
from opportunities.models import OfficerApproval, Opportunity
from partners.models import Partner

WORKFLOW = "Officer approval"
CREATE, CHANGE, KEEP = ("view", "add"), ("view", "change"), ("view", "add", "change")
WRITE = (*KEEP, "delete")
SNIPPET = (*KEEP, "publish", "lock", "unlock")

# model label -> what officers may do with it. Terms are never deleted; decisions are never changed.
OFFICERS_MAY: dict[str, tuple[str, ...]] = {
    "partners.partner": SNIPPET,
    "partners.site": WRITE,
    "partners.contact": WRITE,
    "partners.assurance": KEEP,
    "partners.assurancedocument": CHANGE,
    "partners.partnerrecognition": WRITE,
    "partners.relationship": WRITE,
    "partners.partnermembership": WRITE,
    "partners.partnerinvitation": KEEP,
    "partners.partnerapplication": CHANGE,
    "opportunities.opportunity": SNIPPET,
    "opportunities.session": WRITE,
    "opportunities.safeguardingdecision": CREATE,
    "opportunities.campaign": KEEP,
    "opportunities.assurancerequirement": WRITE,
    "schools.school": KEEP,
    "schools.cohort": WRITE,
    "schools.group": WRITE,
    "schools.termperiod": WRITE,
    "schools.schoolmembership": WRITE,
    "schools.schoolinvitation": KEEP,
    "schools.staffapplication": CHANGE,
    "taxonomy.place": KEEP,
    "accounts.departmentmembership": WRITE,
    "accounts.advisermembership": WRITE,
    "accounts.departmentinvitation": KEEP,
    "accounts.adviserinvitation": KEEP,
    "directory.wantednote": CHANGE,
    "directory.problemreport": CHANGE,
}

VOCABULARIES = ("fusionskill", "audience", "sector", "theme", "subject", "recognition", "accessfeature")

# Editors keep the pages and the words.
EDITORS_MAY: dict[str, tuple[str, ...]] = {
    **{f"taxonomy.{name}": KEEP for name in VOCABULARIES},
    "taxonomy.skillfamily": CHANGE,
    "taxonomy.place": KEEP,
    "search.synonym": WRITE,
}

# Administrators look after people and settings, and whatever the others may do.
ADMINISTRATORS_MAY: dict[str, tuple[str, ...]] = {
    **OFFICERS_MAY,
    **EDITORS_MAY,
    "accounts.user": WRITE,
    "accounts.department": KEEP,
    "accounts.adviserteam": KEEP,
    "auth.group": ("view",),
    "notices.notice": ("view",),
    "wagtailredirects.redirect": WRITE,
    "wagtailcore.site": KEEP,
}

EXTRA: dict[str, tuple[str, ...]] = {
    OFFICERS: ("partners.suspend_partner",),
    ADMINISTRATORS: ("partners.suspend_partner",),
}

PAGES: dict[str, tuple[str, ...]] = {
    EDITORS: ("add_page", "change_page", "publish_page"),
    ADMINISTRATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}

IMAGES = ("add_image", "change_image", "choose_image")
DOCUMENTS = ("add_document", "change_document", "choose_document")
# Officers put pictures to partners and opportunities; documents belong to pages.
MEDIA: dict[str, tuple[str, ...]] = {
    OFFICERS: IMAGES,
    EDITORS: (*IMAGES, *DOCUMENTS),
    ADMINISTRATORS: (*IMAGES, *DOCUMENTS),
}


def _permissions(may: dict[str, tuple[str, ...]]) -> list[Permission]:
    found: list[Permission] = []
    for label, actions in may.items():
        app, model = label.split(".")
        found += Permission.objects.filter(
            content_type__app_label=app, codename__in=[f"{action}_{model}" for action in actions]
        )
    return found


def _named(names: tuple[str, ...]) -> list[Permission]:
    pairs = [name.split(".") for name in names]
    return [Permission.objects.get(content_type__app_label=app, codename=codename) for app, codename in pairs]


def _sync_group(name: str, may: dict[str, tuple[str, ...]]) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.set([access, *_permissions(may), *_named(EXTRA.get(name, ()))])

    root = Page.get_first_root_node()
    pages = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGES.get(name, ()))
    GroupPagePermission.objects.filter(group=group).exclude(page=root, permission__in=pages).delete()
    for permission in pages:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)

    collection = Collection.get_first_root_node()
    media = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=MEDIA[name]
    )
    GroupCollectionPermission.objects.filter(group=group).exclude(collection=collection, permission__in=media).delete()
    for permission in media:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


def _take_over_moderators() -> None:
    """The group and the workflow that Wagtail's first migration makes: its moderators are our officers.

    They do not moderate pages, though: that is left to administrators.
    """
    moderators = Group.objects.filter(name="Moderators").first()
    if moderators is None or Group.objects.filter(name=OFFICERS).exists():
        return
    moderators.name = OFFICERS
    moderators.save()
    administrators, _ = Group.objects.get_or_create(name=ADMINISTRATORS)
    for task in GroupApprovalTask.objects.filter(groups=moderators):
        task.groups.set([administrators])


def _sync_workflow(*groups: Group) -> None:
    """Partners and opportunities go through officers; administrators may do what they may."""
    task, _ = OfficerApproval.objects.get_or_create(name=WORKFLOW)
    task.groups.add(*groups)
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    for model in (Partner, Opportunity):
        content_type = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})


def sync_roles(**_: Any) -> None:
    """Makes the three groups and the moderation workflow what this module says. Safe to run again."""
    with transaction.atomic():
        _take_over_moderators()
        officers = _sync_group(OFFICERS, OFFICERS_MAY)
        _sync_group(EDITORS, EDITORS_MAY)
        administrators = _sync_group(ADMINISTRATORS, ADMINISTRATORS_MAY)
        _sync_workflow(officers, administrators)
