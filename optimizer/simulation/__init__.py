"""Rolling replays: what a policy comes to where demand and ships are what they really are."""
