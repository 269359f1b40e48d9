from django.urls import URLPattern, path

from .views import robots, sitemap_file, sitemap_index

urlpatterns: list[URLPattern] = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_file, name="sitemap-part"),
]
