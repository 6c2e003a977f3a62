"""Made-up figures and people for trying the bot out: they only ever enter a sandbox database."""
