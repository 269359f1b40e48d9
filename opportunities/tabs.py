"""The tabs in which an opportunity is edited, and the fields on each."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, PublishingPanel

from taxonomy.forms import ForgivingImageChooser
from taxonomy.panels import TermsInlinePanel

from .panels import PathwaysPanel

WHAT = ObjectList(
    [
        FieldPanel("title", required_on_save=True),
        FieldRowPanel([FieldPanel("kind", required_on_save=True), FieldPanel("availability")]),
        FieldRowPanel([FieldPanel("offered_by"), FieldPanel("hosted_by")]),
        FieldPanel("summary"),
        FieldPanel("description"),
        InlinePanel("timetable", heading="What happens when", label="Line", panels=["when", "title", "text"]),
        InlinePanel("co_offers", heading="Offered together with", label="Partner", panels=["partner"]),
        FieldPanel("image", widget=ForgivingImageChooser),
        FieldRowPanel([FieldPanel("campaign"), FieldPanel("sourcing_team"), FieldPanel("reference")]),
        PublishingPanel(),
    ],
    heading="What it is",
)

SKILL_PANELS = [FieldPanel("tag", heading="Fusion skill"), FieldPanel("practice")]

WHO = ObjectList(
    [
        TermsInlinePanel("skill_items", heading="Fusion skills", label="Skill", panels=SKILL_PANELS),
        FieldPanel("audiences"),
        FieldRowPanel([FieldPanel("year_from"), FieldPanel("year_to")]),
        FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
        FieldRowPanel([FieldPanel("group_min"), FieldPanel("group_max"), FieldPanel("adult_ratio")]),
        FieldPanel("sectors"),
        FieldPanel("themes"),
        FieldPanel("subjects"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("eligible_age_from"), FieldPanel("eligible_age_to")]),
                FieldRowPanel(
                    [FieldPanel("eligible_employment"), FieldPanel("eligible_level"), FieldPanel("eligible_income")]
                ),
                FieldPanel("eligible_residence"),
                FieldPanel("eligible_boroughs"),
            ],
            heading="Who is eligible (adults)",
        ),
    ],
    heading="Who it is for",
)

WHERE = ObjectList(
    [
        FieldRowPanel([FieldPanel("format"), FieldPanel("place")]),
        FieldRowPanel([FieldPanel("site"), FieldPanel("outward_code")]),
        FieldRowPanel([FieldPanel("in_daytime"), FieldPanel("in_evening"), FieldPanel("at_weekend")]),
        FieldRowPanel([FieldPanel("hours_per_week"), FieldPanel("weeks"), FieldPanel("deadline")]),
        TermsInlinePanel("access", heading="Access", label="Feature", panels=["feature", "present", "note"]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("cost"), FieldPanel("cost_amount"), FieldPanel("cost_unit")]),
                FieldRowPanel([FieldPanel("family_price"), FieldPanel("cost_help")]),
            ],
            heading="Cost",
        ),
        FieldPanel("access_route"),
        FieldPanel("personal_connection"),
        PathwaysPanel("leads_to", heading="Leads to", label="Opportunity", panels=["target"]),
    ],
    heading="Where, when and how",
)

BY_KIND = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("placement_type"),
                FieldPanel("tasks"),
                FieldPanel("supervisor_role"),
                FieldPanel("days_and_hours"),
                FieldPanel("expenses"),
            ],
            heading="Placements",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("level"), FieldPanel("funded")])], heading="Courses and apprenticeships"
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("pay_amount"), FieldPanel("pay_unit")])],
            heading="Jobs, internships and apprenticeships",
        ),
        MultiFieldPanel(
            [FieldPanel("in_private_home"), FieldPanel("alone_with_one_adult"), FieldPanel("under_16")],
            heading="Three safeguarding questions",
        ),
    ],
    heading="By kind",
)
