"""Languages, message catalogues and formats: everything a reader sees in words comes from here."""
