"""How fast and how large the program is, beside bare aiogram on the same machine in the same minutes: `make bench` prints one table."""
