"""Orders: one vocabulary for all shops, the back ends behind it, and the proof of identity."""
