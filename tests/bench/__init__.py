"""Speed and memory of the running system, beside the stock Rasa pipeline: python -m tests.bench."""
