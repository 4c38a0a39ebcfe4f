"""Vonk & Val, installations: the supplier of the demo, and an example of how to use supplierkit."""
