"""Words that only say "I am searching": they ask for nothing, so they carry no weight."""

from collections.abc import Sequence

from search.understanding.words import Found, Word, longest_runs

_PHRASES = (
    "things to do", "thing to do", "something to do", "stuff to do", "what to do", "what is on", "whats on", "days out",
    "places to go", "places to visit", "somewhere to go", "somewhere to visit", "ideas for", "help with", "help me",
    "i want to work with", "i want to work in", "i want to be a", "i want to be an", "i want to become a",
    "i want to become an", "i want to learn about", "i want to learn", "i want to do", "i want to", "i want a", "i want",
    "i would like to", "i would like", "id like to", "id like", "i like", "i love", "i need a", "i need some", "i need",
    "i am looking for", "im looking for", "we are looking for", "were looking for", "looking for", "look for",
    "we want to", "we want", "we need", "we would like to", "we would like", "my class", "my pupils", "my students",
    "our class", "our pupils", "our students", "my daughter", "my son", "my child", "my children", "my kids",
    "searching for", "search for", "find me", "find out about", "find", "show me", "how to get into", "how do i get into",
    "how to become a", "how to become an", "how do i become a", "how do i become an", "how to", "how can i", "how do i",
    "where can i", "where do i", "where to", "what can i do", "who can", "is there a", "is there any", "are there any",
    "is there", "are there", "can i", "can we", "get into", "interested in", "to do with", "related to", "something about",
    "anything about", "something with", "anything with", "anything", "something", "opportunities for", "opportunities in",
    "opportunities to", "opportunities", "opportunity", "activities for", "activities", "activity", "options for",
    "please", "suitable for", "aimed at", "for pupils", "for students", "for children", "for kids", "for young people",
    "for my", "for our", "for a", "for an", "near me", "nearby", "local", "in my area", "around me", "some", "any", "want",
    "who", "what", "where", "how", "do", "i", "im", "me", "my", "we", "our", "us", "you", "your", "can", "get", "about",
    "am", "from", "has", "have", "so", "than", "too", "very", "just", "would", "like to", "which", "when", "good", "best",
)  # fmt: skip
_RUNS = {tuple(phrase.split()): None for phrase in _PHRASES}


def find_genre(words: Sequence[Word]) -> list[Found]:
    """The runs of words that carry no weight."""
    return [Found(first, last, weightless=True) for first, last in longest_runs(_RUNS, [word.plain for word in words])]
