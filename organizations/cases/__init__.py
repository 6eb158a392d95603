"""Acts on one organization as a clerk handles them: what is asked, looked ahead at, then done."""
