"""The rules of telling people: what is sent, to whom, and what when it fails."""
