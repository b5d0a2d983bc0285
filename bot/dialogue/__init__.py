"""Rasa's side of talking: the gateway's channel, replies from the catalogues, hand-off policy, bounded memory."""
