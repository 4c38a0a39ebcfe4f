"""The demo's suppliers, and an example of how to use supplierkit.

Vonk & Val (installations) gets its orders over the broker, Lepel & Lade (catering) by webhook.
"""
