"""What mails say: one module per mail, values in, words out."""
