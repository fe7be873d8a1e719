"""Numbers: several digits in a row, and rows on a page, found in a picture's ink and read together."""
