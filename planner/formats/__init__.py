"""How records are written for other programs: values in, text or bytes out."""
