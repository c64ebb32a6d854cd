"""What people read: Markdown and JSON."""
