"""The Web API: how a call gets in, is checked and answered."""
