"""The numbers of ranking, one place for every engine."""

#: Per word the best field counts, the others add this share of theirs.
TIE = 0.4
#: What a matched place or year is worth, about as much as a fairly rare word in the summary.
AREA_SCORE = 6.0
YEARS_SCORE = 6.0
#: What a kind, a skill or a choice of another facet lifts a document that has it. A kind that was asked for goes before
#: most that only speak of it.
KIND_LIFT = 15.0
SKILL_LIFT = 5.0
OTHER_LIFT = 10.0
#: Two words side by side as typed are worth this share of their field's weight more.
PHRASE_SHARE = 0.5
PHRASE_FIELDS = ("title", "summary", "tags", "description")
MOST_PHRASES = 4

#: From so many words on, and with fewer full matches than this, "enough of the words" follow.
ENOUGH_FROM_CLAUSES = 3
ENOUGH_BELOW_MATCHES = 10
#: The share of the words' weight that is enough, and what it is when no document holds one of them: that one was
#: likely the point.
ENOUGH_SHARE = 0.3
ENOUGH_SHARE_WITH_ABSENT = 0.5
#: Only the heaviest words decide: every set of them becomes a part of the query.
ENOUGH_MOST_CLAUSES = 6
