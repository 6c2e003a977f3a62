"""照会様式: the Excel sheet by which a department reports; written, and read when it comes back."""
