"""What kpibot knows: plans, fiscal years, values, judgement, people and the database."""
