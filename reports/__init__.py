"""Pure: figures and a template in, bytes out."""
