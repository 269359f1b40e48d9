"""The indices of a cluster: generations side by side, and an alias to the one that is live."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.helpers import BulkIndexError, bulk, parallel_bulk

from search.document import Batch, Document
from search.engines.base import Generation, IndexMissingError, Lock, SearchUnavailableError
from search.engines.elasticsearch.cluster import BUILD_TIMEOUT, WRITE_TIMEOUT, Address, Cluster, is_outage
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.mapping import DirectoryDocument, index_fingerprint, mapping, to_source
from search.engines.locks import database_lock

_CHUNK = 500
_THREADS = 2
_CONFLICT, _NOT_FOUND, _UNKNOWN = 409, 404, 500


def address() -> Address:
    """The address that the settings name."""
    return Address(
        urls=tuple(settings.ELASTICSEARCH_URL),
        user=settings.ELASTICSEARCH_USER,
        password=settings.ELASTICSEARCH_PASSWORD,
        api_key=settings.ELASTICSEARCH_API_KEY,
        ca_file=settings.ELASTICSEARCH_CA_FILE,
        prefix=settings.ELASTICSEARCH_INDEX_PREFIX,
        timeout=settings.ELASTICSEARCH_TIMEOUT,
    )


def elasticsearch_store(patience: float = WRITE_TIMEOUT) -> ElasticsearchStore:
    """The store that the settings name; `patience` is the time for everything but searches, in seconds."""
    return ElasticsearchStore(address(), Path(settings.SEARCH_INDEX_DIR), patience)


class ElasticsearchGeneration:
    """One index. Every write carries the version of its batch, so that what was read earlier never overwrites."""

    def __init__(self, cluster: Cluster, name: str, patience: float = WRITE_TIMEOUT) -> None:
        self.name = name
        self.cluster = cluster.patient(patience)
        self.engine = ElasticsearchEngine(self.cluster, name)

    def fill(self, batch: Batch) -> int:
        """Adds documents, to be seen after `settle`; how many there were."""
        return self.fill_all(batch.documents, batch.version)

    def fill_all(self, documents: Iterable[Document], version: int) -> int:
        """Adds any number of documents that were read at one time, over two connections; how many there were."""
        actions = ({**self._action(document.key, version), "_source": to_source(document)} for document in documents)

        def send(client: Elasticsearch) -> int:
            sent = parallel_bulk(
                client,
                actions,
                thread_count=_THREADS,
                chunk_size=_CHUNK,
                raise_on_error=False,
                raise_on_exception=True,
                require_alias=True,
            )
            return sum(_accepted(ok, result) for ok, result in sent)

        return self.cluster.ask(send)

    def write(self, batch: Batch) -> None:
        """Replaces documents and removes what is deleted, to be seen after `settle`."""
        actions = [
            {**self._action(document.key, batch.version), "_source": to_source(document)}
            for document in batch.documents
        ]
        actions += [self._action(key, batch.version, "delete") for key in batch.deleted]

        def send(client: Elasticsearch) -> None:
            _, refused = bulk(client, actions, chunk_size=_CHUNK, raise_on_error=False, require_alias=True)
            for result in refused if isinstance(refused, list) else ():
                _accepted(False, result)

        if actions:
            self.cluster.ask(send)

    def settle(self) -> None:
        """Makes all that was written visible; it is lasting already."""
        self.cluster.ask(lambda client: client.indices.refresh(index=self.name))

    def close(self) -> None:
        """Nothing is held."""

    def _action(self, key: str, version: int, kind: str = "index") -> dict[str, Any]:
        index = _writing_alias(self.name)
        return {"_op_type": kind, "_index": index, "_id": key, "version": version, "version_type": "external"}


def _writing_alias(name: str) -> str:
    """The alias that an index is written by: under its own name the cluster would make a missing one, with any mapping."""
    return f"{name}-writing"


def _accepted(ok: bool, result: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a document was written; not when the index holds a later one, or what is deleted is not there.

    Raises SearchUnavailableError when the cluster cannot take it now, and BulkIndexError when it
    never will.
    """
    if ok:
        return True
    [(kind, said)] = result.items()
    status = int(said.get("status", _UNKNOWN))
    if status == _CONFLICT or (status == _NOT_FOUND and kind == "delete"):
        return False
    if status == _NOT_FOUND:
        raise IndexMissingError(f"Elasticsearch has no index to write to: {said.get('error')}.")
    if is_outage(status):
        raise SearchUnavailableError(f"Elasticsearch could not take a document: {said.get('error')}.")
    raise BulkIndexError("Elasticsearch refuses a document.", [dict(result)])


