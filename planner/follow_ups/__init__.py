"""Follow-up actions: owner, due date, state."""
