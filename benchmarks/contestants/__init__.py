"""One module per workload and tool; each runs as a process of its own, in the environment of its tool."""
