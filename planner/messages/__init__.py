"""One module per mail: values in, subject and text out."""
