"""The catalogue: products with their processes, and articles for first-line advice."""
