from django.urls import path

from .views import message, outbox, sign_in_as

urlpatterns = [
    path("sign-in-as/", sign_in_as, name="sign-in-as"),
    path("messages/", outbox, name="demo-messages"),
    path("messages/<int:pk>/", message, name="demo-message"),
]
