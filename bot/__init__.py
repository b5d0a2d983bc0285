"""Parley: answers the overseas buyers of an online shop in their own language."""
