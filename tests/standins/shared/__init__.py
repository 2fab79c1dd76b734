"""What the stand-ins have in common: their time and bell, the record of requests, scripted faults, and the road to a webhook."""
