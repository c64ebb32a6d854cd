"""What is personal data: Presidio, Swedish recognisers, names, columns, special categories."""
