"""Why a plan is as it is: the next best ways, the rules that bind, what a change would be worth."""
