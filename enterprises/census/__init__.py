"""The census: from a department's list to the register, and back."""
