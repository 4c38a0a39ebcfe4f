"""The gateway's only database: accounts, tokens and attempts to sign in."""
