"""From the outbox to sent mail, and from a mailbox to answers. Run by the worker and by commands."""
