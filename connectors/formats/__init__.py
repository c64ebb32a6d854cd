"""Turns bytes into values, for files and S3 alike."""
