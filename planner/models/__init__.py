"""What exists: all tables, one module per noun."""
