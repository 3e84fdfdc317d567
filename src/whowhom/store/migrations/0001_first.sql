-- The first schema. Every line's comment is the column's documentation (docs/schema.md is made from it).
-- Dates are ISO 8601 at the precision known (2020, 2020-09, 2020-09-14). Spans are JSON lists of [start, end) in code
-- points of document.text. Countries are ISO 3166-1 alpha-3 or PLOVER's names (IGO, UNO, EUR, NGO, ISM, IMG, MNC).

-- What coded a document: one row for each combination met.
CREATE TABLE coding (
  id INTEGER PRIMARY KEY,
  package TEXT NOT NULL,            -- version of whowhom
  codebook TEXT NOT NULL,           -- version of the codebook
  model TEXT NOT NULL,              -- digest of the trained network, empty where coding was by rules alone
  parser TEXT NOT NULL,             -- spaCy model
  actors TEXT NOT NULL DEFAULT '',  -- digest of the user's own actors, empty where there were none
  UNIQUE (package, codebook, model, parser, actors)
);

-- Documents that report the same happenings.
CREATE TABLE story (
  id INTEGER PRIMARY KEY,
  title TEXT,                       -- headline of its first document
  first TEXT,                       -- publication date of its first document
  last TEXT,                        -- publication date of its last document
  documents INTEGER NOT NULL,       -- how many documents it has
  sources INTEGER NOT NULL          -- how many of them are independent of each other
);
CREATE INDEX story_last ON story (last);

-- One text, verbatim. The same text found again is a sighting, not a second document.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,        -- hash of the normalised text
  source_id TEXT NOT NULL,          -- id that the input gave, else the stem of its file
  title TEXT,                       -- headline
  url TEXT,                         -- address
  publisher TEXT,                   -- outlet
  authors TEXT NOT NULL,            -- JSON list of names
  published TEXT,                   -- date of publication
  language TEXT,                    -- ISO 639-1
  text TEXT NOT NULL,               -- the whole text as it was read
  blocks TEXT NOT NULL DEFAULT '[]',  -- JSON list of [start, end, kind]: headline, body, subheading, furniture
  coding INTEGER NOT NULL REFERENCES coding,  -- what coded it
  coded_at TEXT NOT NULL,           -- when, UTC
  copy_of INTEGER REFERENCES document,  -- first document of which this is a near copy; null for that one itself
  story INTEGER REFERENCES story    -- story that it belongs to
);
CREATE INDEX document_published ON document (published);
CREATE INDEX document_story ON document (story);
CREATE INDEX document_copy ON document (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX document_source_id ON document (source_id);

-- Each place where a text was found, the first included.
CREATE TABLE sighting (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  source_id TEXT NOT NULL,          -- id that the input gave
  url TEXT NOT NULL,                -- address, empty where there is none
  publisher TEXT NOT NULL,          -- outlet, empty where it is not known
  title TEXT,                       -- headline there
  published TEXT,                   -- date there
  UNIQUE (document, source_id, url, publisher)
);
CREATE INDEX sighting_source_id ON sighting (source_id);

-- Inputs that gave no document, with the reason.
CREATE TABLE skipped (
  source TEXT PRIMARY KEY,          -- the input as it was named
  reason TEXT NOT NULL,             -- one fixed word
  detail TEXT NOT NULL              -- a sentence for a person
);

-- Somebody who takes part in records, joined over all reports.
CREATE TABLE actor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,               -- the fullest name that is known
  kind TEXT NOT NULL,               -- person, organisation, state, people, group
  country TEXT,                     -- country
  sector TEXT,                      -- PLOVER sector
  sectors TEXT NOT NULL DEFAULT '[]',  -- JSON list of further sectors
  named INTEGER NOT NULL,           -- 1 for a proper name or state, 0 for a description such as "three officers"
  reports INTEGER NOT NULL DEFAULT 0,  -- how many documents it takes part in
  own INTEGER REFERENCES own_actor ON DELETE SET NULL,  -- the user's own entry that names it
  data_set TEXT                     -- data set that it was imported from, null where coded here
);
CREATE INDEX actor_country ON actor (country, sector);
CREATE INDEX actor_sector ON actor (sector);
CREATE INDEX actor_own ON actor (own) WHERE own IS NOT NULL;

