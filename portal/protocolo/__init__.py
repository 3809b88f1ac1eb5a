"""What people hand over: drafts, submissions, and their delivery to SEI exactly once."""
