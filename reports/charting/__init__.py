"""How a chart comes about, step by step; the door is `reports.charts`."""
