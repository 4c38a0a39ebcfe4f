"""Posting to addresses that others gave us, such as webhooks. One may point anywhere, also at ourselves.

`targets` says which addresses may be used at all, `addresses` which machines; `posting` does it, within
limits of time and size.
"""
