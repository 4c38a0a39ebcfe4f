"""What spreadsheet programs make of a file, for all that is written for them."""

# A cell that begins with one of these is a formula to them.
RISKY = ("=", "+", "-", "@", "\t", "\r")
# Without it Excel takes UTF-8 for something else.
MARK = "\ufeff"
