"""All facts of a partner."""

from dataclasses import dataclass

from partners.models import Partner
from search.document import DocumentType, moment, rank_key
from search.results import Card
from search.text import plain_words, prefixes


@dataclass
class PartnerFacts:
    """A partner as suggestions show it. It has no text fields, so that no search finds it."""

    partner: Partner

    def key(self) -> str:
        return DocumentType.PARTNER.key(self.partner.pk)

    def type(self) -> str:
        return DocumentType.PARTNER.value

    def id(self) -> int:
        return self.partner.pk

    def words(self) -> str:
        # So that no name is taken for a slip of the finger, whether or not the partner offers anything now.
        return " ".join(dict.fromkeys(plain_words(self.partner.name)))

    def prefixes(self) -> str:
        return prefixes([self.partner.name])

    def rank_key(self) -> int:
        return rank_key(None, self.partner.pk)

    def visible_until(self) -> int:
        return moment(self.partner.expire_at)

    def next_change_at(self) -> int:
        return moment(self.partner.expire_at)

    def card(self) -> str:
        it, url = self.partner, self.partner.get_absolute_url()
        card = Card(it.pk, url, it.name, it.summary, it.kind, it.get_kind_display(), "", it.name, url)
        return card.to_json().decode()
