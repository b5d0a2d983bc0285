"""The log: one ordered, durable list of messages for each conversation, with one owner at a time."""
