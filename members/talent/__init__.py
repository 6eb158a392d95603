"""People fit for party work: trained, kept in a pool, placed, organizing in the parks."""
