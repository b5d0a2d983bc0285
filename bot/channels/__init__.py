"""Where buyers write: the shop's page, and further networks."""
