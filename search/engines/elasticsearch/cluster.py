"""The cluster: where it is, how it is asked, and what counts as its failing."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from elastic_transport import OrjsonSerializer
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, NotFoundError, TransportError

from search.engines.base import IndexMissingError, SearchUnavailableError

HOW_TO_BUILD = "Run `manage.py rebuild_index`."
#: Writing takes longer than searching, and nobody waits for it.
WRITE_TIMEOUT = 10.0
#: A new index takes all documents at once, and makes them visible in one go: nobody waits for that meanwhile.
BUILD_TIMEOUT = 120.0
#: Whether a cluster that failed answers again is asked with little patience: somebody waits for the standby.
PROBE_TIMEOUT = 0.3
_SERVER_ERROR = 500
#: Not logged in, not allowed (an index may be blocked for writing), too many requests.
_REFUSED = frozenset({401, 403, 429})


@dataclass(frozen=True, slots=True)
class Address:
    """Where the cluster is and who asks: the settings ELASTICSEARCH_*.

    `urls` are its nodes (http or https), `prefix` begins the names of our indices, `timeout` is for
    searches, in seconds.
    """

    urls: tuple[str, ...]
    user: str = ""
    password: str = ""
    api_key: str = ""
    ca_file: str = ""
    prefix: str = "findfusion"
    timeout: float = 0.8

    def options(self) -> dict[str, Any]:
        """How the client proves who asks (by key, by name and password, or not at all), and whom it trusts."""
        trusted = {"ca_certs": self.ca_file} if self.ca_file else {}
        if self.api_key:
            return {"api_key": self.api_key, **trusted}
        if self.user:
            return {"basic_auth": (self.user, self.password), **trusted}
        return trusted


@lru_cache(maxsize=8)
def _client(address: Address, _process: int) -> Elasticsearch:
    """The client of this process: connections must not be shared with a fork."""
    return Elasticsearch(
        list(address.urls),
        # A node that refuses a connection never had the search: the next one is asked, if there is one.
        # What was sent and not answered in time is not sent again.
        max_retries=len(address.urls) - 1,
        retry_on_timeout=False,
        retry_on_status=(),
        request_timeout=address.timeout,
        serializers={"application/json": OrjsonSerializer()},
        **address.options(),
    )


@lru_cache(maxsize=16)
def _patient_client(address: Address, timeout: float, process: int) -> Elasticsearch:
    return _client(address, process).options(request_timeout=timeout)


class Cluster:
    """Asks the cluster, within a time, and says SearchUnavailableError for everything that is an outage.

    Outages are: no connection, no answer in time, a missing index (IndexMissingError), and what
    `is_outage` says. Any other refusal is a mistake of ours and is raised as it is.
    """

    def __init__(self, address: Address, timeout: float | None = None) -> None:
        self.address = address
        self.timeout = address.timeout if timeout is None else timeout

    def patient(self, timeout: float = WRITE_TIMEOUT) -> Self:
        """The same cluster with the time that writing needs, in seconds."""
        return type(self)(self.address, timeout)

    def probing(self) -> Self:
        """The same cluster with hardly any time."""
        return type(self)(self.address, min(PROBE_TIMEOUT, self.timeout))

    def ask[T](self, call: Callable[[Elasticsearch], T]) -> T:
        """What a call of the client answers."""
        try:
            return call(_patient_client(self.address, self.timeout, os.getpid()))
        except NotFoundError as problem:
            raise IndexMissingError(
                f"Elasticsearch has no such index ({_reason(problem)}). {HOW_TO_BUILD}"
            ) from problem
        except ConnectionTimeout as problem:
            raise SearchUnavailableError(f"Elasticsearch gave no answer within {self.timeout:g} s.") from problem
        except TransportError as problem:
            raise SearchUnavailableError(f"Elasticsearch cannot be reached: {problem.message}.") from problem
        except ApiError as problem:
            if is_outage(problem.status_code):
                raise SearchUnavailableError(f"Elasticsearch refused with {_reason(problem)}.") from problem
            raise

    def search(self, index: str, bodies: Sequence[Mapping[str, Any]], preference: str) -> list[dict[str, Any]]:
        """The answers to several searches of one index, asked in one request and in their order."""
        if len(bodies) == 1:
            body = bodies[0]
            answer = self.ask(
                lambda client: client.perform_request(
                    "POST", f"/{index}/_search", params={"preference": preference, **_WHOLE}, headers=_JSON, body=body
                )
            )
            return [answer.body]
        header = {"index": index, "preference": preference, **_WHOLE}
        searches = [part for body in bodies for part in (header, body)]
        answer = self.ask(lambda client: client.msearch(searches=searches))
        return [self._whole(each) for each in answer.body["responses"]]

    def _whole(self, answer: dict[str, Any]) -> dict[str, Any]:
        """One of several answers; each has a status of its own."""
        if "error" not in answer:
            return answer
        status, error = int(answer.get("status", _SERVER_ERROR)), answer["error"]
        said = f"{status} {error.get('type')}: {error.get('reason')}"
        if error.get("type") == "index_not_found_exception":
            raise IndexMissingError(f"Elasticsearch has no such index ({said}). {HOW_TO_BUILD}")
        if is_outage(status):
            raise SearchUnavailableError(f"Elasticsearch refused with {said}.")
        raise ValueError(f"Elasticsearch does not understand a search of ours: {said}")


def is_outage(status: int) -> bool:
    """Whether a status is no fault of what was asked: the operator can mend it, and the same request will do then."""
    return status in _REFUSED or status >= _SERVER_ERROR


#: Half an answer is none: a missing shard is an outage.
_WHOLE = {"allow_partial_search_results": "false"}
_JSON = {"accept": "application/json", "content-type": "application/json"}


def _reason(problem: ApiError) -> str:
    return f"{problem.status_code} {problem.message}"
