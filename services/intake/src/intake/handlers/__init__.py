"""One function per use case: load, call the domain, save. Who may do it is asked here; what is allowed, in
the domain.
"""
