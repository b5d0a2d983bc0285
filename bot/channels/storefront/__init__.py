"""The chat on the shop's page: a public HTTP API, its event stream, and the chat element."""
