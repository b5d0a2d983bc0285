"""Understanding: Rasa graph components for language, entities, intent, emotion, and what an answer was asked for."""
