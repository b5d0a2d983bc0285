"""Handing a conversation to a person: cases, the brief, what the buyer is told, the agents."""
