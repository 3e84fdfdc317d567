"""Feeds into a store, for as long as one likes: what appears in them is fetched, coded and joined with what is there.

What a user names becomes addresses (`addresses`); each feed is polled when it is due (`polling`), each page asked for
when its host allows it (`hosts`: robots.txt and a rate, also after `redirects`); what is new goes the way of
`whowhom.ingest` into the store (`coder` keeps the models, `run` is the loop over all this). What must outlive the
process stands in the store (`notes`), and a signal ends the run between two steps (`stopping`). Nothing is imported
here: the signals must be heard before the models are loaded.
"""
