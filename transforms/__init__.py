"""Pure steps: bytes or frames in, a frame out; or one SELECT a file."""
