"""The tables as SQL, one module an area: `TABLES` to make, `HISTORY` those that are append-only.

Times are ISO 8601 with Tokyo's offset, so that they sort as text; days are `YYYY-MM-DD`. `actor` is
a Slack user id, or `shell:NAME` for the operator; `surface` is where the act came from.
"""
