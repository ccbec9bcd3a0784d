"""What goes wrong in a benchmark."""


class Failed(Exception):
    """Something could not be measured; the text says what and why, for people."""
