"""The pages of jobs, messages and drafts."""