-- Every name under which an actor was met.
CREATE TABLE actor_name (
  id INTEGER PRIMARY KEY,
  actor INTEGER NOT NULL REFERENCES actor ON DELETE CASCADE,
  name TEXT NOT NULL,               -- as it stands in the reports
  folded TEXT NOT NULL,             -- without case, accents, marks
  key TEXT NOT NULL,                -- the same for transliterations of one name; begins with = for a state, people or description
  reports INTEGER NOT NULL,         -- in how many documents
  UNIQUE (actor, name)
);
CREATE INDEX actor_name_folded ON actor_name (folded);
CREATE INDEX actor_name_key ON actor_name (key);

-- Search for actors by the words of their names (FTS5).
CREATE VIRTUAL TABLE actor_search USING fts5 (
  folded, content='actor_name', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER actor_name_inserted AFTER INSERT ON actor_name BEGIN
  INSERT INTO actor_search (rowid, folded) VALUES (new.id, new.folded);
END;
CREATE TRIGGER actor_name_deleted AFTER DELETE ON actor_name BEGIN
  INSERT INTO actor_search (actor_search, rowid, folded) VALUES ('delete', old.id, old.folded);
END;

-- An actor as one report has it.
CREATE TABLE report_actor (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  local TEXT NOT NULL,              -- id within the document
  name TEXT NOT NULL,               -- the fullest name in the document
  kind TEXT NOT NULL,               -- person, organisation, state, people, group
  country TEXT,                     -- country that the report or our knowledge gives
  sector TEXT,                      -- PLOVER sector
  sectors TEXT NOT NULL,            -- JSON list of further sectors
  mentions TEXT NOT NULL,           -- spans
  actor INTEGER NOT NULL REFERENCES actor,  -- who it is over all reports
  why TEXT NOT NULL DEFAULT '',     -- why it was joined to that actor; empty where it began it
  UNIQUE (document, local)
);
CREATE INDEX report_actor_actor ON report_actor (actor);

-- An office or standing that a report gives to an actor.
CREATE TABLE role (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  actor INTEGER NOT NULL REFERENCES report_actor ON DELETE CASCADE,  -- who holds it
  title TEXT NOT NULL,              -- title
  organisation TEXT,                -- where
  country TEXT,                     -- country
  start TEXT,                       -- since when
  "end" TEXT,                       -- until when
  asserted_on TEXT,                 -- date of the report that says so
  evidence TEXT NOT NULL            -- spans
);
CREATE INDEX role_document ON role (document);
CREATE INDEX role_actor ON role (actor);

-- One happening, joined over all reports that tell it. Its values are those of its best report.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  type TEXT,                        -- PLOVER type; null where an imported CAMEO code has none
  mode TEXT,                        -- PLOVER mode
  contexts TEXT NOT NULL,           -- JSON list of PLOVER contexts
  start TEXT,                       -- first day, at the precision known
  "end" TEXT,                       -- last day where it lasted
  date TEXT,                        -- first day in full, or that of the report where the event has no date: to sort by
  place TEXT,                       -- name of the place
  place_country TEXT,               -- country of the place
  geonames_id INTEGER,              -- GeoNames
  lat REAL,                         -- degrees north
  lon REAL,                         -- degrees east
  status TEXT NOT NULL,             -- occurred, planned, hypothetical, negated, historical
  magnitude TEXT NOT NULL,          -- JSON: killed, injured, ... each {low, high, text, currency}
  confidence REAL NOT NULL,         -- highest of its reports, 0 to 1
  cameo TEXT NOT NULL,              -- CAMEO code
  quad INTEGER NOT NULL,            -- 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
  goldstein REAL NOT NULL,          -- PLOVER score
  reports INTEGER NOT NULL,         -- how many documents tell it
  sources INTEGER NOT NULL,         -- how many of them are independent of each other
  data_set TEXT                     -- data set that it was imported from, null where coded here
);
CREATE INDEX event_date ON event (date);
CREATE INDEX event_type ON event (type, date, status, sources, confidence);
CREATE INDEX event_sources ON event (sources, date);
CREATE INDEX event_place ON event (place COLLATE NOCASE, date);
CREATE INDEX event_place_country ON event (place_country, date);

