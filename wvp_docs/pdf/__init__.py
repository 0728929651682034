"""What happens to a PDF after the engine: read back, described, bound together."""
