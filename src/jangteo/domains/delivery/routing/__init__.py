"""Planning ways, plain: no Django, no database, whole numbers only."""
