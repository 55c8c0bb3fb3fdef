"""The front door: the page at the root of the site."""

from wagtail.models import Page


class HomePage(Page):
    """The landing page. It stands once, at the root, and guidance stands under it."""

    max_count = 1
    subpage_types = ["guidance.GuidanceIndexPage"]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = "home page"
