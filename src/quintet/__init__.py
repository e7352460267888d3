"""Quintet: five songs in, a ranked list out."""
