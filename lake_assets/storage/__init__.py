"""Bytes and Delta tables, on disk or S3 alike; the commit protocol; maintenance."""