class ElasticsearchStore:
    """Indices named by prefix, fingerprint and time; an alias of prefix and fingerprint points at the live one.

    Another version of the declaration has an alias of its own, so that processes of two versions
    can run side by side while a new one is brought in. Locks are shared by all hosts through the
    database; on SQLite there is one host, and they are files in `folder`.
    """

    name = "elasticsearch"
    shared = True

    def __init__(self, where: Address, folder: Path, patience: float = WRITE_TIMEOUT) -> None:
        self.address = where
        self.folder = folder
        self.cluster = Cluster(where)
        self._writing = Cluster(where, patience)
        self.alias = f"{where.prefix}-{index_fingerprint()}"
        self.feed = f"elasticsearch:{self.alias}"
        self.engine = ElasticsearchEngine(self.cluster, self.alias)
        self._ours = re.compile(rf"{re.escape(where.prefix)}-[0-9a-f]{{12}}-\d+")

    def live(self) -> ElasticsearchGeneration:
        """The live index, for writing. Raises IndexMissingError when there is none of today's declaration."""
        found = self._indices(self.alias)
        if not found:
            raise IndexMissingError(f"Elasticsearch has no index {self.alias}, or another version built it.")
        return ElasticsearchGeneration(self.cluster, found[0])

    def new(self) -> ElasticsearchGeneration:
        """An empty index beside the live one."""
        name = f"{self.alias}-{time.time_ns()}"
        index = DirectoryDocument._index.clone(name=name).aliases(**{_writing_alias(name): {}})
        self._writing.ask(lambda client: index.create(using=client))
        return ElasticsearchGeneration(self.cluster, name, BUILD_TIMEOUT)

    def put_live(self, generation: Generation) -> None:
        """Points the alias at an index, in one step, and drops the one before."""
        before = self._indices(self.alias)
        actions: list[dict[str, Any]] = [{"remove": {"index": name, "alias": self.alias}} for name in before]
        actions.append({"add": {"index": generation.name, "alias": self.alias}})
        self._writing.ask(lambda client: client.indices.update_aliases(actions=actions))
        self._delete(name for name in before if name != generation.name)
        self._drop_older_versions()

    def discard(self, generation: Generation) -> None:
        """Drops an index that did not become the live one."""
        self._delete([generation.name])

    def prune(self) -> None:
        """Drops indices of this version that are not live."""
        found = self._found()
        self._delete(name for name, is_live in found.items() if not is_live and name.startswith(f"{self.alias}-"))

    def versions(self) -> list[str]:
        """The names of all live indices with this prefix, those of other versions among them."""
        return sorted(name for name, is_live in self._found().items() if is_live)

    def is_live(self) -> bool:
        """Whether there is a live index of today's declaration."""
        return bool(self._indices(self.alias))

    def colour(self) -> str:
        """The state of the live index: green, yellow (copies are missing) or red (data are missing)."""
        state = self._writing.ask(lambda client: client.cluster.health(index=self.alias, timeout="1s"))
        return str(state.body["status"])

    def mapping_differs(self) -> bool:
        """Whether the live index has another mapping than the one declared."""
        told = self._writing.ask(lambda client: client.indices.get_mapping(index=self.alias))
        return any(each["mappings"] != mapping() for each in told.body.values())

    def locked(self, lock: Lock, *, wait: bool = True) -> AbstractContextManager[None]:
        """Holds a lock among all hosts that write to this index. Raises BusyError when it is held and `wait` is false."""
        return database_lock(f"{self.feed}:{lock.value}", self.folder, wait=wait)

    def close(self) -> None:
        """Connections are the process's, so nothing is held."""

    def _indices(self, alias: str) -> list[str]:
        try:
            found = self._writing.ask(lambda client: client.indices.get_alias(name=alias))
        except IndexMissingError:
            return []
        return sorted(found.body)

    def _found(self) -> dict[str, bool]:
        """Every index of ours, of whatever version, and whether that version's alias points at it."""
        pattern = f"{self.address.prefix}-*"
        found = self._writing.ask(lambda client: client.indices.get_alias(index=pattern)).body
        ours = filter(self._ours.fullmatch, found)
        return {name: name.rpartition("-")[0] in found[name]["aliases"] for name in ours}

    def _drop_older_versions(self) -> None:
        """Keeps, of the versions before, the latest: processes of it may still run."""
        others = sorted(
            (name for name in self.versions() if not name.startswith(f"{self.alias}-")),
            key=lambda name: int(name.rpartition("-")[2]),
        )
        self._delete(others[:-1])

    def _delete(self, names: Iterable[str]) -> None:
        """Deletes indices of ours, by their whole names."""
        doomed = list(names)
        if any(not self._ours.fullmatch(name) for name in doomed):
            raise ValueError(f"These are not all indices of ours: {doomed}.")
        if doomed:
            self._writing.ask(lambda client: client.indices.delete(index=",".join(doomed), ignore_unavailable=True))
