"""The national standard file of traditional markets: read, matched, previewed, committed.

`reader` makes records of bytes, `columns` names their columns, `rows` reads each row by `fields` and `cycles`,
`identity` and `match` say which known market a row is, `plan` what it changes, `report` tells it. Only `known` and
`preview` ask the database; `actions.import_markets` writes.
"""
