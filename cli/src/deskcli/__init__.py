"""The command line of Servicedesk: runs the whole system on one machine, tests it, and looks at it."""
