"""Party dues: reckoned, settled, eased for a time, taken in month by month."""
