"""The repair list: what failed, wherever it failed, kept where people can see it and put it right.

Messages of the error queue, facts that nobody listens to, and what a service could not get done (an order
delivered, a request planned, a mail sent) stand in one table, `failures`. There it is counted, grouped by
cause, read without personal values, tried again, or set aside with a reason. See ADR 8.
"""
