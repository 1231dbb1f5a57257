"""The metadata artefacts of governance as Delta tables."""
