"""The fictional market 장터시장: what it holds and how a day on it is played."""
