"""One training step of the same network by each contender: ours, PyTorch, HIPS autograd, the bare products."""
