"""Rules and states of work orders. Standard library only; time and ids come in as arguments."""
