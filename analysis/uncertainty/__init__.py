"""How surely answers hold: worlds drawn from what nobody knows, and what they say of the rules."""
