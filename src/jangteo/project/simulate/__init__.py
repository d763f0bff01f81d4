"""Invented trade in a database of its own, played from a seed, with everything going wrong that can go wrong."""
