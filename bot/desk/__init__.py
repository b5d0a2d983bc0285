"""The agents' console: sign in, queue, conversation, brief; served under /desk with NiceGUI."""
