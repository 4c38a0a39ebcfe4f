"""A private PostgreSQL and a private RabbitMQ for one machine: development, demonstrations and tests.

Nothing here is needed where a database and a broker are given by DATABASE_URL and AMQP_URL.
"""
