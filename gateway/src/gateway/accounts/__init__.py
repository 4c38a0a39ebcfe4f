"""Who somebody is: passwords, sign-in, tokens, and the check of every call."""
