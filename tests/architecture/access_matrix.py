"""Every address of the site and what each role gets there. An address that is not here fails the test.

To add an address, add a `Row` with its route as the resolver writes it, an address to try, and what each
role gets. To add a model to the CMS, add a `Desk`. `test_access_matrix.py` asks for each as each role.
"""

from tests.architecture.access_portal import PORTAL_ROWS
from tests.architecture.access_roles import (
    NOT_THERE,
    PAGE,
    POST_ONLY,
    REFUSED,
    ROLES,
    SENT_ON,
    SIGN_IN,
    Desk,
    Row,
    everybody,
    own,
    snippet,
    staff,
)

# Routes of other projects that are mounted whole. Each is tried at its front door; in the CMS's, the
# sweep below also tries every other door as those who have no business there.
OTHERS = (
    Row("admin/", "/admin/", staff(officer=PAGE, editor=PAGE, administrator=PAGE)),
    Row("documents/", "/documents/1/none.pdf", everybody(NOT_THERE)),
    Row("_util/", "/_util/login/", everybody(SIGN_IN)),
)

# What the CMS shows to anybody, since it holds nothing of the site.
OPEN_DOORS_OF_THE_CMS = (
    "admin/login/",
    "admin/logout/",
    "admin/password_reset/",
    "admin/jsi18n/",
    "admin/sprite/",
    "admin/test404/",
    "admin/failwhale/",
)

# A step of signing in: back to its beginning, or on for those who are in already (staff to the CMS, which reads so).
ENTERED = staff(REFUSED, REFUSED, REFUSED) | dict.fromkeys(ROLES[1:5], SENT_ON)

NAMED_OPPORTUNITY = "opportunities/<int:pk>-<name:slug>/"
NAMED_PARTNER = "partners/<int:pk>-<name:slug>/"

