"""The commands of indexing over several indexes, run to their end."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from changes.models import Change
from changes.services import close_feed
from search.engines.base import Lock
from search.engines.embedded.store import EmbeddedStore
from tests.factories import OpportunityFactory
from tests.search.memory_store import MemoryStore

pytestmark = pytest.mark.django_db(transaction=True)


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_each_is_drained(stores: tuple[MemoryStore, EmbeddedStore]) -> None:
    OpportunityFactory.create()
    said = run("drain_changes", "--once")
    assert said.index("memory: 2 documents") < said.index("embedded: 2 documents")
    OpportunityFactory.create()
    run("drain_changes", "--once")
    assert not Change.objects.exists()
    assert run("check_index") == "memory: No difference: 4 documents.\nembedded: No difference: 4 documents.\n"
    assert run("check_index", "--engine", "embedded") == "No difference: 4 documents.\n"


@pytest.mark.parametrize("command", ["drain_changes --once", "rebuild_index", "check_index"])
def test_a_server_that_is_down_is_told_after_the_others_were_seen_to(
    stores: tuple[MemoryStore, EmbeddedStore], command: str
) -> None:
    memory, embedded = stores
    run("rebuild_index")
    close_feed(embedded.feed)
    memory.down = True
    out = StringIO()
    with pytest.raises(CommandError, match="memory: The memory cannot"):
        call_command(*command.split(), stdout=out)
    assert "embedded: " in out.getvalue()


def test_another_host_s_drainer_is_no_failure(stores: tuple[MemoryStore, EmbeddedStore]) -> None:
    memory, _ = stores
    with memory.locked(Lock.DRAINER):
        assert "memory: Another drainer" in run("drain_changes", "--once")


@pytest.mark.usefixtures("stores")
def test_each_is_mended() -> None:
    opportunity = OpportunityFactory.create(title="Before")
    run("rebuild_index")
    type(opportunity).objects.filter(pk=opportunity.pk).update(title="After")
    with pytest.raises(CommandError, match=r"memory: 1 differences.*\nembedded: 1 differences"):
        run("check_index")
    said = run("check_index", "--repair")
    assert "memory: Mending 1" in said
    assert "embedded: No difference" in said


def test_what_mending_does_not_help_needs_a_rebuild(
    stores: tuple[MemoryStore, EmbeddedStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, _ = stores
    opportunity = OpportunityFactory.create(title="Before")
    run("rebuild_index")
    monkeypatch.setattr(type(memory.current), "settle", lambda _: None)
    type(opportunity).objects.filter(pk=opportunity.pk).update(title="After")
    with pytest.raises(CommandError, match="rebuild_index"):
        run("check_index", "--repair", "--engine", "memory")
