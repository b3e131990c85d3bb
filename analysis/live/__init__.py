"""The live laboratory: a policy that runs anew as soon as one of its levers moves."""
