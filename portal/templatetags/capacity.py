"""The bar of places taken, asked for and left. Figures always stand beside it."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

WIDTH, HEIGHT = 400, 14


@register.simple_tag
def capacity_bar(taken: int, capacity: int) -> SafeString:
    """How many of the places are taken, as a bar; readers have the figures."""
    width = round(WIDTH * min(taken, capacity) / capacity, 1) if capacity else 0
    return format_html(
        '<svg class="ff-capacity" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect class="ff-capacity__left" width="{width}" height="{height}"/>'
        '<rect class="ff-capacity__taken" width="{taken}" height="{height}"/></svg>',
        width=WIDTH,
        height=HEIGHT,
        taken=width,
    )
