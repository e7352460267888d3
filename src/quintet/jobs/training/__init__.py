"""The steps of a training, a file each; their order is `jobs.train`'s."""
