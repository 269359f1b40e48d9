"""Who may: nobody writes, changes or deletes a message by hand."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class ReadOnly(ModelPermissionPolicy):
    """Lets those with the permission look, and nobody do more, those with every permission included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As the permissions say, of looking."""
        return action == "view" and bool(super().user_has_permission(user, action))
