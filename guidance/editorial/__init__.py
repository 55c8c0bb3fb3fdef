"""What an editor should look at again in a text: gaps, sentences, abbreviations. Pure: knows no Django."""
