"""Dispatch: providers, work orders, and their delivery to teams and suppliers."""
