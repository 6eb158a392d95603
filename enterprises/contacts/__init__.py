"""Leaders' contact points: the yearly list, the visits, what was heard there."""
