"""What comes in, checked for shape: unknown fields are refused. What it means is for the domain to say."""