-- Who takes part in an event, with what one filters by.
CREATE TABLE party (
  event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),  -- who does it, to whom it is done
  position INTEGER NOT NULL,        -- 0, 1, ... in its list
  actor INTEGER NOT NULL REFERENCES actor,  -- who
  country TEXT,                     -- the actor's country
  sector TEXT,                      -- the actor's sector
  date TEXT,                        -- the event's
  type TEXT,                        -- the event's
  quad INTEGER,                     -- the event's
  precision INTEGER,                -- characters of the date that are known: 4 year, 7 month, 10 day
  goldstein REAL,                   -- the event's
  PRIMARY KEY (event, side, position)
) WITHOUT ROWID;
CREATE INDEX party_actor ON party (actor, date);
CREATE INDEX party_country ON party (country, date, quad, precision, goldstein);
CREATE INDEX party_country_type ON party (country, type, date);
CREATE INDEX party_country_sector ON party (country, sector, date);
CREATE INDEX party_sector ON party (sector, date, quad, precision, goldstein);

-- Pairs of countries in an event, to count by.
CREATE TABLE dyad (
  actor_country TEXT NOT NULL,      -- country of an actor
  recipient_country TEXT NOT NULL,  -- country of a recipient
  date TEXT NOT NULL,               -- the event's; empty where it has none
  precision INTEGER NOT NULL,       -- characters of the date that are known: 4 year, 7 month, 10 day
  event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
  quad INTEGER NOT NULL,            -- the event's
  goldstein REAL NOT NULL,          -- the event's
  PRIMARY KEY (actor_country, recipient_country, date, event)
) WITHOUT ROWID;
CREATE INDEX dyad_event ON dyad (event);

-- Events counted by month; kept true by the triggers below it.
CREATE TABLE event_month (
  month TEXT NOT NULL,              -- 2020-09, or 2020 where an event is known to the year only
  type TEXT NOT NULL,               -- PLOVER type, empty where there is none
  status TEXT NOT NULL,             -- as in event
  quad INTEGER NOT NULL,            -- as in event
  events INTEGER NOT NULL,          -- how many
  score REAL NOT NULL,              -- sum of their PLOVER scores
  PRIMARY KEY (month, type, status, quad)
) WITHOUT ROWID;
CREATE TRIGGER event_counted AFTER INSERT ON event WHEN new.date IS NOT NULL BEGIN
  INSERT INTO event_month VALUES (substr(coalesce(new.start, new.date), 1, 7), coalesce(new.type, ''), new.status, new.quad, 1, new.goldstein)
  ON CONFLICT DO UPDATE SET events = events + 1, score = score + excluded.score;
END;
CREATE TRIGGER event_uncounted AFTER DELETE ON event WHEN old.date IS NOT NULL BEGIN
  UPDATE event_month SET events = events - 1, score = score - old.goldstein WHERE month = substr(coalesce(old.start, old.date), 1, 7)
    AND type = coalesce(old.type, '') AND status = old.status AND quad = old.quad;
END;
CREATE TRIGGER event_recounted AFTER UPDATE OF start, date, type, status, quad, goldstein ON event BEGIN
  UPDATE event_month SET events = events - 1, score = score - old.goldstein WHERE month = substr(coalesce(old.start, old.date), 1, 7)
    AND type = coalesce(old.type, '') AND status = old.status AND quad = old.quad;
  INSERT INTO event_month SELECT substr(coalesce(new.start, new.date), 1, 7), coalesce(new.type, ''), new.status, new.quad, 1, new.goldstein
    WHERE new.date IS NOT NULL
  ON CONFLICT DO UPDATE SET events = events + 1, score = score + excluded.score;
END;

-- An event as one report has it.
CREATE TABLE report_event (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  number INTEGER NOT NULL,          -- 1, 2, ... within the document
  event INTEGER NOT NULL REFERENCES event,  -- the happening
  why TEXT NOT NULL DEFAULT '',     -- why it was joined to that happening; empty where it began it
  type TEXT NOT NULL,               -- PLOVER type
  mode TEXT,                        -- PLOVER mode
  contexts TEXT NOT NULL,           -- JSON list of PLOVER contexts
  start TEXT,                       -- first day, at the precision known
  "end" TEXT,                       -- last day where it lasted
  place TEXT,                       -- name of the place
  place_country TEXT,               -- country of the place
  geonames_id INTEGER,              -- GeoNames
  lat REAL,                         -- degrees north
  lon REAL,                         -- degrees east
  status TEXT NOT NULL,             -- occurred, planned, hypothetical, negated, historical
  magnitude TEXT NOT NULL,          -- JSON: killed, injured, ... each {low, high, text, currency}
  reported_by INTEGER REFERENCES report_actor,  -- to whom the report attributes it; null where it says so itself
  confidence REAL NOT NULL,         -- probability of being right, 0 to 1
  "trigger" TEXT NOT NULL,          -- spans of the words that name it
  evidence TEXT NOT NULL,           -- spans of the words that prove it
  cameo TEXT NOT NULL,              -- CAMEO code
  quad INTEGER NOT NULL,            -- 1 to 4, as in event
  goldstein REAL NOT NULL,          -- PLOVER score
  rule TEXT NOT NULL,               -- what made it
  UNIQUE (document, number)
);
CREATE INDEX report_event_event ON report_event (event);

