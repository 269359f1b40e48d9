"""Start-up checks and the CMS page of synonyms."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError

from search.checks import check_engine, check_folder, check_index
from search.document import fingerprint
from search.engines.embedded.folder import IndexFolder
from search.models import Synonym


def said(found: list) -> list[str]:
    assert all(message.hint for message in found)
    return [message.id for message in found]


def test_an_unknown_engine(settings: LazySettings) -> None:
    assert said(check_engine()) == []
    settings.SEARCH_ENGINE = "oracle"
    assert said(check_engine()) == ["search.E001"]


def test_a_folder_that_cannot_be_written(settings: LazySettings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "not" / "there" / "yet"
    assert said(check_folder()) == []
    (tmp_path / "file").write_text("")
    settings.SEARCH_INDEX_DIR = tmp_path / "file" / "index"
    assert said(check_folder()) == ["search.E002"]


def test_a_missing_index_and_one_of_another_version(settings: LazySettings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path
    assert said(check_index()) == ["search.W001"]
    folder = IndexFolder(tmp_path)
    generation = folder.new_generation()
    folder.put_live(generation)
    assert said(check_index()) == []
    other = generation.rename(tmp_path / generation.name.replace(fingerprint(), "another0fing"))
    folder.put_live(other)
    assert said(check_index()) == ["search.W002"]


def test_a_synonym_needs_words_on_both_sides() -> None:
    Synonym(words="CV", equivalents="curriculum vitae\n\nrésumé").clean()
    with pytest.raises(ValidationError, match="each line"):
        Synonym(words="CV", equivalents="!?").clean()
    with pytest.raises(ValidationError, match="at least one letter"):
        Synonym(words="&", equivalents="and").clean()


def test_a_synonym_tells_which_way_it_works() -> None:
    assert str(Synonym(words="CV", equivalents="curriculum vitae\nrésumé")) == "CV ↔ curriculum vitae, résumé"
    assert str(Synonym(words="barrister", equivalents="law", both_ways=False)) == "barrister → law"
