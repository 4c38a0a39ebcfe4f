"""The rules of the catalogue: what a product, a process and an article must be to be published."""
