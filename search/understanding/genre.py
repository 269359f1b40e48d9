"""Words that only say "I am searching": they ask for nothing, so they carry no weight."""

from collections.abc import Collection, Sequence

from search.text import analyse
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
#: What is said to people, or of whoever asks, in whole sentences.
_TALKING = (
    "hi", "hello", "hey", "hi there", "hello there", "dear all", "good morning", "good afternoon", "thanks", "thank you",
    "many thanks", "many thanks in advance", "thanks in advance", "thank you in advance", "kind regards", "does anyone know of",
    "does anyone know", "does anybody know of", "does anybody know", "do you know of", "do you know", "do you have",
    "do you have any", "have you got",
    "have you got any", "recommend", "can you recommend", "can anyone recommend", "could you recommend",
    "could anyone recommend", "can you suggest", "could you suggest", "could anyone suggest", "can anyone suggest",
    "any recommendations", "recommendations", "any suggestions", "suggestions",
    "im trying to", "i am trying to", "trying to", "im hoping to", "i am hoping to",
    "we are hoping to", "hoping to", "hoping", "hope to", "planning to", "we are planning", "planning a", "wondering if",
    "i was wondering if", "i wonder if", "wondering", "thinking of", "thinking about", "he wants to", "she wants to",
    "they want to", "wants to", "who want to", "who wants to", "he likes", "she likes", "they like", "he loves", "she loves",
    "they love", "who love", "who like", "who enjoy", "would love to", "would love", "would like", "love to", "keen to", "keen on",
    "keen", "suitable", "appropriate for", "appropriate", "ideally", "preferably", "really", "maybe", "perhaps", "possibly",
    "currently", "because", "while", "also", "mixed ability", "a group of", "group of", "small group of", "large group of", "a class of",
    "class of", "year group", "is doing", "are doing", "we are doing", "were doing", "is studying", "are studying",
    "we are studying", "were studying", "were learning about", "we are learning about", "are learning about", "our topic is",
    "our topic", "as part of", "that", "these", "those", "is a", "he is", "she is", "he", "she", "her", "his", "they",
    "next week", "next month", "next term", "next half term", "next year", "this week", "this month", "this term",
    "this half term", "this year", "this academic year", "in the", "if possible", "etc",
)  # fmt: skip
#: Who asks: it says nothing of what for.
_MYSELF = (
    "i teach",
    *(
        f"{am} {one}{at}"
        for am in ("im a", "i am a", "as a", "we are a", "im an", "i am an", "as an")
        for one in (
            "teacher", "teaching assistant", "parent", "student", "pupil", "adult", "mum", "dad", "careers leader",
        )
        for at in ("", " at", " at a", " at an", " in", " in a")
    ),
)  # fmt: skip
#: Whom a number or a year may stand before.
PEOPLE = frozenset((
    "pupils", "students", "children", "kids", "people", "learners", "girls", "boys", "adults", "class", "classes", "group",
))  # fmt: skip
#: What the analyser leaves out.
_STOP_WORDS = (
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of", "on",
    "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will", "with",
)  # fmt: skip
_GROUPS = [[group, "of"] for group in ("class", "group", "party")]
_LONGEST_COUNT = 3
_RUNS = {
    tuple(phrase.split()): None
    for phrase in (*_ASKING, *_QUESTIONS, *_ANYTHING, *_DOING, *_ANYBODY, *_TALKING, *_SMALL)
}
_ASIDES = {tuple(phrase.split()): None for phrase in _MYSELF}
#: Single words that ask for nothing, and in which a slip of the finger is told from a word nobody knows.
SMALL_WORDS = frozenset(run[0] for run in _RUNS if len(run) == 1) | frozenset(_STOP_WORDS)
#: All words that such runs are made of.
GENRE_WORDS = frozenset(word for run in _RUNS for word in run)

#: When it should be: dates are chosen beside the text, and documents hold none in words, so these need not be there.
TIMES = frozenset(
    stem
    for word in (
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april",
        "may", "june", "july", "august", "september", "october", "november", "december", "today", "tomorrow",
    )
    for stem in (*analyse(word), *analyse(f"{word}s"))
)  # fmt: skip


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


def find_asides(words: Sequence[Word]) -> list[Found]:
    """What people say of themselves, such as "I'm a teacher at a"."""
    runs = longest_runs(_ASIDES, [word.plain for word in words])
    return [Found(first, last, weightless=True, aside=True) for first, last in runs]


def find_head_counts(words: Sequence[Word]) -> list[Found]:
    """How many will come, such as "30 pupils", or "class of 30": whatever it is, so many may."""
    found = []
    for index, word in enumerate(words):
        if not word.plain.isdecimal() or len(word.plain) > _LONGEST_COUNT:
            continue
        if index + 1 < len(words) and words[index + 1].plain in PEOPLE:
            found.append(Found(index, index + 1, weightless=True))
        elif [each.plain for each in words[max(index - 2, 0) : index]] in _GROUPS:
            found.append(Found(index, index, weightless=True))
    return found
