"""What people ask and do; no HTTP; one module per noun."""
