"""The people who work while things break, one file per kind of them."""
