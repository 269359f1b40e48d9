from django.urls import path

from .views import choose, switch_off

urlpatterns = [
    path("account/messages/", choose, name="messages-to-me"),
    path("messages/switch-off/", switch_off, name="switch-off"),
]
