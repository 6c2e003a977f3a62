"""What kpibot draws up: data in, bytes out."""
