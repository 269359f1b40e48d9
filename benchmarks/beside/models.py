"""Opportunities in one table, as flat as a search could wish for; only measurements use it."""

from __future__ import annotations

from django.db import models
from modelsearch import index

#: Facets of which an opportunity has one value, and those of which it may have several.
SINGLE = ("kind", "strand", "borough", "place", "cost", "partner_kind")
SEVERAL = ("skill", "audience", "sector", "theme", "subject", "access")


class Term(models.Model):
    """A value of a facet of which an opportunity may have several."""

    facet = models.CharField(max_length=20)
    slug = models.CharField(max_length=60)

    objects: models.Manager[Term] = models.Manager()

    class Meta:
        app_label = "beside"


class Listing(index.Indexed, models.Model):
    """An opportunity, with what a search matches, narrows and counts. Its number is that of the opportunity."""

    title = models.CharField(max_length=120)
    partner = models.CharField(max_length=200)
    summary = models.CharField(max_length=200)
    description = models.TextField()
    tags = models.TextField()

    kind = models.CharField(max_length=20, db_index=True)
    strand = models.CharField(max_length=20, db_index=True)
    borough = models.CharField(max_length=60, db_index=True)
    place = models.CharField(max_length=20, db_index=True)
    cost = models.CharField(max_length=20, db_index=True)
    partner_kind = models.CharField(max_length=40, db_index=True)
    skill = models.ManyToManyField(Term, related_name="+")
    audience = models.ManyToManyField(Term, related_name="+")
    sector = models.ManyToManyField(Term, related_name="+")
    theme = models.ManyToManyField(Term, related_name="+")
    subject = models.ManyToManyField(Term, related_name="+")
    access = models.ManyToManyField(Term, related_name="+")

    rank_key = models.BigIntegerField()
    visible_until = models.BigIntegerField(db_index=True)

    search_fields = [
        # The weights of `search.document`.
        index.SearchField("title", boost=4),
        index.SearchField("partner", boost=2.5),
        index.SearchField("summary", boost=2),
        index.SearchField("tags", boost=2),
        index.SearchField("description"),
        index.FilterField("id"),
        index.FilterField("visible_until"),
        *(index.FilterField(name) for name in (*SINGLE, *SEVERAL)),
    ]

    class Meta:
        app_label = "beside"

    def __str__(self) -> str:
        return self.title
