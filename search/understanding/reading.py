"""Puts together what the jobs find: one structured query, and what to tell the user of it."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from search.query import Area, Clause, TextQuery
from search.results import Reading, Understood
from search.understanding.contacts import find_contacts
from search.understanding.facet_words import LOOSE_FORMS
from search.understanding.genre import TIMES, find_asides, find_genre, find_head_counts
from search.understanding.kinds import find_lifts
from search.understanding.parting import find_joined, with_joined
from search.understanding.places import find_places, without_postcodes
from search.understanding.spelling import corrected, is_very_common
from search.understanding.synonyms import find_synonyms
from search.understanding.vocabulary import Vocabulary
from search.understanding.words import Found, Word, clean, cut, reading_key, token_run
from search.understanding.years import find_years

#: From so many things asked for on, a text is a whole sentence.
_LONG_TEXT = 5
#: Beside so many things a day or a month need not be there: "Saturday volunteering" means it.
_TIMELESS = 2
_AFTER_INITIALS = (".", "+", "#")


def understand(text: str, vocabulary: Vocabulary, undone: Collection[str] = ()) -> Understood:
    """Reads a typed text. `undone` holds the keys of readings that the user took back.

    Whatever is typed, the answer is a query: it raises nothing. The text of the answer has no full
    postcode in it, and reading it again gives the same query.
    """
    taken_back = frozenset(undone)
    typed = without_postcodes(clean(text), vocabulary)
    shown, words, spelling = _spelt(typed, vocabulary, taken_back)
    found = _chosen(
        [
            *find_years(shown, words, vocabulary),
            *find_places(shown, words, vocabulary),
            *find_synonyms(shown, words, vocabulary),
            *find_joined(shown, words, vocabulary),
            *find_contacts(shown, words),
            *find_head_counts(words),
            *find_asides(words),
        ],
        words,
        taken_back,
    )
    pointing = with_joined(_without_asides(words, found), found)
    kinds, skills, others, lifting = find_lifts(shown, pointing, vocabulary, taken_back)
    clauses, wished, run = _clauses(shown, words, found, vocabulary)
    readings = (*spelling, *(reading for runs in found for reading in _told(runs)), *lifting)
    return Understood(typed, shown, TextQuery(clauses, run, kinds, skills, others, wished), readings)


def _without_asides(words: Sequence[Word], found: Sequence[Sequence[Found]]) -> Sequence[Word]:
    """The words, of which those that are said by the way point to nothing."""
    aside = {index for (first, *_) in found if first.aside for index in range(first.first, first.last + 1)}
    return (
        [replace(word, tokens=()) if index in aside else word for index, word in enumerate(words)] if aside else words
    )


def _told(runs: Sequence[Found]) -> list[Reading]:
    """What to say of a run: its years or place; that KS3 is also called key stage 3 goes without saying then."""
    readings = [] if runs[0].weightless else [each.reading for each in runs if each.reading]
    return [reading for reading in readings if reading.job != "synonym"] or readings


def _spelt(
    typed: str, vocabulary: Vocabulary, undone: frozenset[str]
) -> tuple[str, tuple[Word, ...], tuple[Reading, ...]]:
    """The text with misspelt words corrected, its words, and what was corrected."""
    words = cut(typed)
    shown: list[str] = []
    readings: list[Reading] = []
    at = 0
    for word in words:
        key = reading_key("spelling", word.typed)
        better = None if key in undone else corrected(word.plain, vocabulary)
        if better is not None:
            readings.append(Reading("spelling", word.typed, better, key))
            shown.extend((typed[at : word.start], better))
            at = word.end
    if not readings:
        return typed, words, ()
    text = clean("".join((*shown, typed[at:])))
    return text, cut(text), tuple(readings)


def _chosen(read: Sequence[Found], words: Sequence[Word], undone: frozenset[str]) -> list[list[Found]]:
    """The findings to keep, in order: longer ones first claim their words, equal runs go together; then what is idle."""
    claimed: set[int] = set()
    kept: dict[tuple[int, int], list[Found]] = {}
    wanted = [each for each in read if each.reading is None or each.reading.key not in undone]
    for each in sorted(wanted, key=lambda each: (-each.size, each.first)):
        run = (each.first, each.last)
        indexes = set(range(each.first, each.last + 1))
        if run in kept:
            kept[run].append(each)
        elif not indexes & claimed:
            kept[run] = [each]
            claimed |= indexes
    kept.update({(each.first, each.last): [each] for each in find_genre(words, claimed)})
    return [kept[run] for run in sorted(kept)]


def _clauses(
    text: str, words: Sequence[Word], found: Sequence[Sequence[Found]], vocabulary: Vocabulary
) -> tuple[tuple[Clause, ...], tuple[str, ...], tuple[str, ...]]:
    """One clause for each finding and for each word outside of them; what is only wished; and the tokens in their order."""
    begins = {runs[0].first: runs for runs in found}
    clauses: dict[Clause, Word | None] = {}
    run: list[str] = []
    index = 0
    while index < len(words):
        runs = begins.get(index)
        if runs is None:
            tokens = words[index].tokens
            run.extend(tokens)
            for token in tokens:
                clauses[Clause((token,))] = words[index]
            index += 1
            continue
        first, last = runs[0].first, runs[0].last
        if not runs[0].weightless:
            # The words of nearness before a place are no part of what was named.
            named = token_run(words, first, last) if runs[0].words_count else next(iter(runs[0].phrases), ())
            run.extend(named)
            clauses[_clause(words, runs)] = None
        index = last + 1
    kept = [clause for clause in clauses if clause.words or clause.phrases or clause.years or clause.area]
    long = len(kept) >= _LONG_TEXT
    asked = [
        clause
        for clause in kept
        if not _is_only(clause, LOOSE_FORMS)
        and not ((word := clauses[clause]) and _says_nothing(word, text, vocabulary, long=long))
    ] or kept
    timeless = [clause for clause in asked if not _is_only(clause, TIMES)]
    if len(timeless) < _TIMELESS:
        return tuple(asked), (), tuple(run)
    wished = dict.fromkeys(token for clause in asked if clause not in timeless for token in clause.words)
    return tuple(timeless), tuple(wished), tuple(run)


def _is_only(clause: Clause, stems: frozenset[str]) -> bool:
    """Whether it asks for no more than a form that people name loosely, such as a workshop, or no more than a day."""
    return bool(clause.words) and stems.issuperset(clause.words) and not clause.years and not clause.area


def _says_nothing(word: Word, text: str, vocabulary: Vocabulary, *, long: bool) -> bool:
    """Whether a word by itself does not matter.

    It is an initial, such as that of N. Aduwo; or, in a whole sentence, one of the commonest words of the language that
    no document happens to hold.
    """
    if len(word.plain) == 1:
        return text[word.end : word.end + 1] in _AFTER_INITIALS
    known = vocabulary.lexicon
    return long and bool(known.counts) and known.stems.isdisjoint(word.tokens) and is_very_common(word.plain)


def _clause(words: Sequence[Word], runs: Sequence[Found]) -> Clause:
    first, last = runs[0].first, runs[0].last
    phrases = dict.fromkeys(phrase for each in runs for phrase in each.phrases if phrase)
    typed = token_run(words, first, last) if all(each.words_count for each in runs) else ()
    boroughs = tuple(slug for each in runs if each.area for slug in each.area.boroughs)
    outcodes = tuple(code for each in runs if each.area for code in each.area.outcodes)
    area = Area(boroughs, outcodes) if boroughs or outcodes else None
    years = next((each.years for each in runs if each.years), None)
    return Clause(typed, tuple(phrase for phrase in phrases if phrase != typed), years, area)
