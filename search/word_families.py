"""Words that a stemmer takes for one and are not, and words that it parts and people use for one thing.

The stemmer cuts endings by rule: "hospitality" becomes what "hospital" becomes, and "photographer" stays apart from
"photography". Both are put right before it cuts, alike in documents and in queries.
"""

from __future__ import annotations

import re

#: Each family of forms is kept apart from whatever else its stem would meet: experiments are no experience.
_APART = (
    "animation animations animator animators animated",
    "authority authorities",
    "business businesses",
    "celebrity celebrities",
    "conservative conservatives",
    "conversion conversions",
    "ealing",
    "engine engines",
    "experiment experiments experimental experimenting experimented",
    "hospitality",
    "mineral minerals",
    "physics physicist physicists",
    "polite politely",
    "production productions",
    "projection projections projector projectors",
)

#: Who does something counts as what they do: somebody who types "plumber" looks for plumbing.
_TOGETHER = {
    "apprenticeship": "apprentice apprentices",
    "archaeology": "archaeologist archaeologists",
    "archive": "archivist archivists",
    "baking": "baker bakers",
    "biology": "biologist biologists",
    "bookbinding": "bookbinder bookbinders",
    "carpentry": "carpenter carpenters",
    "chemistry": "chemist chemists",
    "coding": "coder coders",
    "dance": "dancer dancers",
    "economics": "economist economists",
    "electrical": "electrician electricians",
    "filmmaking": "filmmaker filmmakers",
    "floristry": "florist florists",
    "gardening": "gardener gardeners",
    "geography": "geographer geographers",
    "hairdressing": "hairdresser hairdressers",
    "history": "historian historians",
    "internship": "intern interns",
    "jewellery": "jeweller jewellers",
    "journalism": "journalist journalists",
    "library": "librarian librarians",
    "mathematics": "mathematician mathematicians",
    "music": "musician musicians",
    "painting": "painter painters",
    "photography": "photographer photographers",
    "plumbing": "plumber plumbers",
    "poetry": "poet poets",
    "pottery": "potter potters",
    "programming": "programmer programmers",
    "research": "researcher researchers",
    "science": "scientist scientists",
    "sculpture": "sculptor sculptors",
    "singing": "singer singers",
    "upholstery": "upholsterer upholsterers",
    "volunteering": "voluntary",
    "weaving": "weaver weavers",
    "writing": "writer writers",
}

#: Abbreviations that, once in lower case, are small words that nobody looks for.
_SPELT_OUT = {"IT": "ICT"}
_ABBREVIATION = re.compile(rf"\b(?:{'|'.join(_SPELT_OUT)})\b")

# No stemmer cuts a word that ends in a figure, and nobody types one.
_SEPARATE = {form: f"{family.split()[0]}0" for family in _APART for form in family.split()}
_JOINED = {form: word for word, forms in _TOGETHER.items() for form in forms.split()}
_INSTEAD = _SEPARATE | _JOINED
# Not where a figure follows: that is what a word was replaced by already.
_WORD = re.compile(r"[a-z]{4,}(?![a-z0-9])")
# The American spelling, which the stemmer does not bring together with ours.
_IZE = re.compile(r"(?<=\w{4})iz(?=(?:e[sdr]?|ers|ing|ations?|ational)\b)")


def spelt_out(text: str) -> str:
    """The text, abbreviations that look like small words replaced by what else they are called."""
    return _ABBREVIATION.sub(lambda found: _SPELT_OUT[found.group()], text)


def regrouped(text: str) -> str:
    """The text in lower case, such words replaced by what they are to be compared as."""
    text = spelt_out(text).lower()
    if "iz" in text:
        text = _IZE.sub("is", text)
    # Most texts hold none of them, and looking is cheaper than replacing.
    if _INSTEAD.keys().isdisjoint(_WORD.findall(text)):
        return text
    return _WORD.sub(lambda found: _INSTEAD.get(found.group(), found.group()), text)
