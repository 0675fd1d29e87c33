"""Tiny random Nemotron omni checkpoints in the published file layout, and what the public implementation computes with them."""
