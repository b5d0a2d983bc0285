"""Knowledge for Parley: finds the help-centre entry that answers a question, in the buyer's language."""
