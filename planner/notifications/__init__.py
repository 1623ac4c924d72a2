"""From outbox rows to sent mail."""
