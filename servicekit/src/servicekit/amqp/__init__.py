"""AMQP plumbing: one link per purpose, one reader per link, confirms with a time limit."""