-- Who takes part in an event as one report has it.
CREATE TABLE report_party (
  report_event INTEGER NOT NULL REFERENCES report_event ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),  -- who does it, to whom it is done
  position INTEGER NOT NULL,        -- 0, 1, ... in its list
  actor INTEGER NOT NULL REFERENCES report_actor,  -- who
  PRIMARY KEY (report_event, side, position)
) WITHOUT ROWID;
CREATE INDEX report_party_actor ON report_party (actor);

-- Something that somebody is said to have said.
CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  number INTEGER NOT NULL,          -- 1, 2, ... within the document
  speaker INTEGER REFERENCES report_actor,  -- who says it
  addressee INTEGER REFERENCES report_actor,  -- to whom
  kind TEXT NOT NULL,               -- direct, indirect, mixed
  words TEXT NOT NULL,              -- what is said, its pieces joined by " ... "
  cue TEXT NOT NULL,                -- spans
  content TEXT NOT NULL,            -- spans
  date TEXT,                        -- when it was said
  at TEXT,                          -- the same, or the date of the report where that is not known: to sort by
  evidence TEXT NOT NULL,           -- spans
  rule TEXT NOT NULL,               -- what made it
  UNIQUE (document, number)
);
CREATE INDEX statement_speaker ON statement (speaker);
CREATE INDEX statement_at ON statement (at);
CREATE INDEX statement_addressee ON statement (addressee);

-- A commitment, joined over all reports that tell of it: who owes what to whom, and what became of it.
CREATE TABLE pledge (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,               -- loan, grant, arms, troops, reform, talks, ceasefire, release, trade, vote, other
  what TEXT NOT NULL,               -- in words
  amount REAL,                      -- how much
  currency TEXT,                    -- ISO 4217
  due TEXT,                         -- by when
  status TEXT NOT NULL,             -- the latest: pledged, reaffirmed, delivered, withdrawn, refused, demanded
  first TEXT,                       -- date of the first report
  last TEXT,                        -- date of the latest report
  reports INTEGER NOT NULL,         -- how many documents tell of it
  sources INTEGER NOT NULL          -- how many of them are independent of each other
);
CREATE INDEX pledge_last ON pledge (last);

-- Who takes part in a pledge.
CREATE TABLE pledge_party (
  pledge INTEGER NOT NULL REFERENCES pledge ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('promiser', 'beneficiary')),  -- who owes, to whom
  position INTEGER NOT NULL,        -- 0, 1, ... in its list
  actor INTEGER NOT NULL REFERENCES actor,  -- who
  country TEXT,                     -- the actor's country
  sector TEXT,                      -- the actor's sector
  PRIMARY KEY (pledge, side, position)
) WITHOUT ROWID;
CREATE INDEX pledge_party_actor ON pledge_party (actor);
CREATE INDEX pledge_party_country ON pledge_party (country, sector);

-- A pledge as one report has it: an entry of its history.
CREATE TABLE report_pledge (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  number INTEGER NOT NULL,          -- 1, 2, ... within the document
  pledge INTEGER NOT NULL REFERENCES pledge,  -- the commitment
  why TEXT NOT NULL DEFAULT '',     -- why it was joined to that commitment; empty where it began it
  kind TEXT NOT NULL,               -- as in pledge
  what TEXT NOT NULL,               -- in words
  amount REAL,                      -- how much
  currency TEXT,                    -- ISO 4217
  due TEXT,                         -- by when
  status TEXT NOT NULL,             -- as in pledge
  date TEXT,                        -- date of the report
  evidence TEXT NOT NULL,           -- spans
  rule TEXT NOT NULL,               -- what made it
  UNIQUE (document, number)
);
CREATE INDEX report_pledge_pledge ON report_pledge (pledge);

-- Who takes part in a pledge as one report has it.
CREATE TABLE report_pledge_party (
  report_pledge INTEGER NOT NULL REFERENCES report_pledge ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('promiser', 'beneficiary')),  -- who owes, to whom
  position INTEGER NOT NULL,        -- 0, 1, ... in its list
  actor INTEGER NOT NULL REFERENCES report_actor,  -- who
  PRIMARY KEY (report_pledge, side, position)
) WITHOUT ROWID;
CREATE INDEX report_pledge_party_actor ON report_pledge_party (actor);

