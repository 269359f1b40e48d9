"""No person's name, e-mail address or telephone leaves the site where somebody under 18 may take part."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone

from directory import previews
from opportunities.models import Opportunity
from search.document import DocumentType
from search.engines import get_engine
from search.indexing import document_of_opportunity
from tests.factories import (
    AdviserFactory,
    ContactFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SessionFactory,
    SiteFactory,
    TeacherFactory,
    assure,
)

pytestmark = pytest.mark.django_db
