"""Stand-ins for the services outside: real servers on loopback that are stricter than the service they stand for."""
