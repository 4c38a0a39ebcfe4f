"""What `./desk test` does."""