-- A standing fact that is no event.
CREATE TABLE relation (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  number INTEGER NOT NULL,          -- 1, 2, ... within the document
  subject INTEGER NOT NULL REFERENCES report_actor,  -- of whom it is said
  predicate TEXT NOT NULL,          -- ally_of, member_of, borders, union_with, supplies, ...
  object INTEGER REFERENCES report_actor,  -- with whom
  value TEXT,                       -- how much or what
  start TEXT,                       -- since when
  "end" TEXT,                       -- until when
  asserted_on TEXT,                 -- date of the report that says so
  evidence TEXT NOT NULL,           -- spans
  rule TEXT NOT NULL,               -- what made it
  UNIQUE (document, number)
);
CREATE INDEX relation_subject ON relation (subject);
CREATE INDEX relation_asserted_on ON relation (asserted_on);
CREATE INDEX relation_object ON relation (object);

-- The user's own actors; they win over what whowhom knows.
CREATE TABLE own_actor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,        -- canonical name
  kind TEXT NOT NULL,               -- person, organisation, state, people, group
  origin TEXT NOT NULL DEFAULT ''   -- file that it was imported from, empty where added by hand
);

-- Further names of the user's own actors.
CREATE TABLE own_actor_name (
  own_actor INTEGER NOT NULL REFERENCES own_actor ON DELETE CASCADE,
  name TEXT NOT NULL,               -- a name in reports
  PRIMARY KEY (own_actor, name)
) WITHOUT ROWID;
CREATE INDEX own_actor_name_name ON own_actor_name (name COLLATE NOCASE);

-- What a user's own actor is, and when.
CREATE TABLE own_actor_role (
  own_actor INTEGER NOT NULL REFERENCES own_actor ON DELETE CASCADE,
  position INTEGER NOT NULL,        -- 0, 1, ... in its list
  country TEXT,                     -- country
  sector TEXT,                      -- PLOVER sector
  sectors TEXT NOT NULL DEFAULT '[]',  -- JSON list of further sectors
  title TEXT,                       -- office
  start TEXT,                       -- since when
  "end" TEXT,                       -- until when
  PRIMARY KEY (own_actor, position)
) WITHOUT ROWID;

-- What people decided on who is who and what is what; it holds against every later joining.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('actor', 'event', 'pledge')),  -- of what
  verdict TEXT NOT NULL CHECK (verdict IN ('together', 'apart')),  -- one, or two
  one TEXT NOT NULL,                -- JSON: hash of the document and local id or number of the record
  other TEXT NOT NULL,              -- JSON, likewise
  note TEXT NOT NULL DEFAULT '',    -- why
  at TEXT NOT NULL                  -- when, UTC
);
CREATE INDEX decision_one ON decision (one);
CREATE INDEX decision_other ON decision (other);

-- Events of other projects as they came, for what the event table has no column for.
CREATE TABLE imported (
  event INTEGER PRIMARY KEY REFERENCES event ON DELETE CASCADE,
  data_set TEXT NOT NULL,           -- polecat, icews, gdelt
  source_file TEXT NOT NULL,        -- name of the file
  key TEXT NOT NULL,                -- what makes the row one of a kind in its data set
  row TEXT NOT NULL,                -- JSON: the columns as they were
  UNIQUE (data_set, key)
);

-- Feeds that are or were watched.
CREATE TABLE feed (
  url TEXT PRIMARY KEY,             -- address
  etag TEXT,                        -- mark of the version read last, as its server gave it
  last_modified TEXT,               -- when that version was made, likewise
  polled_at TEXT NOT NULL,          -- when it was asked for last, UTC; empty before the first time
  next_poll TEXT NOT NULL,          -- when it is due again, UTC
  least_seconds REAL NOT NULL,      -- seconds that the feed itself wants between polls, 0 where it says nothing
  failures INTEGER NOT NULL,        -- how often it failed since it was read last
  last_error TEXT,                  -- why it failed last
  gone INTEGER NOT NULL             -- 1 where its server says that there will never be one again
) WITHOUT ROWID;

