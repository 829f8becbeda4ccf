"""Rate cards turned into costs per unit, case, container and departure."""
