"""How well statements are found and understood, by comparison with what careful readers marked."""
