"""Synthetic records for measuring: those of `demo.synthetic`, with the words of English as often as English has them."""

from __future__ import annotations

from random import Random

from benchmarks.words import FORMS, TOPICS, some_words
from demo.synthetic import PARAGRAPHS, Say, Synthesis
from opportunities.models import Opportunity
from partners.models import Site
from taxonomy.models import AccessFeature

SEED = 1
_SENTENCE, _PARAGRAPH = 18, 50
_LONGEST_SUMMARY = 200


class Records(Synthesis):
    """Opportunities of about 200 words, whose titles hold a topic and a form, at sites with features of access."""

    def __init__(self, say: Say, seed: int = SEED) -> None:
        super().__init__(seed, say)
        self._features = list(AccessFeature.objects.order_by("pk").values_list("pk", flat=True))

    def _sites(self, numbers: range, dice: Random) -> list[Site]:
        sites = super()._sites(numbers, dice)
        through = Site.access_features.through
        through.objects.bulk_create(
            through(site_id=site.pk, accessfeature_id=feature)
            for site in sites
            for feature in dice.sample(self._features, 3)
        )
        return sites

    def _opportunity(self, number: int, site: Site, dice: Random) -> Opportunity:
        made = super()._opportunity(number, site, dice)
        made.title = f"{dice.choice(TOPICS).capitalize()} {dice.choice(FORMS)}: {some_words(dice, 3)}"
        return made

    def _text(self, dice: Random) -> str:
        return "\n\n".join(some_words(dice, _PARAGRAPH) for _ in range(PARAGRAPHS))

    @staticmethod
    def _sentence(dice: Random) -> str:
        return some_words(dice, _SENTENCE)[:_LONGEST_SUMMARY]
