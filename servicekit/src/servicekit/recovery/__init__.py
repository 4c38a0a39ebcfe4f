"""What went wrong with messages, kept where people can see it and put it right.

The error queue of a service is emptied into its table `failures`: there it can be counted, grouped by
cause, read without secrets, replayed or set aside with a reason. A replayed message keeps its id, so
it has its effect once.
"""
