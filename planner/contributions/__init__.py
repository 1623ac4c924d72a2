"""Expert inputs: studies, proposals, written answers."""
