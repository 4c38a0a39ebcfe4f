"""`python -m deskcli`, which `./desk` becomes."""

from deskcli.main import desk

if __name__ == "__main__":
    desk(prog_name="desk")
