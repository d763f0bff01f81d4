"""What the simulators of outside systems share: a small HTTP server, a dial for faults, and a page frame."""