-- Entries of feeds that were met, so that each is dealt with once.
CREATE TABLE feed_entry (
  entry TEXT NOT NULL,              -- what tells it from others of its feed: its id or address
  feed TEXT NOT NULL REFERENCES feed ON DELETE CASCADE,  -- where it is listed
  page TEXT NOT NULL,               -- address of its page, empty where the feed has the whole text
  tries INTEGER NOT NULL,           -- how often its page could not be had
  next_try TEXT,                    -- when it may be tried again, UTC; null once it was dealt with
  listed TEXT NOT NULL,             -- day when the feed listed it last
  PRIMARY KEY (entry, feed)
) WITHOUT ROWID;
CREATE INDEX feed_entry_feed ON feed_entry (feed, next_try);
CREATE INDEX feed_entry_page ON feed_entry (page) WHERE page <> '';

-- What web hosts ask of programs that read them; kept for a day.
CREATE TABLE host (
  origin TEXT PRIMARY KEY,          -- scheme, name and port
  robots TEXT NOT NULL,             -- its robots.txt, empty where it has none
  read_at TEXT NOT NULL             -- when that was read, UTC
) WITHOUT ROWID;

-- Signatures of texts, to find near copies.
CREATE TABLE fingerprint (
  document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
  signature BLOB NOT NULL           -- MinHash of its word shingles
);

-- Bands of these signatures: texts that share one are compared.
CREATE TABLE fingerprint_band (
  band INTEGER NOT NULL,            -- number and hash of a band of the signature in one
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  PRIMARY KEY (band, document)
) WITHOUT ROWID;
CREATE INDEX fingerprint_band_document ON fingerprint_band (document);

-- Words that tell a document from others, to find its story.
CREATE TABLE story_term (
  term TEXT NOT NULL,               -- a name or word
  day INTEGER NOT NULL,             -- of publication, counted from 0001-01-01; 0 where it is not known
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  story INTEGER NOT NULL REFERENCES story,  -- the document's
  weight REAL NOT NULL,             -- how much it tells of the document, of all terms the squares sum up to 1
  PRIMARY KEY (term, day, document)
) WITHOUT ROWID;
CREATE INDEX story_term_document ON story_term (document);
CREATE INDEX story_term_story ON story_term (story);

-- Full text search over headlines and texts (FTS5).
CREATE VIRTUAL TABLE text_search USING fts5 (
  title, text, content='document', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER document_inserted AFTER INSERT ON document BEGIN
  INSERT INTO text_search (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER document_deleted AFTER DELETE ON document BEGIN
  INSERT INTO text_search (text_search, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
-- Full text search over statements (FTS5).
CREATE VIRTUAL TABLE statement_search USING fts5 (
  words, content='statement', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER statement_inserted AFTER INSERT ON statement BEGIN
  INSERT INTO statement_search (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER statement_deleted AFTER DELETE ON statement BEGIN
  INSERT INTO statement_search (statement_search, rowid, words) VALUES ('delete', old.id, old.words);
END;
-- Full text search over what was pledged (FTS5).
CREATE VIRTUAL TABLE pledge_search USING fts5 (
  what, content='report_pledge', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER report_pledge_inserted AFTER INSERT ON report_pledge BEGIN
  INSERT INTO pledge_search (rowid, what) VALUES (new.id, new.what);
END;
CREATE TRIGGER report_pledge_deleted AFTER DELETE ON report_pledge BEGIN
  INSERT INTO pledge_search (pledge_search, rowid, what) VALUES ('delete', old.id, old.what);
END;

-- For people at a shell: events with the names of their parties in one row.
CREATE VIEW events AS
SELECT e.id, e.date, e.type, e.mode, e.status,
  (SELECT group_concat(name, '; ') FROM
    (SELECT a.name FROM party p JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND p.side = 'actor' ORDER BY p.position)) AS actors,
  (SELECT group_concat(name, '; ') FROM
    (SELECT a.name FROM party p JOIN actor a ON a.id = p.actor WHERE p.event = e.id AND p.side = 'recipient' ORDER BY p.position)) AS recipients,
  e.place, e.place_country, e.magnitude, e.confidence, e.cameo, e.quad, e.goldstein, e.reports, e.sources
FROM event e;
-- Statements with the name of who says it.
CREATE VIEW statements AS
SELECT s.id, s.date, a.name AS speaker, a.country, s.kind, s.words, d.title, d.publisher, d.published, d.url
FROM statement s JOIN document d ON d.id = s.document
LEFT JOIN report_actor r ON r.id = s.speaker LEFT JOIN actor a ON a.id = r.actor;
