"""Monitoring: contracts with their service levels, calendars, and clocks that explain every minute."""