ROWS: tuple[Row, ...] = (
    # Public: the same for everybody.
    # The pages that editors keep; the home page among them.
    Row(r"^((?:[\w\-]+/)*)$", "/", everybody(PAGE)),
    Row("search/", "/search/", everybody(PAGE)),
    Row("search/results.xlsx", "/search/results.xlsx", everybody(PAGE)),
    Row("search/suggestions/", "/search/suggestions/?q=a", everybody(PAGE)),
    Row("privacy/", "/privacy/", everybody(PAGE)),
    Row("privacy/young-people/", "/privacy/young-people/", everybody(PAGE)),
    Row("accessibility/", "/accessibility/", everybody(PAGE)),
    Row("media/images/<str:name>", "/media/images/none.jpg", everybody(NOT_THERE)),
    Row("opportunities/", "/opportunities/", everybody(SENT_ON)),
    Row("opportunities/<int:pk>/", "/opportunities/{opportunity.pk}/", everybody(SENT_ON)),
    Row(NAMED_OPPORTUNITY, "/opportunities/{opportunity.pk}-{opportunity.slug}/", everybody(PAGE)),
    Row("partners/", "/partners/", everybody(PAGE)),
    Row("partners/<int:pk>/", "/partners/{partner.pk}/", everybody(SENT_ON)),
    Row(NAMED_PARTNER, "/partners/{partner.pk}-{partner.slug}/", everybody(PAGE)),
    Row(f"{NAMED_OPPORTUNITY}contact/", "/opportunities/{opportunity.pk}-x/contact/", everybody(PAGE)),
    Row(f"{NAMED_OPPORTUNITY}website/", "/opportunities/{opportunity.pk}-x/website/", everybody(SENT_ON)),
    Row(f"{NAMED_PARTNER}contact/", "/partners/{partner.pk}-x/contact/", everybody(PAGE)),
    Row(f"{NAMED_PARTNER}website/", "/partners/{partner.pk}-x/website/", everybody(SENT_ON)),
    # The shortlist of a browser, and lists that were shared: whoever has the address may read one.
    Row("shortlist/", "/shortlist/", everybody(PAGE)),
    Row("shortlist/saved.json", "/shortlist/saved.json", everybody(PAGE)),
    Row("shortlist/change/", "/shortlist/change/", everybody(POST_ONLY)),
    Row("shortlist/share/", "/shortlist/share/", everybody(POST_ONLY)),
    Row("lists/<name:signed>/", "/lists/{signed_list}/", everybody(PAGE)),
    Row("lists/<name:signed>/", "/lists/{shared_list.number}-guessed/", everybody(NOT_THERE)),
    Row("lists/<name:signed>/take/", "/lists/{signed_list}/take/", everybody(POST_ONLY)),
    # By the number alone: those who help people at a desk and on the telephone.
    Row(
        "lists/",
        "/lists/",
        everybody(REFUSED) | {"anonymous": SIGN_IN} | dict.fromkeys(("adviser", "officer", "administrator"), PAGE),
    ),
    # What visitors write to officers.
    Row("wanted/", "/wanted/", everybody(PAGE)),
    Row("wanted/thanks/", "/wanted/thanks/", everybody(PAGE)),
    Row("report/thanks/", "/report/thanks/", everybody(PAGE)),
    Row(f"{NAMED_OPPORTUNITY}report/", "/opportunities/{opportunity.pk}-{opportunity.slug}/report/", everybody(PAGE)),
    Row(f"{NAMED_OPPORTUNITY}report/", "/opportunities/{draft_opportunity.pk}-x/report/", everybody(NOT_THERE)),
    Row(f"{NAMED_PARTNER}report/", "/partners/{partner.pk}-{partner.slug}/report/", everybody(PAGE)),
    Row(f"{NAMED_PARTNER}report/", "/partners/{draft_partner.pk}-x/report/", everybody(NOT_THERE)),
    Row("health/", "/health/", everybody(PAGE)),
    Row("robots.txt", "/robots.txt", everybody(PAGE)),
    Row("sitemap.xml", "/sitemap.xml", everybody(PAGE)),
    Row("sitemap-<slug:section>.xml", "/sitemap-opportunities.xml", everybody(PAGE)),
    Row(f"{NAMED_OPPORTUNITY}print/", "/opportunities/{opportunity.pk}-x/print/", everybody(PAGE)),
    Row(f"{NAMED_OPPORTUNITY}desk-sheet/", "/opportunities/{opportunity.pk}-x/desk-sheet/", everybody(PAGE)),
    Row("o/<int:pk>/", "/o/{opportunity.pk}/", everybody(SENT_ON)),
    Row("opportunities/<int:pk>/shared/", "/opportunities/{opportunity.pk}/shared/", everybody(POST_ONLY)),
    Row("partners/<int:pk>/shared/", "/partners/{partner.pk}/shared/", everybody(POST_ONLY)),
    Row("search/calendar.ics", "/search/calendar.ics", everybody(PAGE)),
    Row("sessions/<int:pk>/calendar.ics", "/sessions/{session.pk}/calendar.ics", everybody(PAGE)),
    Row("opportunities/<int:pk>/calendar.ics", "/opportunities/{opportunity.pk}/calendar.ics", everybody(PAGE)),
    Row("partners/<int:pk>/calendar.ics", "/partners/{partner.pk}/calendar.ics", everybody(PAGE)),
    # Drafts: nobody sees them on the site, whatever their role; staff see them in the CMS.
    Row(NAMED_OPPORTUNITY, "/opportunities/{draft_opportunity.pk}-{draft_opportunity.slug}/", everybody(NOT_THERE)),
    Row(NAMED_OPPORTUNITY, "/opportunities/{orphan_opportunity.pk}-{orphan_opportunity.slug}/", everybody(NOT_THERE)),
    Row(NAMED_PARTNER, "/partners/{draft_partner.pk}-{draft_partner.slug}/", everybody(NOT_THERE)),
    *(
        Row(f"{NAMED_OPPORTUNITY}{page}/", f"/opportunities/{{draft_opportunity.pk}}-x/{page}/", everybody(NOT_THERE))
        for page in ("contact", "website", "print", "desk-sheet")
    ),
    Row("o/<int:pk>/", "/o/{draft_opportunity.pk}/", everybody(NOT_THERE)),
    *(
        Row(f"{NAMED_PARTNER}{page}/", f"/partners/{{draft_partner.pk}}-x/{page}/", everybody(NOT_THERE))
        for page in ("contact", "website")
    ),
    Row("sessions/<int:pk>/calendar.ics", "/sessions/{draft_session.pk}/calendar.ics", everybody(NOT_THERE)),
    Row(
        "opportunities/<int:pk>/calendar.ics",
        "/opportunities/{draft_opportunity.pk}/calendar.ics",
        everybody(NOT_THERE),
    ),
    Row("partners/<int:pk>/calendar.ics", "/partners/{draft_partner.pk}/calendar.ics", everybody(NOT_THERE)),
    # Signing in and out.
    Row("sign-in/", "/sign-in/", everybody(PAGE)),
    Row("sign-in/code/", "/sign-in/code/", ENTERED),
    Row("sign-in/second-step/", "/sign-in/second-step/", ENTERED),
    # Asked by scripts, which say that they want JSON; a person who opens it is sent to the page itself.
    Row("sign-in/passkey/", "/sign-in/passkey/", ENTERED),
    Row("sign-out/", "/sign-out/", everybody(POST_ONLY)),
    # About oneself. Adding the first way needs no confirmation; what is not there yet cannot be changed.
    Row("account/", "/account/", own(PAGE)),
    Row("account/app/", "/account/app/", own(PAGE)),
    Row("account/app/remove/", "/account/app/remove/", own(NOT_THERE)),
    Row("account/passkeys/add/", "/account/passkeys/add/", own(PAGE)),
    Row("account/passkeys/<int:pk>/name/", "/account/passkeys/1/name/", own(NOT_THERE)),
    Row("account/passkeys/<int:pk>/remove/", "/account/passkeys/1/remove/", own(NOT_THERE)),
    Row("account/recovery-codes/", "/account/recovery-codes/", own(NOT_THERE)),
    Row("account/recovery-codes/new/", "/account/recovery-codes/new/", own(PAGE)),
    Row("account/confirm/", "/account/confirm/", own(REFUSED)),
    Row("account/confirm/passkey/", "/account/confirm/passkey/", own(REFUSED)),
    Row("account/devices/", "/account/devices/", own(PAGE)),
    # Only in the demonstration, which does not start outside debug.
    Row("demo/sign-in-as/", "/demo/sign-in-as/", everybody(PAGE)),
    Row("demo/messages/", "/demo/messages/", everybody(PAGE)),
    Row("demo/messages/<int:pk>/", "/demo/messages/{notice.pk}/", everybody(PAGE)),
    # What each person gets told by mail: for themselves, or by the link in a message.
    Row("account/messages/", "/account/messages/", everybody(PAGE) | {"anonymous": SIGN_IN}),
    Row("messages/switch-off/", "/messages/switch-off/?m=guessed", everybody(NOT_THERE)),
    *PORTAL_ROWS,
    # Importing, which is the officers' (administrators hold that right too).
    Row("admin/import/", "/admin/import/", staff(officer=PAGE, administrator=PAGE)),
    Row(
        "admin/import/template/<slug:table>.<slug:kind>",
        "/admin/import/template/partners.csv",
        staff(officer=PAGE, administrator=PAGE),
    ),
    Row("admin/import/<int:pk>/", "/admin/import/{run.pk}/", staff(officer=PAGE, administrator=PAGE)),
    *(
        Row(
            f"admin/import/<int:pk>/{step}/",
            f"/admin/import/{{run.pk}}/{step}/",
            staff(officer=POST_ONLY, administrator=POST_ONLY),
        )
        for step in ("confirm", "discard")
    ),
    # Whom officers ring once a partner is suspended.
    Row(
        "admin/partners/whom-to-ring/<int:pk>/",
        "/admin/partners/whom-to-ring/{partner.pk}/",
        staff(officer=PAGE, administrator=PAGE),
    ),
    # Wagtail's own pages of the CMS on which much depends.
    Row("admin/groups/", "/admin/groups/", staff(administrator=PAGE)),
    Row("admin/sites/", "/admin/sites/", staff(administrator=PAGE)),
    Row("admin/redirects/", "/admin/redirects/", staff(administrator=PAGE)),
    Row("admin/pages/", "/admin/pages/", staff(editor=PAGE, administrator=PAGE)),
    Row("admin/workflows/list/", "/admin/workflows/list/", staff()),
    Row("admin/collections/", "/admin/collections/", staff()),
)

