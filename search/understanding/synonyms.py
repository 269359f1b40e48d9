"""Other ways to say what was typed, kept by editors."""

from collections.abc import Iterable, Sequence

from search.results import Reading
from search.text import plain_words
from search.understanding.vocabulary import Vocabulary
from search.understanding.words import Found, Word, longest_runs, meaning, reading_key, singular_run, typed_run


def mapped(rows: Iterable[tuple[str, Iterable[str], bool]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What each run of plain words also means.

    A row holds the words, their equivalents, and whether it works both ways (each means all the
    others) or one way only (the words mean the equivalents too, not the other way round).
    """
    meant: dict[tuple[str, ...], dict[str, None]] = {}

    def add(words: str, others: Iterable[str]) -> None:
        key = tuple(plain_words(words))
        if key:
            meant.setdefault(key, {}).update(dict.fromkeys(others))

    for words, equivalents, both_ways in rows:
        group = [words, *equivalents]
        add(words, group[1:])
        if both_ways:
            for index, word in enumerate(group[1:], start=1):
                add(word, group[:index] + group[index + 1 :])
    return {key: tuple(others) for key, others in meant.items()}


def find_synonyms(text: str, words: Sequence[Word], vocabulary: Vocabulary) -> list[Found]:
    """Every run of words that an editor gave equivalents, in the singular or the plural."""
    found = []
    runs = singular_run(word.plain for word in words)
    for first, last in longest_runs(vocabulary.synonyms_by_singular, runs):
        others = vocabulary.synonyms_by_singular[runs[first : last + 1]]
        meant = {other: tokens for other in others if (tokens := meaning(other))}
        if meant:
            typed = typed_run(text, words, first, last)
            reading = Reading("synonym", typed, " or ".join(meant), reading_key("synonym", typed))
            found.append(Found(first, last, reading, tuple(dict.fromkeys(meant.values())), words_count=True))
    return found
