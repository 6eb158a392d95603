"""What leaves the building: a daily mail and a signed webhook, both off unless set up."""
