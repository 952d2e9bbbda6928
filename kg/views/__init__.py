"""The views stage: facts → pages for people. It is given plain data and asks no graph."""

from kg.views.network import network_page

__all__ = ["network_page"]
