"""What the work produced, what the Conference did, what was decided."""
