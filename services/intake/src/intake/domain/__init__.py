"""Rules, states and calculations of requests and relations. Standard library only; time and ids come in as
arguments.
"""
