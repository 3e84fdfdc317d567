"""The desk: the record of a store over HTTP, for the page in `static` and for programs.

`app` puts it together. `stores` lends connections, `wishes` says what may be asked, `routes` answers, `answers` writes
what goes out, `security` stands before all of it.
"""
