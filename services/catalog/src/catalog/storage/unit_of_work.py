"""The catalogue's unit of work."""

from __future__ import annotations

from functools import cached_property

from servicekit.storage import UnitOfWork

from catalog.storage.articles import Articles
from catalog.storage.catalogue import Catalogue
from catalog.storage.drafts import Drafts
from catalog.storage.files import Files
from catalog.storage.products import Products


class CatalogWork(UnitOfWork):
    """One transaction over products and articles."""

    @cached_property
    def products(self) -> Products:
        return Products(self.connection)

    @cached_property
    def articles(self) -> Articles:
        return Articles(self.connection)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.connection)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.connection)

    @cached_property
    def files(self) -> Files:
        return Files(self.connection)
