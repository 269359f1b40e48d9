"""Whether words name a DBS certificate. A photograph of one cannot be told from any other: officers look at each."""

import re

from .refusal import NO_DBS, Refusal, Why

_CHECK = r"(dbs|crb|disclosure and barring( service)?|criminal records? bureau)"
NAMES_A_CHECK = re.compile(rf"\b{_CHECK}\b")
# A name of a file with one of these is a document about checks.
ABOUT_CHECKS = re.compile(
    r"\b(polic(y|ies)|statement|procedures?|process|guidance|guide|letter|vetting|risk|assessment|recruitment|how)\b"
)
# What stands on a certificate and in no policy: its number, or two of its own headings.
NUMBERED = re.compile(r"\b(certificate|disclosure)\s*(no|number|ref(erence)?|num)?\b[^a-z0-9]{0,12}\d{12}\b")
HEADINGS = (
    "police records of convictions, cautions, reprimands and warnings",
    "information from the list held under section 142 of the education act 2002",
    "dbs children's barred list information",
    "dbs adults' barred list information",
    "other relevant information disclosed at the chief police officer",
    "date of issue",
    "applicant personal details",
    "employment details",
    "countersignatory details",
)


def refuse_dbs_name(name: str) -> None:
    """Raises Refusal for a file whose name says that it is a certificate: "Robin DBS.jpg", but not "dbs policy.pdf"."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)  # RobinDBS
    words = re.sub(r"[\W_]+", " ", apart).lower()
    if NAMES_A_CHECK.search(words) and not ABOUT_CHECKS.search(words):
        raise Refusal(Why.DBS, NO_DBS)


def refuse_dbs_text(text: str) -> None:
    """Raises Refusal for the words of a certificate, or for the number of one, which is as personal."""
    words = re.sub(r"\s+", " ", text.replace("’", "'").lower())
    if not NAMES_A_CHECK.search(words):
        return
    if NUMBERED.search(words) or sum(heading in words for heading in HEADINGS) >= 3:
        raise Refusal(Why.DBS, NO_DBS)
