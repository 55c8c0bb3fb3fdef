"""What an editor should look at again: gaps, sentences, abbreviations. Pure: knows no Django."""
