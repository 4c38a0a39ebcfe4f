"""Requests and relations: what people ask, what they are promised, and the direction until they agree it is
done.
"""
