"""The addresses of those who publish for a partner or act for a school, and of those who join."""

from tests.architecture.access_roles import (
    GONE,
    NOT_THERE,
    PAGE,
    POST_ONLY,
    REFUSED,
    SENT_ON,
    SIGN_IN,
    Row,
    everybody,
    of_partner,
    staff,
)

OWN_OPPORTUNITY = "portal/<int:partner_pk>/opportunities/<int:opportunity_pk>/"
OWN_STEP = f"{OWN_OPPORTUNITY}step/<slug:step>/"
NOBODYS = everybody(NOT_THERE) | {"anonymous": SIGN_IN}
UPLOAD = "portal/<int:partner_pk>/upload/"
DATES = "portal/<int:partner_pk>/opportunities/<int:opportunity_pk>/dates/"

PORTAL_ROWS: tuple[Row, ...] = (
    # The portal: each partner's pages for those who act for it, and nobody else, officers included.
    Row(
        "portal/",
        "/portal/",
        everybody(PAGE) | {"anonymous": SIGN_IN, "partner member": SENT_ON, "school teacher": SENT_ON},
    ),
    Row("portal/<int:partner_pk>/", "/portal/{partner.pk}/", of_partner(PAGE)),
    Row("portal/<int:partner_pk>/opportunities/", "/portal/{partner.pk}/opportunities/", of_partner(PAGE)),
    Row("portal/<int:partner_pk>/opportunities/new/", "/portal/{partner.pk}/opportunities/new/", of_partner(PAGE)),
    Row(OWN_OPPORTUNITY, "/portal/{partner.pk}/opportunities/{opportunity.pk}/", of_partner(PAGE)),
    Row(f"{OWN_OPPORTUNITY}preview/", "/portal/{partner.pk}/opportunities/{opportunity.pk}/preview/", of_partner(PAGE)),
    Row(OWN_STEP, "/portal/{partner.pk}/opportunities/{draft_opportunity.pk}/step/what/", of_partner(PAGE)),
    *(
        Row(f"{OWN_OPPORTUNITY}{act}/", f"/portal/1/opportunities/{{opportunity.pk}}/{act}/", everybody(POST_ONLY))
        for act in ("submit", "withdraw", "copy", "end")
    ),
    Row(
        f"{OWN_OPPORTUNITY}discard/",
        "/portal/{partner.pk}/opportunities/{draft_opportunity.pk}/discard/",
        of_partner(PAGE),
    ),
    # Another partner's opportunity is not there, under either address.
    Row(OWN_OPPORTUNITY, "/portal/{partner.pk}/opportunities/{orphan_opportunity.pk}/", NOBODYS),
    Row(OWN_STEP, "/portal/{draft_partner.pk}/opportunities/{orphan_opportunity.pk}/step/what/", NOBODYS),
    # A partner's own page, its sites and whom to ask.
    *(
        Row(f"portal/<int:partner_pk>/page/{page}", f"/portal/{{partner.pk}}/page/{page}", of_partner(PAGE))
        for page in ("", "edit/", "preview/", "sites/add/", "contacts/add/")
    ),
    *(
        Row(f"portal/<int:partner_pk>/page/{step}/", f"/portal/{{partner.pk}}/page/{step}/", everybody(POST_ONLY))
        for step in ("send", "take-back")
    ),
    *(
        Row(
            f"portal/<int:partner_pk>/page/{things}/<int:{thing}_pk>/{page}",
            f"/portal/{{partner.pk}}/page/{things}/{{{thing}.pk}}/{page}",
            of_partner(PAGE),
        )
        for things, thing in (("sites", "site"), ("contacts", "contact"))
        for page in ("", "remove/")
    ),
    # How what it offers is found and used.
    *(
        Row(f"portal/<int:partner_pk>/use/{page}", f"/portal/{{partner.pk}}/use/{page}", of_partner(PAGE))
        for page in ("", "use.csv")
    ),
    Row(
        "portal/<int:partner_pk>/use/<int:opportunity_pk>/",
        "/portal/{partner.pk}/use/{opportunity.pk}/",
        of_partner(PAGE),
    ),
    # What officers returned to a partner, and what it changes without a check.
    Row("portal/<int:partner_pk>/page/returned/", "/portal/{partner.pk}/page/returned/", of_partner(PAGE)),
    *(
        Row(
            f"portal/<int:partner_pk>/opportunities/<int:opportunity_pk>/{page}/",
            f"/portal/{{partner.pk}}/opportunities/{{opportunity.pk}}/{page}/",
            of_partner(PAGE),
        )
        for page in ("returned", "price")
    ),
    *(
        Row(
            f"portal/<int:partner_pk>/opportunities/<int:opportunity_pk>/{page}/",
            f"/portal/{{partner.pk}}/opportunities/{{others_opportunity.pk}}/{page}/",
            of_partner(NOT_THERE),
        )
        for page in ("returned", "price")
    ),
    # Checking what partners send, which is the officers'.
    *(
        Row(route, path, everybody(REFUSED) | {"anonymous": SIGN_IN, "officer": PAGE, "administrator": PAGE})
        for route, path in (
            ("review/", "/review/"),
            ("review/changes/", "/review/changes/"),
            ("review/<int:pk>/", "/review/{waiting.pk}/"),
        )
    ),
    # Saying that all is still right: in the portal, and by the signed link in a message, for whoever has it.
    Row("portal/<int:partner_pk>/confirm/", "/portal/{partner.pk}/confirm/", everybody(POST_ONLY)),
    Row("still-right/<str:signed>/", "/still-right/{still_right}/", everybody(PAGE)),
    Row("still-right/<str:signed>/", "/still-right/{partner.pk}.never:guessed/", everybody(NOT_THERE)),
    Row("still-right/thanks/", "/still-right/thanks/", everybody(PAGE)),
    Row("portal/<int:partner_pk>/people/", "/portal/{partner.pk}/people/", of_partner(PAGE)),
    *(
        Row(f"portal/<int:partner_pk>/people/{step}/", f"/portal/{{partner.pk}}/people/{path}/", everybody(POST_ONLY))
        for step, path in (
            ("invite", "invite"),
            ("leave", "leave"),
            ("<int:pk>/role", "1/role"),
            ("<int:pk>/remove", "1/remove"),
            ("invitations/<int:pk>/revoke", "invitations/1/revoke"),
        )
    ),
    # A school's people see each other; nobody else does, officers included.
    Row(
        "school/<int:school_pk>/people/",
        "/school/{school.pk}/people/",
        everybody(NOT_THERE) | {"anonymous": SIGN_IN, "school teacher": PAGE},
    ),
    *(
        Row(f"school/<int:school_pk>/people/{step}/", f"/school/{{school.pk}}/people/{path}/", everybody(POST_ONLY))
        for step, path in (
            ("invite", "invite"),
            ("leave", "leave"),
            ("<int:pk>/remove", "1/remove"),
            ("invitations/<int:pk>/revoke", "invitations/1/revoke"),
            ("applications/<int:pk>/confirm", "applications/1/confirm"),
            ("applications/<int:pk>/decline", "applications/1/decline"),
        )
    ),
    # Joining. A link that does not work answers everybody alike.
    Row("join/", "/join/", everybody(PAGE)),
    Row("join/thanks/", "/join/thanks/", everybody(PAGE)),
    Row("join/school/", "/join/school/?q=school", everybody(PAGE)),
    Row("join/school/thanks/", "/join/school/thanks/", everybody(PAGE)),
    Row("join/school/<int:pk>/", "/join/school/{school.pk}/", everybody(PAGE)),
    Row("join/office/", "/join/office/?secret=guessed", everybody(GONE)),
    Row("join/office/thanks/", "/join/office/thanks/", everybody(PAGE)),
    Row("invitation/", "/invitation/?secret=guessed", everybody(GONE)),
    Row("invitation/accepted/", "/invitation/accepted/?what=partner", everybody(PAGE)),
    Row("portal/<int:partner_pk>/documents/", "/portal/{partner.pk}/documents/", of_partner(PAGE)),
    Row(
        "portal/<int:partner_pk>/documents/<uuid:key>/file/",
        "/portal/{partner.pk}/documents/{document.key}/file/",
        of_partner(PAGE),
    ),
    Row(
        "portal/<int:partner_pk>/documents/<uuid:key>/file/",
        "/portal/{partner.pk}/documents/{foreign_document.key}/file/",
        of_partner(NOT_THERE),
    ),
    # Its people act for it and for no other: the other partner's address leads them nowhere either.
    Row(
        "portal/<int:partner_pk>/documents/<uuid:key>/file/",
        "/portal/{foreign_document.partner.pk}/documents/{foreign_document.key}/file/",
        of_partner(NOT_THERE),
    ),
    Row(
        "portal/<int:partner_pk>/documents/<uuid:key>/take-back/",
        "/portal/{partner.pk}/documents/{document.key}/take-back/",
        everybody(POST_ONLY),
    ),
    # Documents that wait for officers (administrators hold that right too).
    *(
        Row(
            f"admin/documents-to-check/{route}",
            f"/admin/documents-to-check/{path}",
            staff(officer=PAGE, administrator=PAGE),
        )
        for route, path in (
            ("", ""),
            ("<uuid:key>/", "{document.key}/"),
            ("<uuid:key>/file/", "{document.key}/file/"),
        )
    ),
    *(
        Row(
            f"admin/documents-to-check/<uuid:key>/{step}/",
            f"/admin/documents-to-check/{{document.key}}/{step}/",
            staff(officer=POST_ONLY, administrator=POST_ONLY),
        )
        for step in ("accept", "give-back", "delete-dbs")
    ),
    Row(DATES, "/portal/{partner.pk}/opportunities/{opportunity.pk}/dates/", of_partner(PAGE)),
    *(
        Row(
            f"{DATES}<int:session_pk>/{step}",
            f"/portal/{{partner.pk}}/opportunities/{{opportunity.pk}}/dates/{{session.pk}}/{step}",
            of_partner(answer),
        )
        for step, answer in (("", PAGE), ("cancel/", PAGE), ("remove/", POST_ONLY))
    ),
    Row(UPLOAD, "/portal/{partner.pk}/upload/", of_partner(PAGE)),
    Row(f"{UPLOAD}template.<slug:kind>", "/portal/{partner.pk}/upload/template.csv", of_partner(PAGE)),
    Row(f"{UPLOAD}<int:run_pk>/", "/portal/{partner.pk}/upload/{upload.pk}/", of_partner(PAGE)),
    *(
        Row(
            f"{UPLOAD}<int:run_pk>/{step}/",
            f"/portal/{{partner.pk}}/upload/{{upload.pk}}/{step}/",
            of_partner(POST_ONLY),
        )
        for step in ("confirm", "discard")
    ),
)
