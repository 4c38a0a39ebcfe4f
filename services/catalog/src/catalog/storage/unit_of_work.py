"""The catalogue's unit of work."""

from __future__ import annotations

from functools import cached_property

from servicekit.storage import UnitOfWork

from catalog.domain.article import ArticleContent
from catalog.domain.product import ProductContent
from catalog.storage import tables
from catalog.storage.articles import Articles
from catalog.storage.catalogue import OF_ARTICLES, OF_PRODUCTS, Catalogue
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
    def drafts(self) -> Drafts[ProductContent]:
        return Drafts(self.connection, tables.product_drafts, ProductContent.of)

    @cached_property
    def article_drafts(self) -> Drafts[ArticleContent]:
        return Drafts(self.connection, tables.article_drafts, ArticleContent.of)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.connection, OF_PRODUCTS)

    @cached_property
    def article_catalogue(self) -> Catalogue:
        return Catalogue(self.connection, OF_ARTICLES)

    @cached_property
    def files(self) -> Files:
        return Files(self.connection)
