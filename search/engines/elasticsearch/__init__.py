"""The production engine: an Elasticsearch cluster, asked through `elasticsearch.dsl`."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
