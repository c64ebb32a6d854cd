"""How accurate and how fast the recognisers are, measured beside others in the same run."""
