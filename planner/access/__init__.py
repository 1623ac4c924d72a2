"""Who may see and do what; nowhere else."""
