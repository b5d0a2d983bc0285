"""One module per capability; the action server finds every action of this package."""
