"""Tables, repositories and read queries. PostgreSQL; SQLAlchemy Core, because statements per request are
counted.
"""
