"""Who may: nobody, where things are kept as they are."""

from typing import Any

from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy


class KeptAsItIs(ModelPermissionPolicy):
    """Withholds actions from everybody in the CMS, those with every permission included."""

    def __init__(self, model: type[Model], *never: str) -> None:
        super().__init__(model)
        self.never = frozenset(never)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As the permissions say, but for what nobody may."""
        return action not in self.never and bool(super().user_has_permission(user, action))
