"""The history of the database's tables, one revision after the other. The program brings the embedded database up to date by itself."""
