"""How a plan is looked for: the model of a scenario, a first plan, searches that improve it and prove bounds."""
