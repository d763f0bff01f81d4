"""What every domain stands on. Knows no trade: its tables hold ids and codes, never a foreign key upward."""
