"""HTTP glue that all areas share."""
