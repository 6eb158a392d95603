"""The pages of organizations and areas."""
