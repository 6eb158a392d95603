"""The demonstration county: real place names, invented people and firms, always the same.

Its numbers are those of the county report that the indicators are tested with: 332 enterprises,
52 with an organization of their own, 280 in 22 joint branches, 55 above scale.
"""
