"""How text becomes tokens: once, here, for documents and for queries, whatever the engine.

Engines index the tokens as they are, split at spaces, so that they cannot disagree on analysis.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from search.word_families import regrouped

# Longer runs of letters are noise, and no engine takes terms without a limit.
LONGEST_TOKEN = 64
#: The longest beginning of a word that is indexed for completion while typing.
LONGEST_PREFIX = 12

#: Its analysis is part of an index's name: another analyser means another index.
GOLDEN_SENTENCE = (
    "The museum’s children’s workshops weren't cancelled: archæologists, café owners & "
    "D&T teachers (Years 7–9, KS3) visited O'Neill's e-mail-free studios on 2nd May, ﬁnally! A photographer organized experiments "
    "in IT, A.I. and arts and crafts."
)

# Letters that stand for words, such as D&T, d and t, A.I.
_INITIALS_SHAPE = (
    r"(?<![^\W_])[^\W\d_](?:(?:\.[^\W\d_])+\.?|\s*&\s*[^\W\d_]|(?<!\bi)\s+and\s+[^\W\d_])(?![^\W_]|['’](?!s\b)\w)"
)
_WORD_SHAPE = r"[^\W_]+(?:['’ʼ`´＇][^\W_]+)*"
_WORD = re.compile(_WORD_SHAPE)
_WORD_OR_INITIALS = re.compile(f"{_INITIALS_SHAPE}|{_WORD_SHAPE}", re.IGNORECASE)
# Most texts hold none, and these three are found soon, which initials are not.
_DOT_INSIDE = re.compile(r"\.[^\W\d_]")
_AND_BETWEEN = re.compile(r"[aA][nN][dD](?<=\b\w\s\w\w\w)\s+\w\b")
_INITIALS = re.compile(_INITIALS_SHAPE, re.IGNORECASE)
_AND = re.compile(r"\s*&\s*|\s+and\s+", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’ʼ`´＇](?:s\b)?", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))

_STEMMED = (
    TextAnalyzerBuilder(Tokenizer.simple())
    .filter(Filter.remove_long(LONGEST_TOKEN))
    .filter(Filter.lowercase())
    .filter(Filter.ascii_fold())
    .filter(Filter.stopword("english"))
    .filter(Filter.stemmer("english"))
    .build()
)
_PLAIN = (
    TextAnalyzerBuilder(Tokenizer.simple())
    .filter(Filter.remove_long(LONGEST_TOKEN))
    .filter(Filter.lowercase())
    .filter(Filter.ascii_fold())
    .build()
)


def normalise(text: str) -> str:
    """The text in compatibility form, without invisible characters, halves of pairs and apostrophes; initials in one.

    "D&T" and "d and t" become D0T and d0t, which is no other word; "A.I." becomes AI. Apart, they would be any letters,
    or stop words.
    """
    if not text.isascii():
        whole = text.encode("utf-8", "ignore").decode("utf-8")
        text = unicodedata.normalize("NFKC", whole).translate(_INVISIBLE)
    if _may_hold_initials(text):
        text = _INITIALS.sub(_in_one, text)
    return _APOSTROPHES.sub("", text)


def words_in(text: str) -> Iterator[re.Match[str]]:
    """Where words for people stand: letters and digits, with apostrophes inside; initials such as D&T are one word."""
    return (_WORD_OR_INITIALS if _may_hold_initials(text) else _WORD).finditer(text)


def _may_hold_initials(text: str) -> bool:
    return "&" in text or bool(_DOT_INSIDE.search(text) or _AND_BETWEEN.search(text))


def _in_one(initials: re.Match[str]) -> str:
    return _AND.sub("0", initials.group()).replace(".", "")


def analyse(text: str) -> list[str]:
    """The tokens that documents and queries are compared by: folded, stemmed, no stop words."""
    return list(_STEMMED.analyze(regrouped(normalise(text))))


def plain_words(text: str) -> list[str]:
    """Every word of the text, folded to lower-case ASCII but neither stemmed nor left out."""
    return list(_PLAIN.analyze(normalise(text)))


def analysed(texts: Iterable[str]) -> str:
    """The tokens of several texts as one value for an index, separated by spaces."""
    return " ".join(token for text in texts for token in analyse(text))


def prefixes(texts: Iterable[str]) -> str:
    """All beginnings of all words, 1 to `LONGEST_PREFIX` letters, for completion while typing."""
    found: dict[str, None] = {}
    for text in texts:
        for word in plain_words(text):
            for end in range(1, min(len(word), LONGEST_PREFIX) + 1):
                found[word[:end]] = None
    return " ".join(found)
