"""Where data lives: databases, file shares, S3."""
