"""Pages of people: instructors, leading bodies and their posts."""
