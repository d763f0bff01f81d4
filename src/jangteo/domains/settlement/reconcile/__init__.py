"""Other people's files against each other and against the own book, down to breaks that somebody has to own.

`kinds` knows a file by its columns, `reading` makes rows of it or refuses it whole, `comparing` finds what does not
agree, and `run` brings the files that fit together and makes one report.
"""
