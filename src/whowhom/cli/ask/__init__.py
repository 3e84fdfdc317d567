"""The commands that ask a store: each parses its filters, puts the question, and prints the answer.

`options` has the filters that the commands share, `answers` the forms of printing, `views` how records look.
"""
