"""The queue of enterprises that are to get an organization: plans, their steps, their sheets."""
