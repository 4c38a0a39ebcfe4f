"""Tables, repositories and the unit of work of the catalogue."""
