"""The home page, guides, the campaign, and what is not there."""

from tests.browser.looking import State

STATES = {
    "home": State("/", "Where classrooms, stages and workplaces meet"),
    "guides": State("/guides/", "Guides"),
    "guide": State("/guides/planning-a-visit/", "Planning a visit"),
    "campaign, with a mistake": State("/careers-festival/?year=99&places=left", "Meet the working city"),
    "privacy": State("/privacy/", "What we keep"),
    "privacy for young people": State("/privacy/young-people/", "Your privacy, for young people"),
    "accessibility": State("/accessibility/", "Can everybody use this site?"),
    "not here": State("/opportunities/999999-gone/", "This page is not here"),
}
