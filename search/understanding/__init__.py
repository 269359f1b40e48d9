"""From a typed text to a structured query with its explanation: a pure step, given the vocabulary."""

from search.understanding.reading import understand
from search.understanding.vocabulary import Lexicon, NamedPlace, Term, Vocabulary

__all__ = ["Lexicon", "NamedPlace", "Term", "Vocabulary", "understand"]
