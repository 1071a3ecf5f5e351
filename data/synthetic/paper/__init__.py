"""Records → files as offices send them. Nothing here decides what happened."""
