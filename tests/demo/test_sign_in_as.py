"""Signing in as somebody with one click: only in the demonstration."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from demo import people
from demo.people import PEOPLE, Person
from tests.factories import PartnerFactory, SchoolFactory

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def loaded(db: None) -> None:
    for reference in ("PA01", "PA09"):
        PartnerFactory.create(reference=reference)
    for urn in (900001, 900002, 900005):
        SchoolFactory.create(urn=urn)
    people.load_organisations()
    people.load_staff()
    people.load_members()


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.slug)
def test_one_click_signs_in_as_each_of_them(client: Client, loaded: None, person: Person) -> None:
    assert f'value="{person.slug}"' in client.get(reverse("sign-in-as")).content.decode()
    response = client.post(reverse("sign-in-as"), {"person": person.slug})
    assert response["Location"] == ("/admin/" if person.group else "/portal/" if person.partner else "/")
    user = people.find_user(person.slug)
    assert user is not None
    assert client.session["_auth_user_id"] == str(user.pk)
    if person.group:
        assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("person", ["", "nobody", "officer\x00", "officer' OR 1=1", "teacher@find-fusion.example"])
def test_nobody_else_can_be_signed_in(client: Client, loaded: None, person: str) -> None:
    assert client.post(reverse("sign-in-as"), {"person": person}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_looking_signs_nobody_in(client: Client, loaded: None) -> None:
    assert client.get(reverse("sign-in-as"), {"person": "officer"}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_before_anything_is_loaded_the_page_says_how(client: Client, db: None) -> None:
    assert "load_demo" in client.get(reverse("sign-in-as")).content.decode()


def test_a_form_from_elsewhere_signs_nobody_in(loaded: None) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("sign-in-as"), {"person": "officer"}).status_code == 403


def test_it_is_gone_outside_the_demonstration(client: Client, loaded: None, settings: Settings) -> None:
    settings.DEMO = False
    assert client.get(reverse("sign-in-as")).status_code == 404
    assert client.post(reverse("sign-in-as"), {"person": "officer"}).status_code == 404


def run(tmp_path: Path, code: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FINDFUSION_TEST", "DATABASE_URL"))
    }
    kept |= {
        "DJANGO_SETTINGS_MODULE": "findfusion.settings",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "x",
        **environment,
    }
    return subprocess.run(
        [sys.executable, *code], cwd=ROOT, env=kept, capture_output=True, text=True, check=False, timeout=120
    )


def test_the_address_exists_only_with_demo(tmp_path: Path) -> None:
    ask = "import django; django.setup(); from django.urls import reverse; print(reverse('sign-in-as'))"
    assert "NoReverseMatch" in run(tmp_path, ["-c", ask], DEBUG="1", DEMO="0").stderr
    assert "/demo/sign-in-as/" in run(tmp_path, ["-c", ask], DEBUG="1", DEMO="1").stdout


def test_it_refuses_to_start_outside_debug(tmp_path: Path) -> None:
    done = run(tmp_path, ["manage.py", "check"], DEBUG="0", DEMO="1", ALLOWED_HOSTS="localhost")
    assert done.returncode == 1
    assert "DEMO=1 lets anybody sign in as anybody" in done.stderr
