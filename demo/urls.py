from django.urls import path

from .views import sign_in_as

urlpatterns = [path("sign-in-as/", sign_in_as, name="sign-in-as")]
