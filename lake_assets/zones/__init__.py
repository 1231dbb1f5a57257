"""One step of the flow per file."""
