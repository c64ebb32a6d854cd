"""A made-up Swedish energy company: its people, its systems, and the truth about them."""
