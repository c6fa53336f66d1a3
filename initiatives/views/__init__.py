"""Pages: each fetches what the person may see, and does one thing."""
