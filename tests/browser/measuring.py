"""What axe does not look for: sizes of targets, order of headings, labels, and text with wider spacing."""

from playwright.sync_api import Page

# What is wrong with the structure of a page as it is shown now, a line for each.
STRUCTURE = """() => {
    const shown = each => each.checkVisibility({visibilityProperty: true});
    const found = [];
    if (document.documentElement.lang.toLowerCase() !== 'en-gb') found.push(`lang is ${document.documentElement.lang}`);
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(shown);
    const ones = headings.filter(each => each.tagName === 'H1').length;
    if (ones !== 1) found.push(`${ones} headings of level 1`);
    let last = 1;  // what stands beside the content may come before its heading
    for (const each of headings) {
        const level = Number(each.tagName[1]);
        if (level > last + 1) found.push(`level ${level} after ${last}: ${each.textContent.trim()}`);
        last = level;
    }
    for (const each of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
        const words = [...each.labels].map(label => label.textContent).join('') + (each.getAttribute('aria-label') || '')
            + (document.getElementById(each.getAttribute('aria-labelledby')) || {textContent: ''}).textContent;
        if (!words.trim() && !each.matches('[type=submit], [type=button]')) found.push(`no label: ${each.outerHTML}`);
    }
    return found;
}"""

# Links, buttons and fields smaller than 24 pixels on a side, unless they stand in a sentence or wait to be focused.
SMALL = """ours => {
    const LEAST = 24 - 0.5;
    const block = each => {
        let up = each.parentElement;
        while (getComputedStyle(up).display.startsWith('inline') && up !== document.body) up = up.parentElement;
        return up;
    };
    const inSentence = each => getComputedStyle(each).display === 'inline'
        && block(each).textContent.trim().length > each.textContent.trim().length + 3;
    // A label is part of its box.
    const area = each => [each, ...(each.labels || [])].map(part => part.getBoundingClientRect());
    const targets = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary');
    return [...targets]
        .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.closest('[aria-hidden=true]'))
        .filter(each => each.closest(ours))
        .filter(each => !each.matches('.govuk-skip-link, .ff-visually-hidden, .ff-visually-hidden *'))
        .filter(each => !area(each).some(box => box.width >= LEAST && box.height >= LEAST) && !inSentence(each))
        .map(each => {
            const box = each.getBoundingClientRect();
            return `${Math.round(box.width)} by ${Math.round(box.height)}: ${each.outerHTML.slice(0, 160)}`;
        });
}"""

# WCAG 1.4.12, as a reader's own style sheet would say it; made by script, which the content policy does not mind.
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {
        line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
    } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
PLAIN = "() => { document.adoptedStyleSheets = []; }"

# Boxes that cut off some of the text in them.
CUT_OFF = """ours => [...document.querySelectorAll(`${ours} *`)]
    .filter(each => each.checkVisibility() && !each.closest('svg, .govuk-skip-link, [class*=visually-hidden], .w-sr-only'))
    .filter(each => [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
    .filter(each => {
        const style = getComputedStyle(each);
        const cuts = way => ['hidden', 'clip'].includes(way);
        return (cuts(style.overflowX) && each.scrollWidth > each.clientWidth + 1)
            || (cuts(style.overflowY) && each.scrollHeight > each.clientHeight + 1);
    })
    .map(each => each.outerHTML.slice(0, 160))"""

OVER_THE_EDGE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def assert_well_made(page: Page, where: str, ours: str = "body") -> None:
    """One heading on top, the others in order, every field labelled, every target of `ours` large enough."""
    _assert_none(page.evaluate(STRUCTURE), where)
    _assert_none(page.evaluate(SMALL, ours), f"{where}, smaller than 24 pixels")


def assert_bears_wider_text(page: Page, where: str, ours: str = "body") -> None:
    """With the spacing of WCAG 1.4.12 nothing of `ours` is cut off and nothing runs over the edge; leaves the page as it was."""
    page.evaluate(SPACING)
    _assert_none(page.evaluate(CUT_OFF, ours), f"{where}, cut off when text is spaced wider")
    over = page.evaluate(OVER_THE_EDGE)
    assert over <= 0, f"{where} runs over the edge by {over} px when text is spaced wider"
    page.evaluate(PLAIN)


def _assert_none(found: list[str], where: str) -> None:
    # Said in the message, since pytest explains only the assertions of tests.
    assert not found, "\n".join([where, *found])
