"""Who is to get an organization and in which way: advice, proposals, and the queue kept in step."""
