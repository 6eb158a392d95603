"""What is done to people: every write of this app."""
