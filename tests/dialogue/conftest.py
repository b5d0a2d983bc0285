from importlib.util import find_spec

# These tests run in Rasa's own environment (tests/rasa.ini).
collect_ignore_glob = [] if find_spec("rasa") else ["test_*.py"]
