"""What the lake costs, measured side by side with its peers: `python -m benchmarks W1 --scale 1 --runs 5`."""
