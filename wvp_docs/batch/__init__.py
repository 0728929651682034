"""Many cases at once, on one core, on all of them, or on a cluster: one way of working for all."""
