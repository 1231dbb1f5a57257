"""The public corpora, one file each."""
