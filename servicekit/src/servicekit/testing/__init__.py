"""What tests of services need: a private database and broker, units of work with a fixed clock, contract
checks.
"""
