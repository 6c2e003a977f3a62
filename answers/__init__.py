"""What kpibot says: a question and what is known become content. Pure; nothing is sent here."""
