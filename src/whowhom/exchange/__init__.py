"""Exchange with the field: events of the store into other projects' formats, and theirs into the store.

In: `StoredEvent`s (with `told`, or with `imported` where they came from a file), or rows that are dicts. Out: text in a
format of `formats.FORMATS`, written as it comes, so that millions of events need no memory. The other way round, the
readers of `formats` yield `ImportedEvent | BadRow`. An event that came from a file goes back into its own format as it
came, and into another with everything that both can say.
"""
