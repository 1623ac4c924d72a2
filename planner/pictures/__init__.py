"""How records are drawn: values in, geometry and words out; templates only print it."""