VOCABULARIES = ("fusionskill", "audience", "sector", "theme", "subject", "recognition", "accessfeature")

DESKS: tuple[Desk, ...] = (
    # What officers look after; administrators may do whatever they may.
    snippet("opportunities.opportunity", officer="vac", administrator="vac"),
    Desk("admin/opportunities/sessions/", "opportunities.session", "vac", "", "vac"),
    Desk("admin/opportunities/campaigns/", "opportunities.campaign", "vac", "", "vac"),
    Desk("admin/opportunities/documents-needed/", "opportunities.assurancerequirement", "vac", "", "vac"),
    # A decision is taken once and never changed.
    Desk("admin/opportunities/safeguarding-decisions/", "opportunities.safeguardingdecision", "va", "", "va"),
    snippet("partners.partner", officer="vac", administrator="vac"),
    Desk("admin/partners/sites/", "partners.site", "vac", "", "vac", choosers=("admin/partners/choose-site/",)),
    Desk("admin/partners/contacts/", "partners.contact", "vac", "", "vac"),
    Desk("admin/partners/documents/", "partners.assurance", "vac", "", "vac"),
    Desk("admin/partners/recognitions/", "partners.partnerrecognition", "vac", "", "vac"),
    Desk("admin/partners/relationships/", "partners.relationship", "vac", "", "vac"),
    Desk("admin/partners/people/", "partners.partnermembership", "vac", "", "vac"),
    # Invitations are taken back, never deleted; applications come from outside and are decided.
    Desk("admin/partners/invitations/", "partners.partnerinvitation", "vac", "", "vac"),
    Desk("admin/partners/applications/", "partners.partnerapplication", "vc", "", "vc"),
    Desk("admin/schools/invitations/", "schools.schoolinvitation", "vac", "", "vac"),
    Desk("admin/schools/applications/", "schools.staffapplication", "vc", "", "vc"),
    Desk("admin/teams/department-invitations/", "accounts.departmentinvitation", "vac", "", "vac"),
    Desk("admin/teams/adviser-invitations/", "accounts.adviserinvitation", "vac", "", "vac"),
    Desk("admin/schools/schools/", "schools.school", "vac", "", "vac", choosers=("admin/schools/choose-school/",)),
    Desk(
        "admin/schools/year-groups/", "schools.cohort", "vac", "", "vac", choosers=("admin/schools/choose-year-group/",)
    ),
    Desk("admin/schools/classes/", "schools.group", "vac", "", "vac"),
    Desk("admin/schools/term-dates/", "schools.termperiod", "vac", "", "vac"),
    Desk("admin/schools/people/", "schools.schoolmembership", "vac", "", "vac"),
    Desk("admin/teams/department-people/", "accounts.departmentmembership", "vac", "", "vac"),
    Desk("admin/teams/advisers/", "accounts.advisermembership", "vac", "", "vac"),
    # What visitors leave: nobody in the CMS adds one, or changes more than what came of it.
    Desk("admin/visitors/wanted/", "directory.wantednote", "vc", "", "vc"),
    Desk("admin/visitors/reports/", "directory.problemreport", "vc", "", "vc"),
    # The words, which editors keep.
    *(Desk(f"admin/vocabularies/{name}/", f"taxonomy.{name}", "", "vac", "vac") for name in VOCABULARIES),
    Desk("admin/vocabularies/skill-families/", "taxonomy.skillfamily", "", "vc", "vc"),
    Desk("admin/vocabularies/neighbourhoods/", "taxonomy.place", "vac", "vac", "vac"),
    snippet("search.synonym", editor="vac", administrator="vac", choosers_for_all=True),
    # People and teams, which only administrators look after.
    Desk("admin/teams/departments/", "accounts.department", "", "", "vac"),
    Desk("admin/teams/adviser-teams/", "accounts.adviserteam", "", "", "vac"),
    Desk("admin/users/", "accounts.user", "", "", "vac"),
    # What was sent: nobody writes, changes or deletes a message.
    Desk("admin/messages/", "notices.notice", "", "", "v"),
)
