"""Words that only say "I am searching": they ask for nothing, so they carry no weight."""

from collections.abc import Collection, Sequence

from search.understanding.words import Found, Word, longest_runs

#: Searching, wanting and offering.
_ASKING = (
    "i want to work with", "i want to work in", "i want to be a", "i want to be an", "i want to become a",
    "i want to become an", "i want to learn about", "i want to learn", "i want to do", "i want to", "i want a",
    "i want", "i would like to", "i would like", "id like to", "id like", "i like", "i love", "i need a", "i need some",
    "i need", "i am looking for", "im looking for", "we are looking for", "were looking for", "looking for", "look for",
    "we want to", "we want", "we need", "we would like to", "we would like", "searching for", "search for", "find me",
    "find out about", "find", "show me", "wanting", "want", "would", "like to", "interested in", "please", "could",
    "should", "will", "does", "did", "need a", "need some", "needs a", "needs some", "and needs", "who needs",
    "he needs", "she needs", "they need", "bring a", "bring in a", "bring my", "can bring", "bring", "come and",
    "come in and", "come in to", "come in", "being a", "being an", "being", "cant", "cannot", "to take", "to get",
    "available", "offers", "offering", "offer", "provide", "providing", "run by",
)  # fmt: skip
#: Questions.
_QUESTIONS = (
    "how to get into", "how do i get into", "how to become a", "how to become an", "how do i become a", "how do i become an",
    "how to", "how can i", "how do i", "where can i", "where i can", "where do i", "where to", "what can i do", "who can",
    "is there a", "is there any", "are there any", "is there", "are there", "theres", "there", "can i", "can we", "who", "what",
    "where", "how", "which", "when",
)  # fmt: skip
#: Something, somebody, somewhere.
_ANYTHING = (
    "things to do", "thing to do", "something to do", "stuff to do", "what to do", "what is on", "whats on", "days out",
    "places to go", "places to visit", "places that", "somewhere to go", "somewhere to visit", "somewhere to take",
    "somewhere to", "somewhere", "someone to", "somebody to", "someone who", "people who", "something about", "something with",
    "something", "anything on about", "anything on", "anything about", "anything with", "anything", "ideas for", "ideas",
    "idea", "opportunities for", "opportunities in", "opportunities to", "opportunities", "opportunity", "activities for",
    "activities", "activity", "options for", "lots of", "types of", "kinds of", "kind of", "sort of", "all about",
    "to do with", "related to",
)  # fmt: skip
#: Learning, helping and improving, whatever it is about.
_DOING = (
    "help with", "help me", "helping", "helps", "help", "learn to", "learning to", "learn how to", "learn about", "learning about",
    "teach me", "get into", "getting into", "becoming", "become", "take part in", "developing", "develop", "improving", "improve",
    "boosting", "boost",
)  # fmt: skip
#: For whom and where, without saying which.
_ANYBODY = (
    "to my class about", "to my class", "with my class", "my class",
    "my pupils", "my students", "our class", "our pupils", "our students", "my daughter", "my son", "my child",
    "my children", "my kids", "suitable for", "aimed at", "for schools", "for school groups", "school groups", "for pupils",
    "for students", "for children", "for kids", "for young people", "for my", "for our", "for a", "for an", "who loves",
    "who likes", "who enjoys", "near me", "nearby", "local", "in my area", "around me",
)  # fmt: skip
#: Small words that the analyser keeps.
_SMALL = (
    "some", "any", "do", "i", "im", "me", "my", "we", "our", "us", "you", "your", "can", "get", "about", "am", "from", "has",
    "have", "so", "than", "too", "very", "just", "good", "best", "id", "ive", "weve",
)  # fmt: skip
_RUNS = {tuple(phrase.split()): None for phrase in (*_ASKING, *_QUESTIONS, *_ANYTHING, *_DOING, *_ANYBODY, *_SMALL)}


def find_genre(words: Sequence[Word], claimed: Collection[int]) -> list[Found]:
    """The runs of words that carry no weight, in what is left between words that were read as something (by index)."""
    found: list[Found] = []
    begin = 0
    for end in range(len(words) + 1):
        if end == len(words) or end in claimed:
            plain = [word.plain for word in words[begin:end]]
            found.extend(
                Found(begin + first, begin + last, weightless=True) for first, last in longest_runs(_RUNS, plain)
            )
            begin = end + 1
    return found
