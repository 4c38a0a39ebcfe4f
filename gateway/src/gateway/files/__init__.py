"""Files that people attach: what they are is found out, they are made harmless, and their bytes are kept
here.

What they belong to and who may see them, intake knows; see docs/adr on attachments.
"""
