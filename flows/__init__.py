"""The hallway: order and IO, no rules of the field."""
